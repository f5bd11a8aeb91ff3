"""From Spanish text to the words it is found by: accents do not matter, nor number, hardly gender.

One analysis serves SQLite and PostgreSQL alike, and marks the words in a snippet. Why not the stems
of PostgreSQL: docs/decisions/0010-database-search-has-its-own-stems.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LARGO_MAXIMO = 64
"""Letters of a word that count: no Spanish word is longer, addresses and hashes are."""

PALABRA = re.compile(r"[^\W_]+")
_VOCALES = str.maketrans("áéíóúüàèìòùâêîôûäëïö", "aeiouuaeiouaeiouaeio")
_SIN_ENIE = str.maketrans("ñ", "n")

_VACIAS = """
    a al algo algun alguna algunas algunos ante antes asi aun aunque bajo cada como con contra cual
    cuales cuando cuanto cuantos de del desde donde dos durante e el ella ellas ello ellos en entre
    era es esa esas ese eso esos esta estan estas este esto estos fue fueron ha hace hacia han hasta
    hay la las le les lo los mas me mi mis mucho muy ni no nos o otra otras otro otros para pero por
    porque que quien quienes se sea segun ser si sin sobre son su sus tambien te tiene tienen toda
    todas todo todos tras tu u un una unas uno unos y ya
"""
VACIAS = frozenset(_VACIAS.split())
"""Words a question is made of and a document is not found by, accents folded."""


def plegar(texto: str) -> str:
    """Lower case, composed, without accents; ñ stays, it is another letter."""
    return unicodedata.normalize("NFKC", texto).lower().translate(_VOCALES)


@lru_cache(maxsize=100_000)
def raiz(palabra: str) -> str:
    """What singular, plural and mostly gender of a folded word have in common.

    «actas» and «acta», «intereses» and «interes», «jueces» and «juez», «ciudadanas» and
    «ciudadano»; but «mes» and «mesa», «politica» and «policia» stay apart.
    """
    palabra = palabra[:LARGO_MAXIMO]
    if not palabra.isalpha():
        return palabra
    minimo = 4
    while True:
        anterior = palabra
        if len(palabra) >= minimo and palabra[-1] == "s" and palabra[-2] not in "is":
            palabra = palabra[:-1]
        if len(palabra) >= 4 and palabra[-1] == "e":
            palabra = palabra[:-1]
            if palabra[-1] == "c":
                palabra = palabra[:-1] + "z"
        elif len(palabra) >= 5 and palabra[-1] in "ao":
            palabra = palabra[:-1]
        if palabra == anterior or palabra[-1] != "s":
            return palabra
        minimo = 5


def raices(texto: str) -> list[str]:
    """The stems of `texto` in their order, one per word: positions are those of the words."""
    return [raiz(palabra) for palabra in PALABRA.findall(plegar(texto))]


def sin_enie(raices_: list[str]) -> list[str]:
    """The stems with ñ, written with n: who types «ano» finds «año», not the reverse."""
    return [r.translate(_SIN_ENIE) for r in raices_ if "ñ" in r]


def palabras_con_lugar(texto: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and stem of each word of `texto`, in its own offsets."""
    for hallada in PALABRA.finditer(unicodedata.normalize("NFC", texto)):
        yield hallada.start(), hallada.end(), raiz_de(hallada.group())


@lru_cache(maxsize=100_000)
def raiz_de(palabra: str) -> str:
    """Stem of one word as written."""
    return raiz(plegar(palabra))
