"""The draft text, as components/fragmento.html draws it, with what was said of each piece."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Recuento
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.tramos import Marca, Tramo, cortar
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.models import Consulta, Fragmento

VINETA = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
LETRA = re.compile(
    r"^\s*(?:[-*•–]\s+)?(?=[a-zñ][.)]\s)"
    r"|^\s*[-*•–]\s+(?=\(?(?:[a-z]{1,2}|[A-ZÑ]{1,2}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|\d+(?:\.\d+)*)[.)]+\s)"
)
"""An item that brings a letter of its own, by which others name it: it is read as written."""
NUMERADA = re.compile(r"^\s*\d+[.)]\s+")
FICHA = re.compile(r"^\s*compromiso\s+(?:n[.°º]*\s*)?(\d+)\s*[.:·-]?\s*(.*)$", re.IGNORECASE)
TIPOS = {TipoFragmento.TITULO: "encabezado"}


HONDURA = 4
"""Levels of a list that are drawn apart."""


def _de_corrido(lineas: Sequence[str]) -> bool:
    """Whether they are 1, 2, 3… of one level, which a browser counts as well; any other numbers are
    read as written."""
    return bool(lineas) and all(re.match(rf"{n}[.)]\s", linea) for n, linea in enumerate(lineas, 1))


@dataclass(slots=True)
class QueCambio:
    """A response whose outcome was to change a fragment."""

    folio: str
    url: str
    resultado: str
    resultado_texto: str
    situacion: str = Situacion.VIGENTE

    @property
    def dicho(self) -> str:
        """The outcome, and that the contribution stands no more where that is so."""
        despues = {
            Situacion.RETIRADO: _("; quien lo escribió lo retiró después"),
            Situacion.REMOVIDO: _("; se removió después"),
        }
        return self.resultado_texto.lower() + str(despues.get(Situacion(self.situacion), ""))


@dataclass(slots=True)
class VistaFragmento:
    """One piece of a version. Its words come in `Tramo`s, which know where they stand in `texto`."""

    orden: int
    ancla: str
    tipo: str
    nivel: int
    texto: str
    parrafos: list[list[Tramo]] = field(default_factory=list)
    numerada: bool = False
    con_letras: bool = False
    puntos: list[Tramo] = field(default_factory=list)
    cabecera: list[Tramo] = field(default_factory=list)
    filas: list[list[Tramo]] = field(default_factory=list)
    numero: str = ""
    titulo: Tramo | None = None
    comentarios: int = 0
    url_comentarios: str = ""
    antes: int = 0
    antes_texto: str = ""
    puede_comentar: bool = False
    url_comentar: str = ""
    cambio: str = ""
    cambio_texto: str = ""
    cambio_url: str = ""
    cambio_por: Sequence[QueCambio] = ()
    url: str = ""

    @property
    def tramos(self) -> Iterator[Tramo]:
        """Every run of words, in order."""
        if self.titulo is not None:
            yield self.titulo
        for lineas in self.parrafos:
            yield from lineas
        yield from self.puntos
        yield from self.cabecera
        for fila in self.filas:
            yield from fila


@dataclass(slots=True)
class Seccion:
    """A heading of the draft and what hangs below it until the next one."""

    titulo: str
    url: str
    nivel: int
    fragmentos: int = 0
    comentarios: int = 0


def comentarios_por_fragmento(consulta: Consulta) -> dict[int, int]:
    """How many contributions, replies included, each fragment of its drafts has, by its id; one query."""
    filas = Recuento.objects.filter(
        asunto__consulta=consulta, asunto__fragmento__isnull=False, total__gt=0
    )
    return dict(filas.values_list("asunto__fragmento", "total"))


def vista_de_fragmento(
    fragmento: Fragmento,
    *,
    slug: str,
    n: int,
    comentarios: int = 0,
    comentable: bool = False,
    marcas: Sequence[Marca] = (),
) -> VistaFragmento:
    """`slug` and `n` are those of its consultation and version: nothing is asked of the database."""
    url = reverse("paginas:fragmento", args=[slug, n, fragmento.orden])
    vista = VistaFragmento(
        orden=fragmento.orden,
        ancla=f"p{fragmento.orden}",
        tipo=TIPOS.get(TipoFragmento(fragmento.tipo), fragmento.tipo),
        nivel=max(2, min(4, fragmento.nivel + 1)),
        texto=fragmento.texto,
        comentarios=comentarios,
        url=url,
        url_comentarios=f"{url}#hilo",
        puede_comentar=comentable and fragmento.tipo != TipoFragmento.TITULO,
        url_comentar=f"{url}#participar",
    )
    _Partidor(vista, marcas).partir(TipoFragmento(fragmento.tipo))
    return vista


def secciones(
    fragmentos: Iterable[Fragmento], cuentas: Mapping[int, int], base: str = ""
) -> list[Seccion]:
    """The table of contents, with the comments below each heading. `base` is the page of the text.

    A long text lies on several pages: `?p=` leads to the one that has that paragraph.
    """
    hechas: list[Seccion] = []
    for f in fragmentos:
        url = f"{base}?p={f.orden}#p{f.orden}"
        if f.tipo == TipoFragmento.TITULO:
            hechas.append(Seccion(f.texto, url, max(2, min(4, f.nivel + 1))))
        elif not hechas:
            hechas.append(Seccion(breve(f.texto, 70), url, 2))
        hechas[-1].fragmentos += f.tipo != TipoFragmento.TITULO
        hechas[-1].comentarios += cuentas.get(f.pk, 0)
    return hechas


class _Partidor:
    """Divides the text of a fragment into what is drawn apart, keeping where each run stands."""

    def __init__(self, vista: VistaFragmento, marcas: Sequence[Marca]) -> None:
        self.vista, self.marcas = vista, marcas

    def partir(self, tipo: TipoFragmento) -> None:
        lineas = list(self._lineas())
        if tipo == TipoFragmento.LISTA:
            self._lista(lineas)
        elif tipo == TipoFragmento.TABLA:
            self._tabla(lineas)
        elif tipo == TipoFragmento.COMPROMISO:
            self._compromiso(lineas)
        else:
            self._parrafos(lineas)

    def _lineas(self) -> Iterator[tuple[int, str]]:
        """Each line and where it begins; the empty ones too, which part paragraphs."""
        inicio = 0
        for linea in self.vista.texto.splitlines(keepends=True):
            yield inicio, linea.rstrip("\r\n")
            inicio += len(linea)

    def _tramo(self, inicio: int, texto: str) -> Tramo:
        inicio += len(texto) - len(texto.lstrip())
        return cortar(texto.strip(), inicio, self.marcas, f"{self.vista.url}#citas")

    def _parrafos(self, lineas: Iterable[tuple[int, str]]) -> None:
        nuevo = True
        for inicio, linea in lineas:
            if not linea.strip():
                nuevo = True
                continue
            if nuevo:
                self.vista.parrafos.append([])
            self.vista.parrafos[-1].append(self._tramo(inicio, linea))
            nuevo = False

    def _lista(self, lineas: list[tuple[int, str]]) -> None:
        llenas = [(i, linea) for i, linea in lineas if linea.strip()]
        if not llenas:
            return
        con_vineta = [bool(VINETA.match(linea) or LETRA.match(linea)) for _, linea in llenas]
        # Without marks, only a line that announces the rest is not an item.
        anuncia = len(llenas) > 1 and llenas[0][1].rstrip().endswith(":")
        presenta = con_vineta.index(True) if True in con_vineta else int(anuncia)
        self._parrafos(llenas[:presenta])
        puntos = llenas[presenta:]
        self.vista.numerada = _de_corrido([linea for _, linea in puntos])
        self.vista.con_letras = not self.vista.numerada and any(
            LETRA.match(linea) or NUMERADA.match(linea) for _, linea in puntos
        )
        for inicio, linea in puntos:
            vineta = LETRA.match(linea)
            if vineta is None and not self.vista.con_letras:
                vineta = VINETA.match(linea)
            corte = vineta.end() if vineta else 0
            tramo = self._tramo(inicio + corte, linea[corte:])
            tramo.nivel = min((len(linea) - len(linea.lstrip())) // 2, HONDURA)
            self.vista.puntos.append(tramo)

    def _tabla(self, lineas: list[tuple[int, str]]) -> None:
        filas = []
        for inicio, linea in lineas:
            celdas = list(_celdas(linea))
            if celdas and not all(set(texto) <= {"-", ":", " "} for _, texto in celdas):
                filas.append([self._tramo(inicio + i, texto) for i, texto in celdas])
        titulo = filas.pop(0)[0] if filas and len(filas[0]) == 1 and len(filas) > 1 else None
        if len(filas) < 2 or len(filas[0]) < 2:
            self.vista.tipo = TipoFragmento.PARRAFO
            self._parrafos(lineas)
            return
        self.vista.cabecera, self.vista.filas, self.vista.titulo = filas[0], filas[1:], titulo

    def _compromiso(self, lineas: list[tuple[int, str]]) -> None:
        inicio, primera = lineas[0]
        resto = lineas[1:]
        ficha = FICHA.match(primera)
        if ficha is not None:
            self.vista.numero, corte = ficha[1], ficha.start(2)
            if ficha[2].strip():
                self.vista.titulo = self._tramo(inicio + corte, primera[corte:])
            elif resto:
                (inicio, primera), *resto = resto
                self.vista.titulo = self._tramo(inicio, primera)
        else:
            self.vista.titulo = self._tramo(inicio, primera)
        self._parrafos(resto)


def _celdas(linea: str) -> Iterator[tuple[int, str]]:
    """The cells of a line of a table and where each begins; empty ones too, between bars."""
    if not linea.strip():
        return
    signo = "|" if "|" in linea else "\t"
    limpia = linea.strip()
    inicio = linea.index(limpia[0])
    if signo == "|":
        if limpia.startswith("|"):
            limpia, inicio = limpia[1:], inicio + 1
        limpia = limpia.removesuffix("|")
    for celda in limpia.split(signo):
        yield inicio, celda
        inicio += len(celda) + 1
