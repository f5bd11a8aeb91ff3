"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel

_PIEZA = re.compile(r"\w+|[^\w\s]|\n|[^\S\n]+")
SUELTAS = 2
"""Short words that stay between two changes are told with them: «de» alone holds no sentence together."""


class Operacion(StrEnum):
    IGUAL = "igual"
    QUITA = "quita"
    PONE = "pone"


@dataclass(frozen=True, slots=True)
class Cambio:
    """A run of words that stay, go or come."""

    operacion: Operacion
    texto: str


def piezas(texto: str) -> list[str]:
    """`texto` cut in words, signs and spaces; joined they give it back."""
    return _PIEZA.findall(texto)


def comparar_palabras(antes: str, despues: str) -> list[Cambio]:
    """The way from `antes` to `despues`: joining what stays and goes gives the first text, what stays
    and comes the second. Removals come before what takes their place. Nearly linear in the words."""
    viejas, nuevas = piezas(antes), piezas(despues)
    tramos: list[tuple[str, list[str], list[str]]] = [
        (op.tag, viejas[op.src_start : op.src_end], nuevas[op.dest_start : op.dest_end])
        for op in Indel.opcodes(viejas, nuevas)
    ]
    cambios: list[Cambio] = []
    for cambia, grupo in groupby(_absorber(tramos), key=lambda t: t[0] != "equal"):
        juntos = list(grupo)
        fuera = "".join("".join(t[1]) for t in juntos)
        dentro = "".join("".join(t[2]) for t in juntos)
        if not cambia:
            cambios.append(Cambio(Operacion.IGUAL, dentro))
            continue
        cambios += [
            Cambio(op, texto)
            for op, texto in ((Operacion.QUITA, fuera), (Operacion.PONE, dentro))
            if texto
        ]
    return cambios


def _absorber(
    tramos: list[tuple[str, list[str], list[str]]],
) -> Iterable[tuple[str, list[str], list[str]]]:
    """Take for changed what stays between two changes and says nothing by itself."""
    ultimo = len(tramos) - 1
    for i, (tipo, fuera, dentro) in enumerate(tramos):
        palabras = [p for p in dentro if p[0].isalnum()]
        suelta = (
            0 < i < ultimo
            and len(palabras) <= SUELTAS
            and all(len(p) <= 3 for p in palabras)
            and "\n" not in dentro
        )
        yield ("replace" if tipo == "equal" and suelta else tipo), fuera, dentro
