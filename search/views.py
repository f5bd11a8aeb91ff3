"""The search page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from comun.buscador import Tipo
from search.aportes import direccion_de_folio
from search.busqueda import Respuesta, buscar
from search.forms import Direccion, leer_pregunta
from search.pregunta import FECHA, POR_PAGINA, RELEVANCIA


@require_safe
def pagina(request: HttpRequest) -> HttpResponse:
    """`/buscar/?q=…&tipo=…&orden=…&pagina=…`; a whole folio leads straight to its contribution."""
    pregunta = leer_pregunta(request.GET)
    aporte = direccion_de_folio(request.GET.get("q", ""))
    if aporte:
        return HttpResponseRedirect(aporte)
    respuesta = buscar(pregunta)
    direccion = Direccion(pregunta)
    return TemplateResponse(
        request,
        "search/pagina.html",
        {
            "pedido": pregunta.pedido.texto,
            "respuesta": respuesta,
            "page_obj": Paginator(range(respuesta.alcanzables), POR_PAGINA).get_page(
                pregunta.pagina
            ),
            "base_query": direccion.consulta(),
            "facetas": facetas(respuesta),
            "activos": activos(respuesta),
            "sin_filtros_url": f"?{direccion.consulta(tipos=())}",
            "ocultos": ocultos(respuesta),
            "ordenes": [
                {"texto": texto, "url": f"?{direccion.consulta(orden=valor)}",
                 "actual": valor == pregunta.orden}
                for valor, texto in ((RELEVANCIA, "Más relevantes"), (FECHA, "Más recientes"))
            ],
            "migas": [{"titulo": "Portada", "url": "/"}, {"titulo": "Buscar", "url": ""}],
        },
    )  # fmt: skip


def facetas(respuesta: Respuesta) -> list[dict[str, Any]]:
    """Inputs of components/filtro.html: the kinds that have hits, and the ones chosen."""
    elegidos = respuesta.pregunta.tipos
    opciones = [
        {
            "valor": tipo.value,
            "texto": tipo.label,
            "cuenta": respuesta.por_tipo.get(tipo, 0),
            "elegida": tipo in elegidos,
        }
        for tipo in Tipo
        if respuesta.por_tipo.get(tipo) or tipo in elegidos
    ]
    return [{"nombre": "tipo", "titulo": "Tipo de contenido", "opciones": opciones}]


def activos(respuesta: Respuesta) -> list[dict[str, str]]:
    """The kinds chosen, each with the address without it."""
    elegidos = respuesta.pregunta.tipos
    direccion = Direccion(respuesta.pregunta)
    return [
        {
            "texto": str(Tipo(tipo).label),
            "url": f"?{direccion.consulta(tipos=[t for t in elegidos if t != tipo])}",
        }
        for tipo in elegidos
    ]


def ocultos(respuesta: Respuesta) -> list[tuple[str, str]]:
    """What the filter form keeps of the question."""
    pares = [("q", respuesta.pregunta.pedido.texto)]
    if respuesta.pregunta.orden != RELEVANCIA:
        pares.append(("orden", respuesta.pregunta.orden))
    return pares
