"""The draft text, as components/fragmento.html draws it, with what was said of each piece."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse

from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import breve
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.models import Fragmento, VersionBorrador

VINETA = re.compile(r"^\s*(?:[-*•–]|\d+[.)]|[a-z][.)])\s+")
NUMERADA = re.compile(r"^\s*\d+[.)]\s+")
FICHA = re.compile(r"^\s*compromiso\s+(?:n[.°º]*\s*)?(\d+)\s*[.:·-]?\s*(.*)$", re.IGNORECASE)
TIPOS = {TipoFragmento.TITULO: "encabezado"}


@dataclass(slots=True)
class VistaFragmento:
    """One piece of a version."""

    orden: int
    ancla: str
    tipo: str
    nivel: int
    texto: str
    numerada: bool = False
    puntos: list[str] = field(default_factory=list)
    cabecera: list[str] = field(default_factory=list)
    filas: list[list[str]] = field(default_factory=list)
    numero: str = ""
    titulo: str = ""
    comentarios: int = 0
    url_comentarios: str = ""
    puede_comentar: bool = False
    url_comentar: str = ""
    cambio: str = ""
    url: str = ""


@dataclass(slots=True)
class Seccion:
    """A heading of the draft and what hangs below it until the next one."""

    titulo: str
    url: str
    nivel: int
    fragmentos: int = 0
    comentarios: int = 0


def comentarios_por_fragmento(version: VersionBorrador) -> dict[int, int]:
    """How many contributions, replies included, each fragment of `version` has, by its id; one query."""
    filas = (
        Aporte.objects.confirmados()
        .filter(asunto__fragmento__version=version)
        .order_by()
        .values_list("asunto__fragmento")
        .annotate(Count("pk"))
    )
    return dict(filas)


def vista_de_fragmento(
    fragmento: Fragmento, *, slug: str, n: int, comentarios: int = 0, comentable: bool = False
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
    if fragmento.tipo == TipoFragmento.LISTA:
        _partir_lista(vista)
    elif fragmento.tipo == TipoFragmento.TABLA:
        _partir_tabla(vista)
    elif fragmento.tipo == TipoFragmento.COMPROMISO:
        _partir_compromiso(vista)
    return vista


def vistas_de_version(
    version: VersionBorrador,
    fragmentos: Iterable[Fragmento],
    cuentas: Mapping[int, int],
    *,
    slug: str,
    comentable: bool,
) -> list[VistaFragmento]:
    """The whole text, in order."""
    return [
        vista_de_fragmento(
            f, slug=slug, n=version.n, comentarios=cuentas.get(f.pk, 0), comentable=comentable
        )
        for f in fragmentos
    ]


def secciones(vistas: Iterable[VistaFragmento], base: str = "") -> list[Seccion]:
    """The table of contents, with the comments below each heading. `base` is the page of the text."""
    hechas: list[Seccion] = []
    for vista in vistas:
        if vista.tipo == "encabezado":
            hechas.append(Seccion(vista.texto, f"{base}#{vista.ancla}", vista.nivel))
        elif not hechas:
            hechas.append(Seccion(breve(vista.texto, 70), f"{base}#{vista.ancla}", 2))
        hechas[-1].fragmentos += vista.tipo != "encabezado"
        hechas[-1].comentarios += vista.comentarios
    return hechas


def _partir_lista(vista: VistaFragmento) -> None:
    lineas = [linea for linea in vista.texto.splitlines() if linea.strip()]
    con_vineta = [bool(VINETA.match(linea)) for linea in lineas]
    if not lineas:
        return
    presenta = con_vineta.index(True) if True in con_vineta else (1 if len(lineas) > 1 else 0)
    vista.numerada = bool(NUMERADA.match(lineas[min(presenta, len(lineas) - 1)]))
    vista.puntos = [VINETA.sub("", linea).strip() for linea in lineas[presenta:]]
    vista.texto = "\n".join(lineas[:presenta])


def _partir_tabla(vista: VistaFragmento) -> None:
    filas = [
        [celda.strip() for celda in linea.strip().strip("|").split("|" if "|" in linea else "\t")]
        for linea in vista.texto.splitlines()
        if linea.strip()
    ]
    filas = [fila for fila in filas if not all(set(celda) <= {"-", ":", " "} for celda in fila)]
    titulo = filas.pop(0)[0] if filas and len(filas[0]) == 1 and len(filas) > 1 else ""
    if len(filas) < 2 or len(filas[0]) < 2:
        vista.tipo = TipoFragmento.PARRAFO
        return
    vista.cabecera, vista.filas, vista.texto = filas[0], filas[1:], titulo


def _partir_compromiso(vista: VistaFragmento) -> None:
    primera, _, resto = vista.texto.partition("\n")
    ficha = FICHA.match(primera)
    if ficha is None:
        vista.titulo, vista.texto = primera.strip(), resto.strip()
        return
    vista.numero, vista.titulo, vista.texto = ficha[1], ficha[2].strip(), resto.strip()
    if not vista.titulo:
        primera, _, resto = vista.texto.partition("\n")
        vista.titulo, vista.texto = primera.strip(), resto.strip()
