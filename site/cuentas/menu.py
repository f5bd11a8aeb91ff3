"""Links of the account menu that belong to some people only, offered by the rooms above.

Whether a person has one is an expression that joins the query the head of every page makes anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Enlace:
    """`tiene(pk)` is an SQL expression, true for the accounts that see the link; `url` is a path."""

    texto: str
    url: str
    tiene: Callable[[int], Any]


_ofrecidos: list[Enlace] = []


def ofrecer_enlace(enlace: Enlace) -> None:
    """Called at start-up; offering it twice is offering it once."""
    if all(otro.url != enlace.url for otro in _ofrecidos):
        _ofrecidos.append(enlace)


def ofrecidos() -> tuple[Enlace, ...]:
    return tuple(_ofrecidos)
