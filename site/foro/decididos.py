"""What rooms above know of a mandate: the last day somebody acted by it. They register at start-up."""

from collections.abc import Callable
from datetime import date

from foro.models import Mandato

Ultimo = Callable[[Mandato], date | None]

_ultimos: list[Ultimo] = []


def registrar_actos(funcion: Ultimo) -> None:
    """`funcion(mandato)` is the last day of Santiago on which it was used, or None."""
    if funcion not in _ultimos:
        _ultimos.append(funcion)


def ultimo_acto(mandato: Mandato) -> date | None:
    """The last day on which it was used for anything; None: it never was."""
    dias = [dia for funcion in _ultimos if (dia := funcion(mandato)) is not None]
    return max(dias, default=None)
