"""A text as words one can compare: without capitals, accents or punctuation, each with its place."""

import re
import unicodedata
from functools import cached_property

from consulta.aportes.models.anclas import LARGO_CONTEXTO

_PALABRA = re.compile(r"\w+", re.UNICODE)
_FRASE = re.compile(r"[^\n.!?…]*(?:[.!?…]+(?!\s|$)[^\n.!?…]*)*[.!?…]*[»”\")\]]*", re.UNICODE)
_LIGADURAS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe"})
VACIAS = frozenset(
    [
        "a",
        "al",
        "ante",
        "bajo",
        "con",
        "contra",
        "de",
        "del",
        "desde",
        "donde",
        "el",
        "ella",
        "ellas",
        "ellos",
        "en",
        "entre",
        "es",
        "esta",
        "este",
        "esto",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "mas",
        "ni",
        "no",
        "o",
        "para",
        "pero",
        "por",
        "que",
        "se",
        "segun",
        "ser",
        "sera",
        "si",
        "sin",
        "sobre",
        "son",
        "su",
        "sus",
        "tambien",
        "u",
        "un",
        "una",
        "uno",
        "y",
        "ya",
    ]
)
"""Words that say nothing by themselves: finding them proves nothing."""


def llana(palabra: str) -> str:
    """`palabra` without capitals nor accents; «ñ» is a letter of its own and stays."""
    baja = palabra.casefold().translate(_LIGADURAS).replace("ñ", "\0")
    sueltas = unicodedata.normalize("NFD", baja)
    return "".join(c for c in sueltas if not unicodedata.combining(c)).replace("\0", "ñ")


class Texto:
    """The text of a fragment. `palabras` are plain words; `inicios` and `fines` their offsets."""

    def __init__(self, cuerpo: str) -> None:
        self.cuerpo = cuerpo

    @cached_property
    def _hallados(self) -> list[tuple[str, int, int]]:
        return [(llana(m.group()), m.start(), m.end()) for m in _PALABRA.finditer(self.cuerpo)]

    @cached_property
    def palabras(self) -> list[str]:
        return [p for p, _, _ in self._hallados]

    @cached_property
    def llano(self) -> str:
        """Its words, one space between, and one at each end: whole words are found with `in`."""
        return f" {' '.join(self.palabras)} "

    def tramo(self, desde: int, hasta: int) -> tuple[int, int]:
        """Offsets of the words `[desde, hasta)`, punctuation at the end left out."""
        return self._hallados[desde][1], self._hallados[hasta - 1][2]

    def entre(self, inicio: int, fin: int) -> tuple[int, int]:
        """The words, `[desde, hasta)`, that lie at least in part in `[inicio, fin)`."""
        dentro = [i for i, (_, a, b) in enumerate(self._hallados) if a < fin and b > inicio]
        return (dentro[0], dentro[-1] + 1) if dentro else (0, 0)

    def veces(self, palabras: list[str]) -> list[int]:
        """At which words `palabras` begin, in the same order and whole."""
        aguja = f" {' '.join(palabras)} "
        lugares, desde = [], self.llano.find(aguja)
        while palabras and desde >= 0:
            lugares.append(self.llano.count(" ", 0, desde + 1) - 1)
            desde = self.llano.find(aguja, desde + 1)
        return lugares


def contexto(cuerpo: str, inicio: int, fin: int) -> tuple[str, str]:
    """What stands before and after, at most `LARGO_CONTEXTO` characters each."""
    return cuerpo[max(0, inicio - LARGO_CONTEXTO) : inicio], cuerpo[fin : fin + LARGO_CONTEXTO]


def frases(cuerpo: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; a line ends one too."""
    tramos = []
    for m in _FRASE.finditer(cuerpo):
        inicio = m.start() + len(m.group()) - len(m.group().lstrip())
        fin = m.start() + len(m.group().rstrip())
        if _PALABRA.search(cuerpo, inicio, fin):
            tramos.append((inicio, fin))
    return tramos
