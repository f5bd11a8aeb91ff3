"""HTML cut into pieces, in one pass and without a tree: depth and tricks cost nothing."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from comun.textos import limpiar, limpiar_linea
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.importar.numeracion import ROTULO
from consulta.procesos.trozos import Trozo

MUDAS = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "select",
        "textarea",
        "button",
        "title",
        "head",
        "audio",
        "video",
        "canvas",
        "map",
        "form-template",
    ]
)
"""What they hold is not text of the document."""
PARTES = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "dl",
        "dt",
        "dd",
        "center",
        "body",
        "html",
        "fieldset",
        "form",
        "details",
        "summary",
        "hr",
        "li",
        "ul",
        "ol",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
"""Where text before and after is not the same piece."""
TITULOS = {f"h{n}": n for n in range(1, 7)}
COLUMNAS = 40
HONDURA = 8
_NUMERO = re.compile(r"\A(\d{1,9})[.)]\Z")


@dataclass
class _Tabla:
    titulo: str = ""
    filas: list[list[str]] = field(default_factory=list)
    celda: list[str] | None = None
    ancho: int = 1


class _Lector:
    """Receives the parser's events. What is open is kept in counters, never in recursion."""

    def __init__(self) -> None:
        self.trozos: list[Trozo] = []
        self.letras: list[str] = []
        self.mudo = 0
        self.nivel = 0
        self.listas: list[int | None] = []
        self.letras_de_lista: list[bool] = []
        self.puntos: list[str] = []
        self.marca: str | None = None
        self.tabla: _Tabla | None = None
        self.tablas = 0
        self.enlaces: list[tuple[str, int]] = []
        self.titulo_de_tabla = False

    def start(self, tag: str, attrib: Any) -> None:
        if self.mudo or tag in MUDAS:
            self.mudo += 1
        elif tag == "br":
            self.letras.append("\n")
        elif tag == "a":
            self.enlaces.append((attrib.get("href") or "", len(self.letras)))
        elif tag in PARTES:
            self._cerrar()
            self._abrir(tag, attrib)

    def _abrir(self, tag: str, attrib: Any) -> None:
        if tag in TITULOS:
            self.nivel = TITULOS[tag]
        elif tag in ("ul", "ol"):
            self.listas.append(_entero(attrib.get("start"), 1) if tag == "ol" else None)
            self.letras_de_lista.append(tag == "ol" and attrib.get("type") in ("a", "A"))
        elif tag == "li":
            self._abrir_punto(attrib)
        elif tag == "table":
            self.tablas += 1
            if self.tablas == 1 and not self.listas:
                self.tabla = _Tabla()
        elif self.tabla is not None and self.tablas == 1:
            if tag == "caption":
                self.titulo_de_tabla = True
            elif tag == "tr":
                self.tabla.filas.append([])
            elif tag in ("td", "th"):
                self.tabla.celda = []
                self.tabla.ancho = max(1, min(_entero(attrib.get("colspan"), 1), COLUMNAS))

    def _abrir_punto(self, attrib: Any) -> None:
        if not self.listas:
            self.listas.append(None)
            self.letras_de_lista.append(False)
        numero = self.listas[-1]
        if numero is not None:
            numero = _entero(attrib.get("value"), numero)
        sangria = "  " * min(len(self.listas) - 1, HONDURA)
        self.marca = f"{sangria}- " if numero is None else f"{sangria}{numero}. "
        if numero is not None:
            if self.letras_de_lista[-1] and 1 <= numero <= 26:
                self.marca = f"{sangria}- {chr(96 + numero)}) "
            self.listas[-1] = numero + 1

    def data(self, data: str) -> None:
        if not self.mudo:
            # Line ends of the source are spaces; those of <br> are kept.
            self.letras.append(re.sub(r"\s+", " ", data))

    def end(self, tag: str) -> None:
        if self.mudo:
            self.mudo -= 1
        elif tag == "a" and self.enlaces:
            self._cerrar_enlace(*self.enlaces.pop())
        elif tag in PARTES:
            self._cerrar()
            self._terminar(tag)

    def _terminar(self, tag: str) -> None:
        if tag in TITULOS:
            self.nivel = 0
        elif tag in ("ul", "ol") and self.listas:
            self.listas.pop()
            self.letras_de_lista.pop()
            if not self.listas:
                self._cerrar_lista()
        elif tag == "table" and self.tablas:
            self.tablas -= 1
            if not self.tablas and self.tabla is not None:
                self._cerrar_tabla()
        elif self.tabla is not None and self.tablas == 1:
            if tag == "caption":
                self.titulo_de_tabla = False
            elif tag in ("td", "th") and self.tabla.celda is not None:
                self._cerrar_celda(self.tabla)

    def close(self) -> list[Trozo]:
        self._cerrar()
        self._cerrar_lista()
        if self.tabla is not None:
            self._cerrar_tabla()
        return self.trozos

    def _cerrar_enlace(self, destino: str, desde: int) -> None:
        """A link keeps its words, and its address when they do not say it. Arrows of footnotes go."""
        palabras = "".join(self.letras[desde:]).strip()
        if destino.startswith("#") and palabras in ("↑", "↩", "[↑]"):
            del self.letras[desde:]
        elif destino.startswith(("http://", "https://", "mailto:")) and palabras:
            visible = destino.removeprefix("mailto:")
            corto = visible.split("://")[-1].rstrip("/")
            if corto not in palabras and len(visible) <= 300 and _con_sitio(destino):
                self.letras.append(f" ({visible})")

    def _cerrar(self) -> None:
        """The text so far is one piece, or part of the list or the cell that is open."""
        crudo, self.letras = "".join(self.letras), []
        self.enlaces = [(destino, 0) for destino, _desde in self.enlaces]
        partes = [limpio for parte in re.split(r"\n\s*\n", crudo) if (limpio := _lineas(parte))]
        for texto in partes:
            self._poner(texto)

    def _poner(self, texto: str) -> None:
        rotulo = ROTULO.match(texto)
        if rotulo is not None:
            texto = self._con_rotulo(rotulo[1].strip(), texto[rotulo.end() :])
        en_linea = limpiar_linea(texto)
        if self.tabla is not None:
            if self.titulo_de_tabla:
                self.tabla.titulo = en_linea
            elif self.tabla.celda is not None:
                self.tabla.celda.append(en_linea)
        elif self.listas:
            if self.marca is not None or not self.puntos:
                self.puntos.append(f"{self.marca or '- '}{en_linea}")
                self.marca = None
            else:
                self.puntos[-1] += f" {en_linea}"
        elif self.nivel:
            self.trozos.append(Trozo(TipoFragmento.TITULO, en_linea, self.nivel))
        else:
            self.trozos.append(Trozo(TipoFragmento.PARRAFO, texto))

    def _con_rotulo(self, rotulo: str, texto: str) -> str:
        """What Word shows before a paragraph: the mark of an item, and words anywhere but in a heading,
        which is known by its own."""
        if self.tabla is None and self.listas and self.marca is not None:
            sangria = self.marca[: len(self.marca) - len(self.marca.lstrip())]
            if numero := _NUMERO.match(rotulo):
                self.marca = f"{sangria}{numero[1]}. "
                return texto
            self.marca = f"{sangria}- "
        elif self.nivel:
            return texto
        return f"{rotulo} {texto}" if rotulo else texto

    def _cerrar_lista(self) -> None:
        if self.puntos:
            self.trozos.append(Trozo(TipoFragmento.LISTA, "\n".join(self.puntos)))
        self.puntos, self.marca = [], None

    def _cerrar_celda(self, tabla: _Tabla) -> None:
        if not tabla.filas:
            tabla.filas.append([])
        celda = " · ".join(tabla.celda or []).replace("|", "/")
        tabla.filas[-1] += [celda, *[""] * (tabla.ancho - 1)]
        tabla.celda = None

    def _cerrar_tabla(self) -> None:
        """A table of one column is a way to draw a frame: its rows are paragraphs."""
        tabla, self.tabla = self.tabla, None
        if tabla is None:
            return
        if tabla.celda:
            self._cerrar_celda(tabla)
        filas = [fila for fila in tabla.filas if any(fila)]
        titulo = [tabla.titulo] if tabla.titulo else []
        if all(sum(map(bool, fila)) < 2 for fila in filas):
            textos = titulo + [next(filter(None, fila)) for fila in filas]
            self.trozos += [Trozo(TipoFragmento.PARRAFO, texto) for texto in textos]
        else:
            ancho = max(map(len, filas))
            lineas = [f"| {' | '.join(f + [''] * (ancho - len(f)))} |" for f in filas]
            self.trozos.append(Trozo(TipoFragmento.TABLA, "\n".join(titulo + lineas)))


def leer_html(html: str) -> list[Trozo]:
    """Headings, paragraphs, lists and tables of a page, in order; the rest of it is left out.

    Nothing is run, fetched or kept but words: scripts, styles and attributes go, a link keeps its
    address in parentheses.
    """
    lector = etree.HTMLParser(
        target=_Lector(), huge_tree=True, remove_comments=True, encoding="utf-8"
    )
    lector.feed(html.encode())
    return list(lector.close())


def _lineas(texto: str) -> str:
    return "\n".join(filter(None, (" ".join(li.split()) for li in limpiar(texto).split("\n"))))


def _entero(valor: str | None, si_no: int) -> int:
    valor = (valor or "").strip()
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 7 else si_no


def _con_sitio(direccion: str) -> bool:
    try:
        return bool(urlsplit(direccion).netloc) or direccion.startswith("mailto:")
    except ValueError:
        return False
