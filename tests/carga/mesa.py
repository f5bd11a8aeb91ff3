"""The desk of drafts driven by its pages: upload, correct splits and matches, review, publish."""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Protocol

from tests.factories.word import docx, parrafo

VERSIONES = "/admin/participacion/versiones"


class Sesion(Protocol):
    """What is needed of who drives: forms posted with the hidden fields of their page."""

    def pagina(self, ruta: str) -> str: ...

    def formulario(
        self,
        ruta: str,
        datos: dict[str, object],
        accion: str = "",
        archivos: dict[str, tuple[str, bytes]] | None = None,
    ) -> tuple[str, str]: ...


@dataclass(frozen=True)
class Fila:
    """A row of the review: the fragment, its mark, what the row says it is, and its words."""

    pk: int
    marca: str
    cambio: str
    texto: str


def en_docx(parrafos: list[str]) -> bytes:
    """The same text as a word processor saves it: headings by their style, lines by breaks."""
    cuerpo = ""
    for texto in parrafos:
        titulo = texto.startswith("# ")
        lineas = escape(texto.removeprefix("# ")).replace("\n", "</w:t><w:br/><w:t>")
        cuerpo += parrafo(lineas, "Ttulo2" if titulo else "")
    return docx(cuerpo)


class Mesa:
    """One version at the desk, from its upload to its publication. Raises RuntimeError where a page
    does not do what it says."""

    def __init__(self, sesion: Sesion, consulta: str, titulo: str) -> None:
        self.sesion, self.consulta, self.titulo = sesion, consulta, titulo
        self.pk = 0

    def subir(self, nombre: str, contenido: bytes) -> None:
        """Upload a file as a new version of the consultation whose title is `consulta`."""
        self._crear({}, {"archivo": (nombre, contenido)})

    def pegar(self, texto: str) -> None:
        """Paste a text as a new version."""
        self._crear({"texto": texto}, None)

    def _crear(
        self, datos: dict[str, object], archivos: dict[str, tuple[str, bytes]] | None
    ) -> None:
        ruta = f"{VERSIONES}/create/"
        opciones = re.findall(r'<option value="(\d+)"[^>]*>([^<]*)', self.sesion.pagina(ruta))
        elegida = next((v for v, nombre in opciones if self.consulta in unescape(nombre)), None)
        if elegida is None:
            raise RuntimeError(f"{ruta} no ofrece {self.consulta}")
        datos = datos | {"consulta": elegida, "titulo": self.titulo}
        url, html = self.sesion.formulario(ruta, datos, archivos=archivos)
        hallada = re.search(rf"{VERSIONES}/(\d+)/revisar/", url)
        if hallada is None:
            raise RuntimeError(f"subir la versión llevó a {url}: {_dicho(html)}")
        self.pk = int(hallada[1])

    def filas(self, ver: str = "") -> list[Fila]:
        """The fragments under review, in order (those removed are not among them)."""
        filas, pagina = [], 1
        while True:
            html = self.sesion.pagina(f"{VERSIONES}/{self.pk}/revisar/?ver={ver}&p={pagina}")
            for trozo in html.split('<li class="cotejo__fila')[1:]:
                quien = re.search(r' id="f(\d+)"', trozo)
                if quien is None:
                    continue
                marca = re.search(r'name="marca" value="([^"]*)"', trozo)
                cambio = re.search(r"cambio--(\w+)", trozo)
                filas.append(
                    Fila(
                        int(quien[1]),
                        marca[1] if marca else "",
                        cambio[1] if cambio else "",
                        _llano(trozo),
                    )
                )
            pagina += 1
            if f"p={pagina}" not in html:
                return filas

    def fila(self, palabras: str) -> Fila:
        """The one row whose fragment now says these words."""
        halladas = [f for f in self.filas() if palabras in f.texto.split("Ahora,")[-1]]
        if len(halladas) != 1:
            raise RuntimeError(f"«{palabras}» está en {len(halladas)} filas")
        return halladas[0]

    def unir(self, palabras: str) -> None:
        """Join the fragment with the one after it, by the button of its row."""
        fila = self.fila(palabras)
        self._enviar(fila.pk, {"accion": "unir", "marca": fila.marca}, self._revision)

    def dividir(self, palabras: str, antes_de: str) -> None:
        """Cut a fragment in two where the words `antes_de` begin, on its own page."""
        fila = self.fila(palabras)
        ruta = f"/admin/participacion/fragmentos/{fila.pk}/"
        cortes = re.findall(
            r'name="corte" value="(\d+)"[^>]*><label[^>]*>(.*?)</label>',
            self.sesion.pagina(ruta), re.DOTALL,
        )  # fmt: skip
        lugar = next((v for v, dice in cortes if antes_de in _llano(dice).split("✂")[-1]), None)
        if lugar is None:
            raise RuntimeError(f"{ruta} no ofrece cortar antes de «{antes_de}»")
        self._enviar(fila.pk, {"accion": "dividir", "corte": lugar, "marca": fila.marca}, ruta)

    def confirmar_dudosas(self) -> int:
        """Say «Está bien» to every doubtful match; returns how many there were."""
        dudosas = self.filas("dudosas")
        for fila in dudosas:
            self._enviar(fila.pk, {"accion": "confirmar", "marca": fila.marca}, self._revision)
        return len(dudosas)

    def publicar(self) -> str:
        """Publish it; returns the page that asked, with what it said would happen."""
        ruta = f"{VERSIONES}/{self.pk}/publicar/"
        pregunta = _llano(self.sesion.pagina(ruta))
        url, html = self.sesion.formulario(ruta, {})
        if f"{VERSIONES}/{self.pk}/revisar/" not in url:
            raise RuntimeError(f"publicar llevó a {url}: {_dicho(html)}")
        return pregunta

    @property
    def _revision(self) -> str:
        return f"{VERSIONES}/{self.pk}/revisar/"

    def _enviar(self, pk: int, datos: dict[str, object], desde: str) -> None:
        accion = f"/admin/participacion/fragmentos/{pk}/"
        url, html = self.sesion.formulario(desde, datos, accion=accion)
        if "/revisar/" not in url:
            raise RuntimeError(f"{datos['accion']} llevó a {url}: {_dicho(html)}")


def _llano(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def _dicho(html: str) -> str:
    """What an error page says, without its frame."""
    return _llano(html.partition("<main")[2] or html)[:400]
