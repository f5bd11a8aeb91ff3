"""What was planned and what happened: slips, extensions and exceptions, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format

from comun.fechas import SANTIAGO, dia_de, ultimo_dia
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Consulta, Etapa


@dataclass(slots=True)
class CambioDePlazo:
    """One extension, or one announcement with less time than the rule asks."""

    titulo: str
    en: datetime
    hecho: str
    razon: str


def desfase(etapa: Etapa, ahora: datetime) -> str:
    """«Terminó 14 días después de lo previsto»; empty where the source lacks one of the two dates."""
    if etapa.fin is None or etapa.prevista_fin is None:
        return ""
    dias = (ultimo_dia(etapa.fin) - ultimo_dia(etapa.prevista_fin)).days
    termino = etapa.estado(ahora) is EstadoEtapa.CERRADA
    if dias == 0:
        return "Terminó cuando estaba previsto" if termino else "Como estaba previsto"
    cuantos = f"{abs(dias)} día{'s' if abs(dias) != 1 else ''}"
    sentido = "después" if dias > 0 else "antes"
    return f"{'Terminó' if termino else 'Termina'} {cuantos} {sentido} de lo previsto"


def prorrogas_de(etapas: Iterable[Etapa]) -> list[CambioDePlazo]:
    """Every extension of `etapas`, the newest first; they come with their `prorrogas`."""
    cambios = [
        CambioDePlazo(
            titulo=etapa.nombre,
            en=p.en,
            hecho=f"Terminaba {_al_cierre(p.fin_anterior)} y ahora termina {_al_cierre(p.fin_nuevo)}.",
            razon=p.razon,
        )
        for etapa in etapas
        for p in etapa.prorrogas.all()
    ]
    return sorted(cambios, key=lambda c: c.en, reverse=True)


def excepciones_de(consultas: Iterable[Consulta]) -> list[CambioDePlazo]:
    """Every announcement with less than fourteen days; they come with their `excepciones`."""
    return [
        CambioDePlazo(
            titulo=consulta.titulo,
            en=e.en,
            hecho=_anuncio(e.dias),
            razon=e.razon,
        )
        for consulta in consultas
        for e in consulta.excepciones.all()
    ]


def tramo_corto(desde: datetime | None, hasta: datetime | None) -> str:
    """«10–24 ago 2020», «10 ago – 7 sep 2020»: only as much as tells the two days apart."""
    if desde is None or hasta is None:
        return ""
    uno, otro = dia_de(desde), ultimo_dia(hasta)
    if uno >= otro:
        return date_format(otro, "j b Y")
    if (uno.year, uno.month) == (otro.year, otro.month):
        return f"{uno.day}–{date_format(otro, 'j b Y')}"
    return f"{date_format(uno, 'j b' if uno.year == otro.year else 'j b Y')} – {date_format(otro, 'j b Y')}"


def nota_de_etapa(etapa: Etapa) -> Sequence[str]:
    """Under a stage of the line: what was planned where that is not what happened, and extensions."""
    notas = []
    previsto = tramo_corto(etapa.prevista_inicio, etapa.prevista_fin)
    if previsto and etapa.inicio and previsto != tramo_corto(etapa.inicio, etapa.fin):
        notas.append(f"Previsto: {previsto}")
    if etapa.prorrogas.all():
        notas.append("Plazo extendido")
    return notas


def _al_cierre(en: datetime) -> str:
    """The day a window still takes contributions, and the hour where it is not midnight."""
    dia = date_format(ultimo_dia(en), "DATE_FORMAT")
    local = dia_de(en)
    return (
        f"el {dia}"
        if local != ultimo_dia(en)
        else f"el {dia} a las {en.astimezone(SANTIAGO):%H:%M}"
    )


def _anuncio(dias: int | None) -> str:
    if not dias:
        return "Se anunció el mismo día en que abrió."
    cuantos = f"{dias} día{'s' if dias != 1 else ''}"
    return f"Se anunció con {cuantos} de anticipación, menos de los 14 que pide la regla."
