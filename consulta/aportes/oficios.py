"""What the clock does for contributions: what was never confirmed goes, and drafts nobody took up."""

from comun.reloj import Oficio, registrar
from consulta.aportes.flows.borradores import eliminar_borradores_viejos
from consulta.aportes.flows.confirmar import eliminar_sin_confirmar

HORA = 60 * 60


def registrar_oficios() -> None:
    """Called once at start-up."""
    registrar(Oficio("eliminar aportes sin confirmar", HORA, eliminar_sin_confirmar))
    registrar(Oficio("eliminar borradores viejos", HORA, eliminar_borradores_viejos))
