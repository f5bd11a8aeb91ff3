"""Spreadsheets as CSV that no program will take for formulas."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.encoding import force_str

MARCA = b"\xef\xbb\xbf"
"""Without it, Excel reads accents as Latin-1."""

_PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Eco:
    def write(self, linea: str) -> bytes:
        return linea.encode()


def celda_segura(valor: Any) -> str:
    """`valor` as text that a spreadsheet shows and does not run: an apostrophe goes before =, +, -, @."""
    texto = "" if valor is None else force_str(valor)
    if isinstance(valor, int | float) and not isinstance(valor, bool):
        return texto
    return f"'{texto}" if texto.lstrip(" ").startswith(_PELIGROSOS) else texto


def filas_csv(encabezado: Iterable[Any], filas: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """CSV in UTF-8 with its mark, one row at a time."""
    escritor = csv.writer(_Eco())
    yield MARCA + escritor.writerow([celda_segura(c) for c in encabezado])
    for fila in filas:
        yield escritor.writerow([celda_segura(c) for c in fila])
