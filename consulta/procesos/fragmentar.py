"""From a pasted text to the fragments one may comment on: a plain reading of Markdown, line by line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consulta.procesos.enums import TipoFragmento

_TITULO = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_PUNTO = re.compile(r"^\s*(?:[-*•·]|\d{1,3}[.)])\s+\S")
_VINETA = re.compile(r"^\s*[-*•·]\s+")
_FILA = re.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True)
class Trozo:
    """A fragment to be. `nivel` is that of a heading, 1 to 6; 0 elsewhere."""

    tipo: TipoFragmento
    texto: str
    nivel: int = 0


def fragmentar(texto: str) -> list[Trozo]:
    """Headings (`#`), lists, tables (`|`) and paragraphs, in order; blank lines separate.

    The items of a list are one fragment, one line each, numbers kept and bullets dropped. A
    paragraph broken over several lines is joined. Empty text gives no fragment.
    """
    trozos: list[Trozo] = []
    for bloque in _bloques(texto.splitlines()):
        titulo = _TITULO.match(bloque[0])
        if titulo:
            trozos.append(Trozo(TipoFragmento.TITULO, titulo[2].strip(), len(titulo[1])))
        elif _FILA.match(bloque[0]):
            trozos.append(Trozo(TipoFragmento.TABLA, "\n".join(li.strip() for li in bloque)))
        elif _PUNTO.match(bloque[0]):
            trozos.append(Trozo(TipoFragmento.LISTA, "\n".join(_puntos(bloque))))
        else:
            trozos.append(Trozo(TipoFragmento.PARRAFO, " ".join(" ".join(bloque).split())))
    return trozos


def a_texto(trozos: Iterable[Trozo]) -> str:
    """The Markdown that `fragmentar` reads as `trozos`."""
    partes = []
    for trozo in trozos:
        if trozo.tipo == TipoFragmento.TITULO:
            partes.append(f"{'#' * max(trozo.nivel, 1)} {trozo.texto}")
        elif trozo.tipo == TipoFragmento.LISTA:
            lineas = trozo.texto.splitlines()
            partes.append("\n".join(li if _PUNTO.match(li) else f"- {li}" for li in lineas))
        else:
            partes.append(trozo.texto)
    return "\n\n".join(partes)


def _clase(linea: str) -> str:
    if _FILA.match(linea):
        return "tabla"
    return "lista" if _PUNTO.match(linea) else "texto"


def _bloques(lineas: Iterable[str]) -> Iterable[list[str]]:
    bloque: list[str] = []
    for linea in lineas:
        if not linea.strip() or _TITULO.match(linea):
            if bloque:
                yield bloque
            bloque = []
            if linea.strip():
                yield [linea]
            continue
        # A list's item may go on in the next line; anything else that changes kind is another block.
        sigue = bloque and (
            _clase(bloque[0]) == _clase(linea)
            or (_clase(bloque[0]) == "lista" and linea[0].isspace())
        )
        if bloque and not sigue:
            yield bloque
            bloque = []
        bloque.append(linea)
    if bloque:
        yield bloque


def _puntos(bloque: list[str]) -> list[str]:
    puntos: list[str] = []
    for linea in bloque:
        limpia = " ".join(_VINETA.sub("", linea).split())
        if _PUNTO.match(linea) or not puntos:
            puntos.append(limpia)
        else:
            puntos[-1] = f"{puntos[-1]} {limpia}"
    return puntos
