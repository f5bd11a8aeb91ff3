"""The reasoned response: drafts, versions, what each covers, who approved it, and what came after."""

from comun.gatillos import Gatillo
from consulta.respuestas.models import conformidades, despues, respuestas
from consulta.respuestas.models.borradores import Borrador, FilaDeBorrador, Presencia
from consulta.respuestas.models.cola import Derivacion, Nota, Regla, VistaGuardada
from consulta.respuestas.models.conformidades import ConflictoDeInteres, Conformidad
from consulta.respuestas.models.despues import Cierre, Opinion, Revision
from consulta.respuestas.models.planillas import FilaDePlanilla, Planilla
from consulta.respuestas.models.respuestas import (
    Cobertura,
    Destino,
    Lote,
    Respuesta,
    RespuestaVersion,
)

GATILLOS: list[Gatillo] = [
    *respuestas.GATILLOS,
    *conformidades.GATILLOS,
    *despues.GATILLOS,
]

__all__ = [
    "GATILLOS",
    "Borrador",
    "Cierre",
    "Cobertura",
    "ConflictoDeInteres",
    "Conformidad",
    "Derivacion",
    "Destino",
    "FilaDeBorrador",
    "FilaDePlanilla",
    "Lote",
    "Nota",
    "Opinion",
    "Planilla",
    "Presencia",
    "Regla",
    "Respuesta",
    "RespuestaVersion",
    "Revision",
    "VistaGuardada",
]
