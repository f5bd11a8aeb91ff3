"""What someone looks for, read from what they typed: never an error, whatever they typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from comun.palabras import PALABRA, VACIAS, plegar, raices
from comun.textos import limpiar_linea

LARGO = 200
"""Characters of a query that are read."""
TERMINOS = 16
"""Words and phrases of a query that are looked for."""

_FRASE = re.compile(r'["«“”]([^"«»“”]*)["»“”]')


@dataclass(frozen=True)
class Pedido:
    """A query: `texto` as it is shown back, `terminos` the stems to look for, each a word or a phrase.

    `solo_vacias`: it has nothing but small words, which are then what is looked for.
    """

    texto: str
    terminos: tuple[tuple[str, ...], ...]
    solo_vacias: bool = False

    @cached_property
    def raices(self) -> frozenset[str]:
        """Every stem, to mark the words in a snippet."""
        return frozenset(raiz for termino in self.terminos for raiz in termino)

    @property
    def con_comillas(self) -> str:
        """As typed, with one kind of quotation mark, for engines that read them."""
        return _FRASE.sub(r'"\1"', self.texto)

    @property
    def tiene_frases(self) -> bool:
        return any(len(termino) > 1 for termino in self.terminos)

    def __bool__(self) -> bool:
        return bool(self.terminos)


def leer(texto: str) -> Pedido:
    """Read what was typed: all its words, «…» or "…" as phrases, small words left out.

    Operators and symbols mean nothing. Only the first `LARGO` characters are read, and of them the
    first `TERMINOS` words or phrases.
    """
    texto = limpiar_linea(texto[: LARGO * 2])[:LARGO]
    terminos: list[tuple[str, ...]] = []
    for frase in _FRASE.findall(texto):
        terminos.append(tuple(raices(frase)))
    sueltas = PALABRA.findall(plegar(_FRASE.sub(" ", texto)))
    llenas = [p for p in sueltas if p not in VACIAS]
    solo_vacias = not llenas and not any(terminos)
    for palabra in sueltas if solo_vacias else llenas:
        terminos.append(tuple(raices(palabra)))
    unicos = [termino for termino in dict.fromkeys(terminos) if termino]
    return Pedido(unicodedata.normalize("NFC", texto), tuple(unicos[:TERMINOS]), solo_vacias)
