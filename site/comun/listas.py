"""What a filtered, paged list of a public page needs. Addresses come from anywhere: nothing here fails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

POR_PAGINA = 12
PAGINA = "pagina"


@dataclass(frozen=True)
class Opcion:
    """One value of a facet, with how many it leaves."""

    valor: str
    texto: str
    cuenta: int | None
    elegida: bool


@dataclass(frozen=True)
class Faceta:
    """One filter, as components/filtro.html draws it."""

    nombre: str
    titulo: str
    opciones: Sequence[Opcion]
    unica: bool = True


def faceta(
    nombre: str,
    titulo: str,
    elegido: str,
    valores: Iterable[tuple[str, str, int | None]],
    todos: str = "Todos",
) -> Faceta:
    """A facet of (value, text, count or None) of which one or none is chosen."""
    opciones = [Opcion(v, t, n, v == elegido) for v, t, n in valores]
    return Faceta(nombre, titulo, [Opcion("", todos, None, elegido == ""), *opciones])


def elegido(request: HttpRequest, nombre: str, permitidos: Iterable[str]) -> str:
    """The value asked for when it is one of `permitidos`, empty otherwise."""
    valor = request.GET.get(nombre, "")
    return valor if valor in set(permitidos) else ""


def pagina(
    request: HttpRequest, filas: "QuerySet[Any]", cuantas: int = POR_PAGINA, hay: int | None = None
) -> Page:
    """The page asked for; the first or the last one when there is no such page.

    `hay` is how many `filas` there are, where that is known already: they are not counted again.
    """
    paginador = Paginator(filas, cuantas)
    if hay is not None:
        paginador.count = hay
    return paginador.get_page(request.GET.get(PAGINA))


def consulta_sin(request: HttpRequest, *nombres: str) -> str:
    """The query string without `nombres`, nor the page number."""
    parametros: QueryDict = request.GET.copy()
    for nombre in (*nombres, PAGINA):
        parametros.pop(nombre, None)
    return parametros.urlencode()


def activos(request: HttpRequest, elegidos: Mapping[str, str]) -> list[dict[str, str]]:
    """Chosen filters, `elegidos` being name → text (empty: not chosen), each with a way to drop it."""
    return [
        {"texto": texto, "url": f"?{consulta_sin(request, nombre)}"}
        for nombre, texto in elegidos.items()
        if texto
    ]
