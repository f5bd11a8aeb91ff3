"""Where a person may cut a fragment: after a line, or after a sentence."""

import re
from typing import NamedTuple

CORTES_MAXIMOS = 200
_FIN = re.compile(r"\n+|(?<=[.;:!?»)])\s+")


class Corte(NamedTuple):
    """`lugar` is the character the second piece would begin with; `antes` and `despues` show where."""

    lugar: int
    antes: str
    despues: str


def cortes_de(texto: str) -> list[Corte]:
    """In the order of the text."""
    lugares = [m.end() for m in _FIN.finditer(texto) if texto[m.end() :].strip()]
    return [
        Corte(n, texto[max(0, n - 60) : n].strip(), texto[n : n + 60].strip())
        for n in lugares[:CORTES_MAXIMOS]
    ]
