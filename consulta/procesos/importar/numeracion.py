"""The numbers and letters that Word puts before its paragraphs and keeps nowhere in their text.

A citizen quotes «letra b)», so what a page shows is what Word shows: a), ii., 3. The reader of the body
knows only that a list has an order. Here each paragraph that Word numbers gets its label written as its
first words, between two marks that `importar.bloques` takes off again.

Word's rules, as ISO/IEC 29500-1, 17.9 tells them: counters belong to the abstract list, so that another
list of the same one goes on; a level begins again after a higher one; an override begins once.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from consulta.procesos.importar.paquete import LEIDAS

ABRE, CIERRA = "\ue0f0", "\ue0f1"
"""Around a label. They are of the private use area: no text of a document has them."""
ROTULO = re.compile(f"\\A{ABRE}([^{CIERRA}]*){CIERRA}\\s*")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REPUESTO = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CUERPO, _LISTAS, _ESTILOS = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_PASOS = 20
"""How far styles and lists may lead to one another."""
_ROMANOS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


@dataclass(frozen=True)
class _Nivel:
    """How one level is counted and written. `reinicia` is the level (from 1) after which it begins again;
    None, any higher one; 0, never."""

    formato: str = "decimal"
    escrito: str = "%1."
    desde: int = 0
    reinicia: int | None = None
    legal: bool = False
    estilo: str = ""


@dataclass
class _Abstracta:
    niveles: dict[int, _Nivel] = field(default_factory=dict)
    enlace: str = ""
    cuentas: dict[int, int] = field(default_factory=dict)


@dataclass
class _Lista:
    abstracta: str
    cambios: dict[int, _Nivel] = field(default_factory=dict)
    desde: dict[int, int] = field(default_factory=dict)


def con_rotulos(contenido: bytes) -> bytes:
    """The Word file `contenido` with the labels Word would show written into its body; only the parts
    that are read are kept. Expects what `paquete.revisar` has looked at; raises what lxml does."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
        nombres = set(zip_.namelist())
        if _LISTAS not in nombres:
            return contenido
        partes = {n: zip_.read(n) for n in nombres if LEIDAS.match(n)}
    cuerpo = _leer(partes[_CUERPO])
    contador = _Contador(_leer(partes[_LISTAS]), _leer(partes.get(_ESTILOS, b"<vacio/>")))
    for parrafo in cuerpo.iter(f"{_W}p"):
        if next(parrafo.iterancestors(_REPUESTO), None) is not None:
            continue  # the same words once more, for older readers
        rotulo = contador.siguiente(parrafo)
        if rotulo is not None and any((t.text or "").strip() for t in parrafo.iter(f"{_W}t")):
            _escribir(parrafo, rotulo)
    partes[_CUERPO] = etree.tostring(cuerpo, encoding="utf-8", xml_declaration=True)
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as zip_:
        for nombre, datos in partes.items():
            zip_.writestr(nombre, datos)
    return salida.getvalue()


