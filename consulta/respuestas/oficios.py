"""What the clock does for the officials' queue: rules for what came, and one warning a day."""

from comun.reloj import Oficio, registrar
from consulta.respuestas.flows.plazos import avisar_plazos
from consulta.respuestas.flows.reglas import aplicar_reglas_nuevas

MINUTO = 60
MEDIA_HORA = 30 * 60


def registrar_oficios() -> None:
    """Called once at start-up."""
    registrar(Oficio("aplicar reglas de asignación", MINUTO, aplicar_reglas_nuevas))
    registrar(Oficio("avisar plazos de respuesta", MEDIA_HORA, avisar_plazos))
