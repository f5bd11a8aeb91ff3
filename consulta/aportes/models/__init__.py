"""The tables of contributions: the row of the ledger, and what surrounds it."""

from consulta.aportes.models.adjuntos import Adjunto, Subida
from consulta.aportes.models.anclas import Ancla
from consulta.aportes.models.aporte import ANCHO_FOLIO, Aporte, AporteVersion, Autoria, Contador
from consulta.aportes.models.aporte import GATILLOS as _DEL_APORTE
from consulta.aportes.models.borradores import BorradorDeAporte
from consulta.aportes.models.grupos import GATILLOS as _DE_GRUPOS
from consulta.aportes.models.grupos import Banda, Grupo, Huella, Pertenece, Punto
from consulta.aportes.models.hilos import Apoyo, Recuento, Seguimiento, Visita
from consulta.aportes.models.orden import GATILLOS as _DEL_ORDEN
from consulta.aportes.models.orden import Apelacion, Bloqueo, Reporte
from consulta.aportes.models.palabras import Palabra

GATILLOS = [*_DEL_APORTE, *_DE_GRUPOS, *_DEL_ORDEN]

__all__ = [
    "ANCHO_FOLIO",
    "GATILLOS",
    "Adjunto",
    "Ancla",
    "Apelacion",
    "Aporte",
    "AporteVersion",
    "Apoyo",
    "Autoria",
    "Banda",
    "Bloqueo",
    "BorradorDeAporte",
    "Contador",
    "Grupo",
    "Huella",
    "Palabra",
    "Pertenece",
    "Punto",
    "Recuento",
    "Reporte",
    "Seguimiento",
    "Subida",
    "Visita",
]
