"""Markdown and plain text to HTML, and pieces back to the text one would paste to have them again."""

import re
from collections.abc import Iterable
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consulta.procesos.enums import TipoFragmento
from consulta.procesos.importar.fichas import FICHA, es_campo
from consulta.procesos.trozos import Trozo

_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|h[1-6]|p|div|ul|ol|table"
    r"|article|section|main)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_VINETA = re.compile(r"^(\s*)[•·‣▪–—]\s+", re.MULTILINE)
_LETRA = re.compile(r"^(\s{0,3})([a-zñ])([.)]\s+\S.*)$")
_FILA = re.compile(r"^\s*\|.*\|\s*$")
_GUIONES = re.compile(r"^\s*\|[\s:|-]*-[\s:|-]*\|\s*$")
_PUNTO = re.compile(r"^\s*(?:-|\d{1,9}[.)])\s+\S")
_DESDE_UNO = re.compile(r"^\s*(?:-|1[.)])\s")
_ESPECIALES = re.compile(r"([\\*`\[\]~])|(?<![^\W_])(_)|(_)(?![^\W_])|(&)(?=#|\w+;)")
_AL_COMIENZO = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|-+\s*$|\|)")
_NUMERO = re.compile(r"^(\s*(?:\d{1,9}|[a-zñ]))([.)])(?=\s|$)")
_RAYA = re.compile(r"^(\s*)([•·‣▪–—])(?=\s)")
_RAYA_ESCAPADA = re.compile(r"^(\s*)\\([•·‣▪–—])(?=\s)", re.MULTILINE)
"""Bullets of this reader's own: Markdown knows no backslash before them."""


def es_html(texto: str) -> bool:
    """Whether a text begins as a page or a piece of one does. Words in angle brackets are words."""
    return bool(_HTML.match(texto[:20_000]))


def html_de_marcas(texto: str) -> str:
    """Markdown as people write it: bullets of any shape, tables with or without their line of dashes."""
    lector = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    lector.disable(["code", "html_block", "html_inline", "autolink", "lheading", "reference"])
    texto = _RAYA_ESCAPADA.sub(r"\1\2", _VINETA.sub(r"\1- ", texto))
    fichas = lector.parse("\n".join(_con_guiones(_con_letras(texto.split("\n")))))
    _separar_campos(fichas)
    _numerar_como_se_escribio(fichas)
    return str(lector.renderer.render(fichas, lector.options, {}))


def _numerar_como_se_escribio(fichas: Iterable[Token]) -> None:
    """Markdown counts the items of a list by itself. Here each keeps its number, since people quote it,
    but where all are written alike («1.» before each), which is a way to have them counted."""
    abiertas: list[list[Token]] = []
    for ficha in fichas:
        if ficha.type == "ordered_list_open":
            abiertas.append([])
        elif ficha.type == "list_item_open" and ficha.info:
            abiertas[-1].append(ficha)
        elif ficha.type == "ordered_list_close":
            puntos = abiertas.pop()
            if len({punto.info for punto in puntos}) > 1:
                for punto in puntos:
                    punto.attrSet("value", punto.info)


def _separar_campos(fichas: list[Token]) -> None:
    """The fields of a sheet are lines of their own, as people paste them; any other paragraph was only
    wrapped. Under a heading that opens one, a line that is no field goes on with the one before."""
    en_ficha = False
    for antes, linea in pairwise(fichas):
        if linea.type != "inline":
            continue
        lineas = linea.content.split("\n")
        abre = bool(FICHA.match(lineas[0]))
        if antes.type == "heading_open":
            en_ficha = abre
        elif abre or (en_ficha and es_campo(lineas[0])):
            _cortar(linea, [abre or es_campo(li) for li in lineas[1:]])


def _cortar(parrafo: Token, donde: list[bool]) -> None:
    """Keep the breaks of lines of `parrafo` that `donde` says, one for each."""
    saltos = [h for h in parrafo.children or () if h.type in ("softbreak", "hardbreak")]
    for hijo, corta in zip(saltos, donde, strict=False):
        if corta and hijo.type == "softbreak":
            hijo.type, hijo.tag = "hardbreak", "br"


