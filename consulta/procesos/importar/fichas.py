"""Commitment sheets: what makes one, said once.

A sheet opens with «Compromiso», «Ficha de compromiso» or «Ficha» and a number («Compromiso 3: …»),
in a heading, in the first line of a paragraph or in the first row or title of a table. It is a sheet
only if at least two fields follow at once: lines, paragraphs or points «Label: value», or the rows of
a table of two columns. It ends where the fields end, at the next heading at the latest. A field left
open («Hitos:») takes the list or the table that follows it. Anything else stays what it was.
"""

import re
from collections.abc import Sequence

from consulta.procesos.enums import TipoFragmento
from consulta.procesos.trozos import Trozo

FICHA = re.compile(
    r"^\s*(?:ficha\s+(?:de(?:l)?\s+)?)?compromiso\s+(?:n\s*[.°º]*\s*)?\d{1,3}\b\s*(?:[.:·–—-].*)?$",
    re.IGNORECASE,
)
_CAMPO = re.compile(r"^(?:-\s+|\d+[.)]\s+)?[A-ZÁÉÍÓÚÑ¿][^:.;\n]{1,70}:(?:\s|$)")
_MARCA = re.compile(r"^(?:-|\d+[.)])\s+")
MINIMO = 2


def es_campo(linea: str) -> bool:
    """Whether a line reads as a field of a sheet, «Label: value»."""
    return bool(_CAMPO.match(linea))


def reunir_fichas(trozos: Sequence[Trozo]) -> list[Trozo]:
    """`trozos` with each sheet made one piece."""
    reunidos: list[Trozo] = []
    i = 0
    while i < len(trozos):
        ficha, gasta = _ficha_desde(trozos, i)
        reunidos.append(ficha or trozos[i])
        i += gasta
    return reunidos


def _ficha_desde(trozos: Sequence[Trozo], i: int) -> tuple[Trozo | None, int]:
    """The sheet that opens at `i`, if one does, and how many pieces it takes."""
    titulo, lineas = _apertura(trozos[i])
    if not titulo:
        return None, 1
    campos, j, abierto = len(lineas), i + 1, bool(lineas) and lineas[-1].endswith(":")
    while j < len(trozos):
        mas = _campos(trozos[j], abierto=abierto)
        if not mas:
            break
        campos += 1 if abierto else len(mas)
        lineas += mas
        abierto = mas[-1].endswith(":")
        j += 1
    if campos < MINIMO:
        return None, 1
    return Trozo(TipoFragmento.COMPROMISO, "\n".join([titulo, *lineas])), j - i


def _apertura(trozo: Trozo) -> tuple[str, list[str]]:
    """Title and first fields of a piece that may open a sheet; no title when it cannot."""
    primera, *resto = trozo.texto.splitlines()
    if trozo.tipo == TipoFragmento.TABLA:
        filas = [_celdas(li) for li in trozo.texto.splitlines()]
        titulo = " ".join(filter(None, filas[0]))
        if FICHA.match(titulo) and _de_dos(filas[1:]):
            return titulo, [_como_campo(f) for f in filas[1:]]
        return "", []
    if trozo.tipo == TipoFragmento.LISTA or not FICHA.match(primera):
        return "", []
    return (primera, resto) if _son_campos(resto) else ("", [])


def _campos(trozo: Trozo, *, abierto: bool) -> list[str]:
    """The fields a piece adds to a sheet; none ends it."""
    lineas = trozo.texto.splitlines()
    if trozo.tipo == TipoFragmento.TITULO or FICHA.match(lineas[0]):
        return []
    if trozo.tipo == TipoFragmento.TABLA:
        filas = [_celdas(li) for li in lineas]
        if _de_dos(filas):
            return [_como_campo(f) for f in filas]
        return [" · ".join(filter(None, f)) for f in filas] if abierto else []
    if abierto and trozo.tipo == TipoFragmento.LISTA:
        return lineas
    if all(_CAMPO.match(li) for li in lineas):
        return [_MARCA.sub("", li) for li in lineas]
    return []


def _son_campos(lineas: Sequence[str]) -> bool:
    """Each line a field, or a point of the field before it."""
    return all(
        _CAMPO.match(li)
        or (_MARCA.match(li) and i and (lineas[i - 1].endswith(":") or _MARCA.match(lineas[i - 1])))
        for i, li in enumerate(lineas)
    )


def _celdas(linea: str) -> list[str]:
    return [celda.strip() for celda in linea.strip().strip("|").split("|")]


def _de_dos(filas: Sequence[Sequence[str]]) -> bool:
    return bool(filas) and all(len([c for c in f if c]) <= 2 and f[0] for f in filas)


def _como_campo(fila: Sequence[str]) -> str:
    etiqueta, *valores = [c for c in fila if c]
    return f"{etiqueta.rstrip(':')}: {' '.join(valores)}".strip()
