"""The tables of processes: stages, consultations, the draft text, and what was decided about dates."""

from consulta.procesos.models.asuntos import Asunto
from consulta.procesos.models.borradores import GATILLOS as _DEL_BORRADOR
from consulta.procesos.models.borradores import Correspondencia, Fragmento, VersionBorrador
from consulta.procesos.models.consultas import Consulta, Tema
from consulta.procesos.models.plazos import GATILLOS as _DE_PLAZOS
from consulta.procesos.models.plazos import Excepcion, Prorroga
from consulta.procesos.models.procesos import Etapa, Proceso

GATILLOS = [*_DEL_BORRADOR, *_DE_PLAZOS]

__all__ = [
    "GATILLOS",
    "Asunto",
    "Consulta",
    "Correspondencia",
    "Etapa",
    "Excepcion",
    "Fragmento",
    "Proceso",
    "Prorroga",
    "Tema",
    "VersionBorrador",
]
