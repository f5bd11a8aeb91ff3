"""Merkle trees as RFC 6962 draws them: leaf and node hashes cannot be taken for each other.

A leaf is SHA-256 of 0x00 and its content, a node SHA-256 of 0x01 and its two children; a tree of n
leaves splits at the greatest power of two below n. Everything here is bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence

HOJA, NODO = b"\x00", b"\x01"
VACIO = hashlib.sha256(b"").digest()
"""Root of a tree without leaves."""


def hoja(contenido: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(HOJA + contenido).digest()


def nodo(izquierda: bytes, derecha: bytes) -> bytes:
    """Hash of the node above two."""
    return hashlib.sha256(NODO + izquierda + derecha).digest()


def raiz(hojas: Iterable[bytes]) -> bytes:
    """Root over leaf hashes, one pass; keeps one hash per level, so memory does not grow with them."""
    pila: list[tuple[int, bytes]] = []
    for suma in hojas:
        altura = 0
        while pila and pila[-1][0] == altura:
            suma, altura = nodo(pila.pop()[1], suma), altura + 1
        pila.append((altura, suma))
    if not pila:
        return VACIO
    resultado = pila.pop()[1]
    while pila:
        resultado = nodo(pila.pop()[1], resultado)
    return resultado


def camino(hojas: Sequence[bytes], indice: int) -> list[bytes]:
    """The hashes that lead from the leaf at `indice` (0-based) to the root, from below."""
    if len(hojas) <= 1:
        return []
    corte = 1 << ((len(hojas) - 1).bit_length() - 1)
    if indice < corte:
        return [*camino(hojas[:corte], indice), raiz(hojas[corte:])]
    return [*camino(hojas[corte:], indice - corte), raiz(hojas[:corte])]


def raiz_desde(suma: bytes, indice: int, cuantos: int, pasos: Sequence[bytes]) -> bytes | None:
    """The root that `pasos` give from one leaf of `cuantos`; None where they cannot lead to one."""
    if not 0 <= indice < cuantos:
        return None
    ultimo = cuantos - 1
    for paso in pasos:
        if ultimo == 0:
            return None
        if indice % 2 == 1 or indice == ultimo:
            suma = nodo(paso, suma)
            while indice % 2 == 0 and indice != 0:
                indice, ultimo = indice >> 1, ultimo >> 1
        else:
            suma = nodo(suma, paso)
        indice, ultimo = indice >> 1, ultimo >> 1
    return suma if ultimo == 0 else None
