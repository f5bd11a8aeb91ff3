"""Finding a place in a thread without reading it: pages of ids from an index, positions by counting on it.

Every function costs about the same with ten contributions and with a hundred thousand; the numbers
and how they were measured are in docs/hilos.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from comun.expresiones import CuantasFilas
from consulta.aportes.enums import Postura
from consulta.aportes.models import Aporte, Recuento
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

    def antes_de(self, raiz: Aporte) -> AporteQuerySet:
        """Those that stand before `raiz`."""
        filas, en = self.filas, raiz.enviado_en
        if self.orden in (Orden.ANTIGUOS, Orden.SIN_RESPUESTA):
            return filas.filter(enviado_en__lte=en).exclude(enviado_en=en, pk__gte=raiz.pk)
        if self.orden is Orden.APOYADOS:
            return filas.filter(apoyos__gte=raiz.apoyos).exclude(
                Q(apoyos=raiz.apoyos) & (Q(enviado_en__lt=en) | Q(enviado_en=en, pk__lte=raiz.pk))
            )
        return filas.filter(enviado_en__gte=en).exclude(enviado_en=en, pk__lte=raiz.pk)

    def lugar_de(self, buscado: Aporte) -> "Lugar | None":
        """Where `buscado` stands, with its `raiz` at hand; None where this order or stance leaves its
        root out. One query."""
        raiz = buscado.raiz or buscado
        esta, antes, arriba = _contar(
            buscado, self.filas.filter(pk=raiz.pk), self.antes_de(raiz), _antes_en_su_hilo(buscado)
        )
        return Lugar(antes, arriba) if esta else None


class Lugar(NamedTuple):
    """How many roots stand before a root, and how many replies of its thread before a reply."""

    raices: int
    replicas: int


def posicion_de_replica(replica: Aporte) -> int:
    """How many of its thread stand before it; one query."""
    return _antes_en_su_hilo(replica).count()


def novedades_de(
    asunto: Asunto, *, desde: datetime, cuenta: User, raiz_id: int | None = None
) -> list[int]:
    """Numbers of what others said that came to be read after `desde`, the first of it first, `NOVEDADES`
    at most; one query. What a guest sent before and confirmed since was not there to be read."""
    filas = Aporte.objects.filter(confirmado_en__gt=desde)
    filas = filas.filter(raiz=raiz_id) if raiz_id else filas.filter(asunto=asunto)
    filas = filas.order_by("confirmado_en", "pk")
    vistas = filas.values_list("n", "autoria__cuenta_id")[: NOVEDADES * 2]
    return [n or 0 for n, autor in vistas if autor != cuenta.pk][:NOVEDADES]


def posturas_de(recuento: Recuento | None) -> list[tuple[Postura, int]]:
    """How many roots that stand took each stance."""
    return [(p, getattr(recuento, p.value) if recuento else 0) for p in Postura]


def _antes_en_su_hilo(replica: Aporte) -> AporteQuerySet:
    en = replica.enviado_en
    hilo = Aporte.objects.confirmados().filter(raiz=replica.raiz_id or 0)
    return hilo.filter(enviado_en__lte=en).exclude(enviado_en=en, pk__gte=replica.pk)


def _contar(fila: Aporte, *cuales: AporteQuerySet) -> tuple[int, ...]:
    """How many rows each of `cuales` has, asked beside one row that exists; one query."""
    return Aporte.objects.values_list(*(CuantasFilas(c) for c in cuales)).get(pk=fila.pk)
