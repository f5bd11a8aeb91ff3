"""What tells that two texts are the same, or nearly: their bare words, and a MinHash of them.

Pure functions, without a database and without a third party. The same text gives the same prints on
every machine: they are kept, and compared years later.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

PERMUTACIONES = 64
FILAS = 3
BANDAS = PERMUTACIONES // FILAS
"""21 bands of three: two texts with half of their shingles in common meet in one 94 times of 100."""

PALABRAS_POR_TEJA = 3
PALABRAS_MINIMAS = 12
"""Shorter texts («de acuerdo») are alike without anybody having shared anything: they get no bands."""

_PALABRA = re.compile(r"[a-z0-9]+")
_PRIMO = (1 << 61) - 1
_COEFICIENTES = [
    (a | 1, b)
    for a, b in (
        struct.unpack(">QQ", hashlib.blake2b(b"fila %d" % n, digest_size=16).digest())
        for n in range(PERMUTACIONES)
    )
]


def palabras(texto: str) -> list[str]:
    """The bare words: lower case, without accents, punctuation or line breaks."""
    sin_tildes = "".join(
        c for c in unicodedata.normalize("NFKD", texto.lower()) if not unicodedata.combining(c)
    )
    return _PALABRA.findall(sin_tildes)


def exacta(desnudas: Sequence[str]) -> str:
    """SHA-256 of the bare words: equal when two texts differ in case, accents or commas at most."""
    return hashlib.sha256(" ".join(desnudas).encode()).hexdigest()


def minhash(desnudas: Sequence[str]) -> bytes:
    """The print of the text's shingles, as 64 integers of 8 bytes; empty when it is too short."""
    if len(desnudas) < PALABRAS_MINIMAS:
        return b""
    tejas = {
        _numero(" ".join(desnudas[i : i + PALABRAS_POR_TEJA]))
        for i in range(len(desnudas) - PALABRAS_POR_TEJA + 1)
    }
    # A list and not a generator: this is most of what placing a text costs.
    minimos = [min([(a * t + b) % _PRIMO for t in tejas]) for a, b in _COEFICIENTES]
    return struct.pack(f">{PERMUTACIONES}Q", *minimos)


def bandas(huella: bytes) -> list[tuple[int, int]]:
    """(band, value) of a MinHash; `value` fits a signed 64-bit column. None for a short text."""
    if not huella:
        return []
    ancho = 8 * FILAS
    return [(n, _numero_con_signo(huella[n * ancho : (n + 1) * ancho])) for n in range(BANDAS)]


@lru_cache(maxsize=50_000)
def _numero(teja: str) -> int:
    return int.from_bytes(hashlib.blake2b(teja.encode(), digest_size=7).digest(), "big")


def _numero_con_signo(trozo: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(trozo, digest_size=8).digest(), "big", signed=True)
