"""The lines of a text that say why it was found, as pairs (text, is it a word that was looked for)."""

import unicodedata

from comun.palabras import palabras_con_lugar
from search.pedido import Pedido

LARGO = 260
"""Characters of an extract, before it is rounded to whole words."""
LEIDOS = 20_000
"""Characters of a text that are looked at: an extract is shown for each of twenty hits."""

Partes = list[tuple[str, bool]]


def marcar(texto: str, pedido: Pedido) -> Partes:
    """All of `texto`, cut where a word that was looked for begins or ends."""
    texto = unicodedata.normalize("NFC", texto)
    partes: Partes = []
    fin = 0
    for desde, hasta, raiz in palabras_con_lugar(texto):
        if raiz in pedido.raices:
            if desde > fin:
                partes.append((texto[fin:desde], False))
            partes.append((texto[desde:hasta], True))
            fin = hasta
    if fin < len(texto):
        partes.append((texto[fin:], False))
    return partes


def extracto(texto: str, pedido: Pedido) -> Partes:
    """The stretch of `texto` with most different words looked for; its beginning when it has none."""
    texto = " ".join(unicodedata.normalize("NFC", texto[:LEIDOS]).split())
    desde, hasta = _mejor_tramo(texto, pedido)
    partes = marcar(texto[desde:hasta], pedido)
    if desde > 0:
        partes.insert(0, ("… ", False))
    if hasta < len(texto):
        partes.append((" …", False))
    return partes


def _mejor_tramo(texto: str, pedido: Pedido) -> tuple[int, int]:
    if len(texto) <= LARGO:
        return 0, len(texto)
    halladas = [p for p in palabras_con_lugar(texto) if p[2] in pedido.raices]
    if not halladas:
        return _redondear(texto, 0)
    mejor, mejor_cuenta, primera = 0, (0, 0), 0
    for ultima in range(len(halladas)):
        while halladas[ultima][1] - halladas[primera][0] > LARGO:
            primera += 1
        en_tramo = halladas[primera : ultima + 1]
        cuenta = (len({raiz for _, _, raiz in en_tramo}), len(en_tramo))
        if cuenta > mejor_cuenta:
            mejor, mejor_cuenta = primera, cuenta
    return _redondear(texto, max(0, halladas[mejor][0] - LARGO // 5))


def _redondear(texto: str, desde: int) -> tuple[int, int]:
    """A stretch of about LARGO characters from `desde`, without half a word at either end."""
    if desde:
        espacio = texto.find(" ", desde)
        desde = espacio + 1 if 0 <= espacio < desde + 40 else desde
    hasta = min(len(texto), desde + LARGO)
    if hasta < len(texto):
        espacio = texto.rfind(" ", desde, hasta)
        hasta = espacio if espacio > desde else hasta
    return desde, hasta
