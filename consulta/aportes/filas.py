"""The rows that a page of a thread draws: narrow ones, in one query, however many lie behind them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, Exists, F, FilteredRelation, OuterRef, Q, Value
from django.db.models.expressions import RawSQL

from consulta.aportes.models import Aporte, Apoyo
from cuentas.models import User


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
    padre_n: int | None
    apoyado: bool


_CAMPOS = (
    "pk", "n", "tipo", "padre_id", "raiz_id", "enviado_en", "confirmado_en", "situacion", "motivo",
    "causa", "quitado_en", "exige_respuesta", "respondido_en", "vence_el", "apoyos", "replicas_n",
    "postura", "version", "actual__titulo", "actual__texto", "actual__en", "autoria__cuenta_id",
    "autoria__nombre_publico", "autoria__organizacion", "en_nombre_de__nombre",
    "organizacion__nombre", "padre__n", "apoyado",
)  # fmt: skip


class Trecho(NamedTuple):
    """Replies below a root, oldest first: `cuantas` from the position `desde` on."""

    raiz: int
    desde: int
    cuantas: int


def leer_filas(
    ids: Sequence[int], cuenta: User | None = None, debajo: Sequence[Trecho] = ()
) -> list[FilaDeHilo]:
    """The rows of `ids` and those of the stretches `debajo`, oldest first, with their current words; one
    query. `apoyado`: by `cuenta`."""
    if not ids and not debajo:
        return []
    suyo = Exists(Apoyo.objects.filter(aporte=OuterRef("pk"), cuenta=cuenta))
    filas = (
        Aporte.objects.filter(pk__in=_con_lo_de_debajo(ids, debajo) if debajo else ids)
        .annotate(
            actual=FilteredRelation("versiones", condition=Q(versiones__n=F("version"))),
            apoyado=suyo if cuenta else Value(False, output_field=BooleanField()),
        )
        .order_by("enviado_en", "pk")
        .values_list(*_CAMPOS)
    )
    return [FilaDeHilo(*fila) for fila in filas]


def _con_lo_de_debajo(ids: Sequence[int], debajo: Sequence[Trecho]) -> RawSQL:
    """`ids` and those of some stretches of replies, whatever lies behind them.

    A window function would read every reply of every root: one of fifty thousand would be paid at
    each visit. One short index scan per root is not, and this form runs on both databases.
    """
    tabla = Aporte._meta.db_table
    rama = (
        f"SELECT id FROM (SELECT id FROM {tabla} WHERE raiz_id = %s "  # noqa: S608
        "AND confirmado_en IS NOT NULL ORDER BY enviado_en, id LIMIT %s OFFSET %s) AS r{i}"
    )
    ramas = [rama.format(i=i) for i in range(len(debajo))]
    valores = [n for trecho in debajo for n in (trecho.raiz, trecho.cuantas, trecho.desde)]
    if ids:
        huecos = ", ".join(["%s"] * len(ids))
        ramas.append(f"SELECT id FROM {tabla} WHERE id IN ({huecos})")  # noqa: S608
    # Nothing is put into the statement but numbers of ours.
    return RawSQL(" UNION ALL ".join(ramas), [*valores, *ids])  # noqa: S611


def apoya(cuenta: User | None, aporte: Aporte) -> bool:
    """Whether this account supports it; one query for an account, none for nobody."""
    return cuenta is not None and Apoyo.objects.filter(aporte=aporte, cuenta=cuenta).exists()