class _Contador:
    """Counts along the document, paragraph by paragraph."""

    def __init__(self, listas: Any, estilos: Any) -> None:
        self.abstractas = {
            _dato(a, "abstractNumId"): _abstracta(a) for a in listas.iter(f"{_W}abstractNum")
        }
        self.listas = {_dato(n, "numId"): _lista(n) for n in listas.iter(f"{_W}num")}
        self.estilos = {_dato(e, "styleId"): e for e in estilos.iter(f"{_W}style")}
        self.empezadas: set[str] = set()

    def siguiente(self, parrafo: Any) -> str | None:
        """The label of `parrafo`, which counts from now on; None when it has none, empty when it is of
        a level that shows none."""
        cual, nivel = self._de(parrafo)
        lista, abstracta = self._encontrar(cual)
        if lista is None or abstracta is None or not 0 <= nivel <= 8:
            return None
        niveles = {**abstracta.niveles, **lista.cambios}
        if nivel not in niveles:
            return None
        cuentas = abstracta.cuentas
        for n, desde in lista.desde.items():
            niveles[n] = replace(niveles.get(n, _Nivel()), desde=desde)
            if cual not in self.empezadas:
                cuentas.pop(n, None)
        self.empezadas.add(cual)
        propio = niveles[nivel]
        cuentas[nivel] = cuentas.get(nivel, propio.desde - 1) + 1
        for n in [n for n in cuentas if n > nivel]:
            tras = niveles[n].reinicia if n in niveles else None
            if tras is None or (tras and nivel < tras):
                del cuentas[n]
        if propio.formato == "bullet":
            return None
        return _rotulo(propio, niveles, cuentas)

    def _de(self, parrafo: Any) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or those of its style."""
        propio = parrafo.find(f"{_W}pPr/{_W}numPr")
        estilo = _hijo(parrafo.find(f"{_W}pPr"), "pStyle")
        lista, nivel = _hijo(propio, "numId"), _hijo(propio, "ilvl")
        for _paso in range(_PASOS):
            if lista or not estilo or estilo not in self.estilos:
                break
            fila = self.estilos[estilo]
            de_estilo = fila.find(f"{_W}pPr/{_W}numPr")
            lista = _hijo(de_estilo, "numId")
            nivel = nivel or _hijo(de_estilo, "ilvl") or self._nivel_de(lista, estilo)
            estilo = _hijo(fila, "basedOn")
        return lista, _entero(nivel, 0)

    def _nivel_de(self, lista: str, estilo: str) -> str:
        abstracta = self._encontrar(lista)[1]
        niveles = abstracta.niveles if abstracta else {}
        return next((str(n) for n, nivel in niveles.items() if nivel.estilo == estilo), "")

    def _encontrar(self, cual: str) -> tuple[_Lista | None, _Abstracta | None]:
        """The list and what counts it, also where it only names a style of lists."""
        propia = lista = self.listas.get(cual)
        for _paso in range(_PASOS):
            abstracta = self.abstractas.get(lista.abstracta) if lista else None
            if abstracta is None or not abstracta.enlace:
                return propia, abstracta
            estilo = self.estilos.get(abstracta.enlace)
            donde = None if estilo is None else estilo.find(f"{_W}pPr/{_W}numPr")
            lista = self.listas.get(_hijo(donde, "numId"))
        return None, None


def _abstracta(elemento: Any) -> _Abstracta:
    return _Abstracta(dict(_niveles(elemento)), _hijo(elemento, "numStyleLink"))


def _lista(elemento: Any) -> _Lista:
    lista = _Lista(_hijo(elemento, "abstractNumId"))
    for cambio in elemento.iter(f"{_W}lvlOverride"):
        lista.cambios.update(_niveles(cambio))
        if (desde := _hijo(cambio, "startOverride")) != "":
            lista.desde[_entero(_dato(cambio, "ilvl"), 0)] = _entero(desde, 1)
    return lista


def _niveles(elemento: Any) -> Iterator[tuple[int, _Nivel]]:
    for fila in elemento.iter(f"{_W}lvl"):
        n = _entero(_dato(fila, "ilvl"), 0)
        nivel = _Nivel(
            formato=_hijo(fila, "numFmt") or "decimal",
            escrito=_hijo(fila, "lvlText"),
            desde=_entero(_hijo(fila, "start"), 0),
            legal=fila.find(f"{_W}isLgl") is not None,
            estilo=_hijo(fila, "pStyle"),
        )
        reinicia = _hijo(fila, "lvlRestart")
        yield n, replace(nivel, reinicia=_entero(reinicia, 0)) if reinicia else nivel


def _rotulo(propio: _Nivel, niveles: dict[int, _Nivel], cuentas: dict[int, int]) -> str:
    """«%1.%2)» with the numbers in place. A level never reached stands at its first."""

    def numero(hallado: re.Match[str]) -> str:
        n = int(hallado[1]) - 1
        nivel = niveles.get(n, _Nivel())
        formato = "decimal" if propio.legal else nivel.formato
        return en_formato(cuentas.get(n, nivel.desde), formato)

    return re.sub(r"%([1-9])", numero, propio.escrito).strip()


def en_formato(n: int, formato: str) -> str:
    """A count as Word writes it: 2 is «b», «ii», «02»; 28 is «bb». Unknown formats are numbers."""
    if formato in ("none", "bullet"):
        return ""
    if formato == "decimalZero":
        return f"{n:02d}"
    if formato in ("lowerLetter", "upperLetter") and n > 0:
        letras = chr(97 + (n - 1) % 26) * min((n - 1) // 26 + 1, 20)
        return letras.upper() if formato == "upperLetter" else letras
    if formato in ("lowerRoman", "upperRoman") and 0 < n < 4000:
        romano = ""
        for valor, letra in _ROMANOS:
            romano += letra * (n // valor)
            n %= valor
        return romano.upper() if formato == "upperRoman" else romano
    return str(n)


def _escribir(parrafo: Any, rotulo: str) -> None:
    """Before the first words, after what describes the paragraph."""
    tirada = etree.Element(f"{_W}r")
    texto = etree.SubElement(tirada, f"{_W}t")
    texto.text = f"{ABRE}{rotulo}{CIERRA}"
    describe = parrafo.find(f"{_W}pPr")
    parrafo.insert(0 if describe is None else parrafo.index(describe) + 1, tirada)


def _leer(xml: bytes) -> Any:
    lector = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(xml, lector)


def _hijo(elemento: Any, nombre: str) -> str:
    hijo = None if elemento is None else elemento.find(f"{_W}{nombre}")
    return "" if hijo is None else _dato(hijo, "val")


def _dato(elemento: Any, nombre: str) -> str:
    return str(elemento.get(f"{_W}{nombre}") or "")


def _entero(valor: str, si_no: int) -> int:
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 7 else si_no
