"""Finding a place in a thread without reading it: pages of ids from an index, positions by counting on it.

Every function costs about the same with ten contributions and with a hundred thousand; the numbers
and how they were measured are in docs/hilos.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    TextChoices,
    Value,
)
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Postura
from consulta.aportes.models import Aporte, Apoyo, Recuento
from consulta.aportes.querysets import PENDIENTE, AporteQuerySet
from consulta.procesos.models import Asunto
from cuentas.models import User

NOVEDADES = 100
"""New contributions that are counted; of more, «más de 99»."""


class Orden(TextChoices):
    """How roots are ordered. The last one also leaves out what has its answer already."""

    RECIENTES = "recientes", _("Más recientes")
    ANTIGUOS = "antiguos", _("Más antiguos")
    APOYADOS = "apoyados", _("Más apoyados")
    SIN_RESPUESTA = "sin_respuesta", _("Sin respuesta")


SENTIDOS = {
    Orden.RECIENTES: ("-enviado_en", "-pk"),
    Orden.ANTIGUOS: ("enviado_en", "pk"),
    Orden.APOYADOS: ("-apoyos", "-enviado_en", "-pk"),
    Orden.SIN_RESPUESTA: ("enviado_en", "pk"),
}


class FilaDeHilo(NamedTuple):
    """What a thread shows of one contribution: one narrow row, no model is made of it."""

    pk: int
    n: int
    tipo: str
    padre_id: int | None
    raiz_id: int | None
    enviado_en: datetime
    confirmado_en: datetime | None
    situacion: str
    motivo: str
    causa: str
    quitado_en: datetime | None
    exige_respuesta: bool
    respondido_en: datetime | None
    vence_el: object
    apoyos: int
    replicas_n: int
    postura: str
    version: int
    titulo: str | None
    texto: str | None
    corregido_en: datetime | None
    cuenta_id: int | None
    nombre_publico: str | None
    autor_organizacion: str | None
    voz: str | None
    organizacion: str | None
    apoyado: bool


_CAMPOS = (
    "pk", "n", "tipo", "padre_id", "raiz_id", "enviado_en", "confirmado_en", "situacion", "motivo",
    "causa", "quitado_en", "exige_respuesta", "respondido_en", "vence_el", "apoyos", "replicas_n",
    "postura", "version", "actual__titulo", "actual__texto", "actual__en", "autoria__cuenta_id",
    "autoria__nombre_publico", "autoria__organizacion", "en_nombre_de__nombre",
    "organizacion__nombre", "apoyado",
)  # fmt: skip


@dataclass(frozen=True)
class Raices:
    """The heads of the threads of an Asunto in one order, all of them or those of one stance."""

    asunto: Asunto
    orden: Orden = Orden.RECIENTES
    postura: str = ""

    @property
    def filas(self) -> AporteQuerySet:
        filas = Aporte.objects.confirmados().de_asunto(self.asunto).raices()
        if self.orden is Orden.SIN_RESPUESTA:
            filas = filas.filter(PENDIENTE)
        return filas.filter(postura=self.postura) if self.postura else filas

    def cuantas(self, recuento: Recuento | None) -> int:
        """From the kept sums; counted on an index where they do not tell."""
        if self.orden is Orden.SIN_RESPUESTA or self.postura:
            return self.filas.count()
        return recuento.raices if recuento else 0

    def ids(self, desde: int, hasta: int, total: int) -> list[int]:
        """Ids of positions `desde` (included) to `hasta`, read from the nearer end of the index."""
        hasta = min(hasta, total)
        if desde >= hasta:
            return []
        sentido = SENTIDOS[self.orden]
        ids = self.filas.values_list("pk", flat=True)
        if desde <= total // 2:
            return list(ids.order_by(*sentido)[desde:hasta])
        vuelto = [c[1:] if c.startswith("-") else f"-{c}" for c in sentido]
        return list(ids.order_by(*vuelto)[total - hasta : total - desde])[::-1]

    def posicion(self, raiz: Aporte) -> int | None:
        """How many stand before `raiz`; None where this order or stance leaves it out. Two queries, one
        where nothing is left out."""
        filtra = bool(self.postura) or self.orden is Orden.SIN_RESPUESTA
        if filtra and not self.filas.filter(pk=raiz.pk).exists():
            return None
        filas, en = self.filas, raiz.enviado_en
        if self.orden in (Orden.ANTIGUOS, Orden.SIN_RESPUESTA):
            antes = filas.filter(enviado_en__lte=en).exclude(enviado_en=en, pk__gte=raiz.pk)
        elif self.orden is Orden.APOYADOS:
            antes = filas.filter(apoyos__gte=raiz.apoyos).exclude(
                Q(apoyos=raiz.apoyos) & (Q(enviado_en__lt=en) | Q(enviado_en=en, pk__lte=raiz.pk))
            )
        else:
            antes = filas.filter(enviado_en__gte=en).exclude(enviado_en=en, pk__lte=raiz.pk)
        return antes.count()


def primeras_replicas(raices: Sequence[int], cuantas: int) -> list[int]:
    """Ids of the first `cuantas` replies below each of `raices`, whatever lies behind them.

    A window function would read every reply of every root: one of fifty thousand would be paid at
    each visit. One short index scan per root is not, and this form runs on both databases.
    """
    if not raices:
        return []
    tabla = Aporte._meta.db_table
    rama = (
        f"SELECT id FROM (SELECT id FROM {tabla} WHERE raiz_id = %s "  # noqa: S608
        "AND confirmado_en IS NOT NULL ORDER BY enviado_en, id LIMIT %s) AS {alias}"
    )
    ramas = " UNION ALL ".join(rama.format(alias=f"r{i}") for i in range(len(raices)))
    with connection.cursor() as cursor:
        cursor.execute(ramas, [valor for raiz in raices for valor in (raiz, cuantas)])
        return [fila[0] for fila in cursor.fetchall()]


def replicas_de(raiz_id: int) -> AporteQuerySet:
    """Everything below a root, oldest first: each comes after what it answers."""
    return Aporte.objects.confirmados().filter(raiz=raiz_id).order_by("enviado_en", "pk")


def posicion_de_replica(replica: Aporte) -> int:
    """How many of its thread stand before it; one query."""
    return (
        replicas_de(replica.raiz_id or 0)
        .filter(enviado_en__lte=replica.enviado_en)
        .exclude(enviado_en=replica.enviado_en, pk__gte=replica.pk)
        .count()
    )


def leer_filas(ids: Sequence[int], cuenta: User | None = None) -> list[FilaDeHilo]:
    """The rows of `ids`, oldest first, with the current words; one query. `apoyado`: by `cuenta`."""
    if not ids:
        return []
    suyo = Exists(Apoyo.objects.filter(aporte=OuterRef("pk"), cuenta=cuenta))
    filas = (
        Aporte.objects.filter(pk__in=ids)
        .annotate(
            actual=FilteredRelation("versiones", condition=Q(versiones__n=F("version"))),
            apoyado=suyo if cuenta else Value(False, output_field=BooleanField()),
        )
        .order_by("enviado_en", "pk")
        .values_list(*_CAMPOS)
    )
    return [FilaDeHilo(*fila) for fila in filas]


def apoya(cuenta: User | None, aporte: Aporte) -> bool:
    """Whether this account supports it; one query for an account, none for nobody."""
    return cuenta is not None and Apoyo.objects.filter(aporte=aporte, cuenta=cuenta).exists()


def novedades_de(
    asunto: Asunto, *, desde: datetime, cuenta: User, raiz_id: int | None = None
) -> list[int]:
    """Ids of what others said after `desde`, oldest first, `NOVEDADES` at most; one query."""
    filas = Aporte.objects.confirmados().filter(enviado_en__gt=desde)
    filas = filas.filter(raiz=raiz_id) if raiz_id else filas.filter(asunto=asunto)
    filas = filas.order_by("enviado_en", "pk")
    vistas = filas.values_list("pk", "autoria__cuenta_id")[: NOVEDADES * 2]
    return [pk for pk, autor in vistas if autor != cuenta.pk][:NOVEDADES]


def posturas_de(recuento: Recuento | None) -> list[tuple[Postura, int]]:
    """How many roots that stand took each stance."""
    return [(p, getattr(recuento, p.value) if recuento else 0) for p in Postura]
