"""What rooms above do when a window is extended. They register once, from `AppConfig.ready`."""

from datetime import datetime
from typing import Protocol

from consulta.procesos.models import Prorroga


class AlProrrogar(Protocol):
    def __call__(self, *, prorroga: Prorroga, ahora: datetime) -> None: ...


_al_prorrogar: list[AlProrrogar] = []


def al_prorrogar(funcion: AlProrrogar) -> AlProrrogar:
    """Call `funcion` in the transaction that extends; twice the same is once."""
    if funcion not in _al_prorrogar:
        _al_prorrogar.append(funcion)
    return funcion


def etapa_prorrogada(prorroga: Prorroga, ahora: datetime) -> None:
    """Tell every registered room."""
    for funcion in _al_prorrogar:
        funcion(prorroga=prorroga, ahora=ahora)