def a_texto(trozos: Iterable[Trozo]) -> str:
    """The text that `importar_texto` reads as `trozos`."""
    partes: list[str] = []
    antes = None
    for trozo in trozos:
        if trozo.tipo == antes == TipoFragmento.LISTA or (
            trozo.tipo == antes == TipoFragmento.TABLA
        ):
            partes.append("***")
        antes = trozo.tipo
        if trozo.tipo == TipoFragmento.TITULO:
            titulo = " ".join(trozo.texto.split())
            partes.append(f"{'#' * max(trozo.nivel, 1)} {_escapar(titulo, comienzo=False)}")
        elif trozo.tipo == TipoFragmento.LISTA:
            partes.append(_puntos(trozo.texto.splitlines()))
        elif trozo.tipo == TipoFragmento.TABLA:
            partes.append("\n".join(_fila(li) for li in trozo.texto.splitlines()))
        else:
            partes.append(_lineas(trozo.texto.splitlines(), trozo.tipo))
    texto = "\n\n".join(partes)
    # Words that look like the beginning of a page are words.
    return f"\\{texto}" if es_html(texto) else texto


def _con_letras(lineas: list[str]) -> list[str]:
    """Lines that begin with a), b), c)… are the items of a list, each of which keeps its letter."""
    hechas = list(lineas)
    i = 0
    while i < len(lineas):
        fin = i
        while fin < len(lineas) and (m := _LETRA.match(lineas[fin])) and ord(m[2]) == 97 + fin - i:
            fin += 1
        if fin - i >= 2:
            for n in range(i, fin):
                hechas[n] = _LETRA.sub(r"\1- \2\3", lineas[n])
            if i and lineas[i - 1].strip():
                hechas[i] = "\n" + hechas[i]
        i = max(fin, i + 1)
    return "\n".join(hechas).split("\n")


def _con_guiones(lineas: list[str]) -> Iterable[str]:
    """A table needs its line of dashes, and a blank line before it."""
    for i, linea in enumerate(lineas):
        fila = bool(_FILA.match(linea))
        primera = fila and not (i and _FILA.match(lineas[i - 1]))
        if primera and i and lineas[i - 1].strip():
            yield ""
        if not fila and i and linea.strip() and _FILA.match(lineas[i - 1]):
            yield ""
        yield linea
        siguiente = lineas[i + 1] if i + 1 < len(lineas) else ""
        if primera and not _GUIONES.match(siguiente):
            yield "|" + " --- |" * (linea.strip().strip("|").count("|") + 1)


def _escapar(linea: str, *, comienzo: bool = True) -> str:
    linea = _ESPECIALES.sub(lambda m: f"\\{m[0]}", linea)
    if comienzo:
        linea = _AL_COMIENZO.sub(r"\1\\\2", linea)
        linea = _NUMERO.sub(r"\1\\\2", linea)
    return linea


def _lineas(lineas: list[str], tipo: TipoFragmento) -> str:
    """Lines of one piece; the points of a sheet's field as a list of their own."""
    ficha = tipo == TipoFragmento.COMPROMISO and bool(FICHA.match(lineas[0]))
    puntos = [ficha and i > 0 and bool(_PUNTO.match(linea)) for i, linea in enumerate(lineas)]
    escritas: list[str] = []
    for i, linea in enumerate(lineas):
        if i:
            antes, este = puntos[i - 1], puntos[i]
            escritas.append("\n" if antes and este else "\n\n" if antes or este else "  \n")
        escritas.append(_punto(linea) if puntos[i] else _RAYA.sub(r"\1\\\2", _escapar(linea)))
    return "".join(escritas)


def _puntos(lineas: list[str]) -> str:
    """The items of a list. A list inside another that does not begin at 1 needs a blank line before it."""
    escritos: list[str] = []
    for i, linea in enumerate(lineas):
        if i:
            entra = _sangria(linea) > _sangria(lineas[i - 1])
            escritos.append("\n\n" if entra and not _DESDE_UNO.match(linea) else "\n")
        escritos.append(_punto(linea))
    return "".join(escritos)


def _sangria(linea: str) -> int:
    return len(linea) - len(linea.lstrip())


def _punto(linea: str) -> str:
    if not _PUNTO.match(linea):
        return _escapar(linea)
    sangria, marca, texto = re.match(r"(\s*)(-|\d+[.)])\s+(.*)", linea).groups()  # type: ignore[union-attr]
    # An item of a numbered list nests under three columns; twice as deep is deep enough for both.
    return f"{sangria * 2}{marca} {_escapar(texto)}"


def _fila(linea: str) -> str:
    return linea if not _FILA.match(linea) else re.sub(r"([\\*`\[\]])", r"\\\1", linea)
