"""The one clock: what must happen at intervals, registered by the rooms at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Oficio:
    """`accion(ahora)` every `cada` seconds; `ahora` is UTC. It must be short and safe to repeat."""

    nombre: str
    cada: float
    accion: Callable[[datetime], object]


_oficios: dict[str, Oficio] = {}


def registrar(oficio: Oficio) -> None:
    """Add a job to the clock; the same name replaces the former."""
    _oficios[oficio.nombre] = oficio


def oficios() -> list[Oficio]:
    """Every job of the clock."""
    return list(_oficios.values())
