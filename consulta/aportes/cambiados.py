"""What rooms above do when a contribution is corrected, withdrawn or removed. They register once."""

from datetime import datetime
from typing import Protocol

from consulta.aportes.models import Aporte


class AlCambiar(Protocol):
    def __call__(self, *, aporte: Aporte, ahora: datetime) -> None: ...


_al_cambiar: list[AlCambiar] = []


def al_cambiar_aporte(funcion: AlCambiar) -> None:
    """Call `funcion` in the transaction that changed `aporte`, which holds its lock."""
    if funcion not in _al_cambiar:
        _al_cambiar.append(funcion)


def aporte_cambiado(*, aporte: Aporte, ahora: datetime) -> None:
    """Tell every registered room; whether it still stands is told by `aporte.es_visible`."""
    for funcion in _al_cambiar:
        funcion(aporte=aporte, ahora=ahora)
