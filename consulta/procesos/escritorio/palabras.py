"""Which words changed between two texts."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

PALABRAS_MAXIMAS = 1_200
_PARTES = re.compile(r"\s+|[^\s]+")


class Palabra(NamedTuple):
    """A stretch of text: `que` is "" (the same), "quita" (only before) or "pone" (only now)."""

    que: str
    texto: str


def marcar(antes: str, ahora: str) -> tuple[list[Palabra], list[Palabra]]:
    """Both texts in stretches. Texts too long to compare come back whole and unmarked."""
    unas, otras = _PARTES.findall(antes), _PARTES.findall(ahora)
    if max(len(unas), len(otras)) > 2 * PALABRAS_MAXIMAS:
        return [Palabra("", antes)], [Palabra("", ahora)]
    izquierda, derecha = [], []
    comparador = SequenceMatcher(None, unas, otras, autojunk=False)
    for que, i1, i2, j1, j2 in comparador.get_opcodes():
        igual = que == "equal"
        if i2 > i1:
            izquierda.append(Palabra("" if igual else "quita", "".join(unas[i1:i2])))
        if j2 > j1:
            derecha.append(Palabra("" if igual else "pone", "".join(otras[j1:j2])))
    return izquierda, derecha
