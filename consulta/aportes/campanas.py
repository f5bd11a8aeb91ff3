"""Shared texts at the desk: which wait for a person, and what each member adds to the common text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from comun.diferencias import Cambio, Operacion, comparar_palabras
from consulta.aportes.enums import ClaseGrupo, EstadoCampana, VerMiembros
from consulta.aportes.flows.campanas import en_pie
from consulta.aportes.models import Aporte, Grupo, Pertenece
from consulta.aportes.semejanza.huellas import palabras
from consulta.aportes.semejanza.parecidos import texto_completo

ORILLA = 90
"""Letters kept at each end of what stays the same: the common text is read once, above."""

POR_ESTADO = {
    EstadoCampana.POR_REVISAR: Q(deshecho_en=None, confirmado_en=None),
    EstadoCampana.CONFIRMADA: Q(deshecho_en=None, confirmado_en__isnull=False),
    EstadoCampana.DESHECHA: Q(deshecho_en__isnull=False),
}


@dataclass(slots=True)
class MiembroDeCampana:
    """One sending of the text; `cambios` is what is not the common text, none for the same words."""

    aporte: Aporte
    parecido: int
    con_propio: bool
    fuera_en: datetime | None
    cambios: Sequence[Cambio]


def campanas(estado: str = "", consulta: str = "") -> "QuerySet[Grupo]":
    """Those of a state (`EstadoCampana`) and of a consultation, by slug; most sendings first."""
    filas = Grupo.objects.filter(clase=ClaseGrupo.CAMPANA).select_related("consulta")
    if estado:
        filas = filas.filter(POR_ESTADO[EstadoCampana(estado)])
    if consulta:
        filas = filas.filter(consulta__slug=consulta)
    return filas.order_by("-envios", "-pk")


def cuantas(consulta: str = "") -> dict[EstadoCampana, int]:
    """How many of each state; one query."""
    veces: Counter[EstadoCampana] = Counter()
    for confirmada, deshecha in campanas(consulta=consulta).values_list(
        "confirmado_en", "deshecho_en"
    ):
        veces[estado_de(confirmada, deshecha)] += 1
    return {estado: veces[estado] for estado in EstadoCampana}


def estado_de(confirmada: datetime | None, deshecha: datetime | None) -> EstadoCampana:
    """From the two dates of its row."""
    if deshecha is not None:
        return EstadoCampana.DESHECHA
    return EstadoCampana.POR_REVISAR if confirmada is None else EstadoCampana.CONFIRMADA


def textos_de(grupos: Iterable[Grupo]) -> dict[int, str]:
    """The common text of each, by its id; three queries, whatever their number."""
    ids = [g.pk for g in grupos]
    primero = (
        Pertenece.objects.filter(grupo=OuterRef("pk"), fuera_en=None, aporte__situacion="vigente")
        .order_by("con_aporte_propio", "aporte_id")
        .values("aporte_id")[:1]
    )
    modelos = dict(
        Grupo.objects.filter(pk__in=ids)
        .order_by()
        .annotate(modelo=Subquery(primero))
        .values_list("pk", "modelo")
    )
    aportes = Aporte.objects.con_texto().filter(pk__in=[m for m in modelos.values() if m])
    textos = {a.pk: texto_completo(a) for a in aportes}
    return {pk: textos.get(modelo, "") for pk, modelo in modelos.items()}


def miembros(grupo: Grupo, ver: str) -> "QuerySet[Pertenece]":
    """Those in, those with words of their own, or those a person took out; as they arrived."""
    if ver == VerMiembros.FUERA:
        return grupo.miembros.filter(fuera_en__isnull=False).order_by("aporte_id")
    dentro = en_pie(grupo)
    if ver == VerMiembros.PROPIOS:
        dentro = dentro.filter(con_aporte_propio=True)
    return dentro.order_by("aporte_id")


def con_cambios(filas: Iterable[Pertenece], comun: str) -> list[MiembroDeCampana]:
    """Each with its contribution and what it changes of the common text; two queries."""
    filas = list(filas)
    aportes = {
        a.pk: a for a in Aporte.objects.con_texto().filter(pk__in=[f.aporte_id for f in filas])
    }
    return [
        MiembroDeCampana(
            aporte=aportes[fila.aporte_id],
            parecido=fila.parecido,
            con_propio=fila.con_aporte_propio,
            fuera_en=fila.fuera_en,
            cambios=_cambios(comun, aportes[fila.aporte_id]),
        )
        for fila in filas
    ]


def lo_propio_de(aportes: Iterable[int]) -> dict[int, MiembroDeCampana]:
    """Of those contributions (ids) that add words of their own to a shared text, what they add, by id.

    One query where none does, five otherwise.
    """
    filas = list(
        Pertenece.objects.filter(
            aporte__in=list(aportes),
            con_aporte_propio=True,
            fuera_en=None,
            grupo__clase=ClaseGrupo.CAMPANA,
            grupo__deshecho_en=None,
        ).select_related("grupo")
    )
    if not filas:
        return {}
    comunes = textos_de([fila.grupo for fila in filas])
    leidos = Aporte.objects.con_texto().in_bulk([fila.aporte_id for fila in filas])
    return {
        fila.aporte_id: MiembroDeCampana(
            aporte=leidos[fila.aporte_id],
            parecido=fila.parecido,
            con_propio=True,
            fuera_en=None,
            cambios=_cambios(comunes[fila.grupo_id], leidos[fila.aporte_id]),
        )
        for fila in filas
    }


def _cambios(comun: str, aporte: Aporte) -> list[Cambio]:
    texto = texto_completo(aporte) if aporte.es_visible else ""
    if not texto or not comun or palabras(texto) == palabras(comun):
        return []
    return [_abreviar(c) for c in comparar_palabras(comun, texto)]


def _abreviar(cambio: Cambio) -> Cambio:
    if cambio.operacion is not Operacion.IGUAL or len(cambio.texto) <= 2 * ORILLA + 20:
        return cambio
    return Cambio(cambio.operacion, f"{cambio.texto[:ORILLA]} […] {cambio.texto[-ORILLA:]}")
