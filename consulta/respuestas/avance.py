"""How far the worker is with what takes long: sealing a batch, reading a spreadsheet, making its drafts.

A worker that dies leaves its task to be taken up again by itself (`comun.tareas`); until then whoever
waits reads that it stands still, and since when.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from consulta.respuestas.enums import EstadoDeFila, EstadoDePlanilla
from consulta.respuestas.models import Lote, Planilla, RespuestaVersion

QUIETO = timedelta(minutes=3)
"""Without a step for so long, it is told to stand still: a piece takes some seconds."""
EN_CURSO = (EstadoDePlanilla.LEYENDO, EstadoDePlanilla.APLICANDO)
HECHAS = (EstadoDeFila.APLICADA, EstadoDeFila.CONFLICTO)


def ultimo_sellado(lote: Lote) -> datetime | None:
    """When a draft of it was sealed last since the worker began, or when that was; one query."""
    if lote.sellando_desde is None:
        return None
    suyas = RespuestaVersion.objects.filter(lote=lote, sellada_en__gte=lote.sellando_desde)
    return suyas.aggregate(ultima=Max("sellada_en"))["ultima"] or lote.sellando_desde


def se_detuvo_el_sellado(lote: Lote, ahora: datetime) -> bool:
    """Whether nothing was sealed for a while though the worker should."""
    ultimo = ultimo_sellado(lote)
    return ultimo is not None and ahora - ultimo > QUIETO


def detenida_desde(planilla: Planilla, ahora: datetime) -> datetime | None:
    """Since when a spreadsheet that is being worked on stands still; None while it goes on."""
    if planilla.estado not in EN_CURSO:
        return None
    ultimo = planilla.avance_en or planilla.subida_en
    return ultimo if ahora - ultimo > QUIETO else None


def hechas_y_por_hacer(cuentas: dict[str, int]) -> tuple[int, int]:
    """Of the rows that were accepted, how many were dealt with, and how many there are in all; `cuentas`
    has the rows in each state. A conflict of the preview counts among them: it is dealt with."""
    hechas = sum(cuentas.get(estado, 0) for estado in HECHAS)
    return hechas, hechas + cuentas.get(EstadoDeFila.ACEPTADA, 0)
