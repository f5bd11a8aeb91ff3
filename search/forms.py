"""Reading the address of a search: what makes no sense is left out, never refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from comun.buscador import Tipo
from search.pedido import leer
from search.pregunta import FECHA, PAGINAS, RELEVANCIA, Pregunta


def leer_pregunta(datos: QueryDict) -> Pregunta:
    """`q`, `tipo` (may repeat), `orden`, `pagina`. A page that is no number is the first."""
    tipos = [tipo for tipo in datos.getlist("tipo")[: len(Tipo)] if tipo in Tipo.values]
    return Pregunta(
        pedido=leer(datos.get("q", "")),
        tipos=tuple(dict.fromkeys(tipos)),
        orden=FECHA if datos.get("orden") == FECHA else RELEVANCIA,
        pagina=_pagina(datos.get("pagina", "")),
    )


def _pagina(texto: str) -> int:
    if len(texto) > 4 or not (texto.isascii() and texto.isdigit()):
        return 1
    return min(max(int(texto), 1), PAGINAS)


@dataclass(frozen=True)
class Direccion:
    """Addresses near a question: with another kind, order or page."""

    pregunta: Pregunta

    def consulta(self, *, tipos: Sequence[str] | None = None, orden: str | None = None) -> str:
        """The query string without the page, url-encoded; what is usual is left out."""
        pares = [("q", self.pregunta.pedido.texto)]
        pares += [("tipo", tipo) for tipo in (self.pregunta.tipos if tipos is None else tipos)]
        orden = self.pregunta.orden if orden is None else orden
        if orden != RELEVANCIA:
            pares.append(("orden", orden))
        return urlencode(pares)
