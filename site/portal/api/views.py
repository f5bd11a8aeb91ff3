"""The API about itself: its index, its document, and the page people read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from consulta.paginas.api.errores import DE_HTTP, cuerpo
from consulta.paginas.api.lectura import abrir
from portal.api.esquema import documento, operaciones

LISTAS = [
    "procesos", "consultas", "fragmentos", "opciones", "aportes", "mis_aportes", "respuestas",
    "planes", "compromisos", "balance",
]  # fmt: skip
DE_WAGTAIL = ["pages", "images", "documents"]


@require_safe
@conditional_page
def indice(request: HttpRequest) -> HttpResponse:
    """Where everything is."""

    def direccion(nombre: str) -> str:
        return request.build_absolute_uri(reverse(nombre))

    listas = {nombre: direccion(f"api:{nombre}") for nombre in LISTAS}
    listas["buscar"] = direccion("api_buscar")
    listas |= {nombre: direccion(f"wagtailapi:{nombre}:listing") for nombre in DE_WAGTAIL}
    return abrir(
        JsonResponse(
            {
                "documento": direccion("api_documento"),
                "explicacion": direccion("api_docs"),
                "ingreso": request.build_absolute_uri("/_allauth/app/v1/auth/login"),
                "recursos": listas,
            }
        )
    )


@require_safe
@conditional_page
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3 document."""
    return abrir(JsonResponse(documento(), content_type="application/vnd.oai.openapi+json"))


@require_safe
def docs(request: HttpRequest) -> TemplateResponse:
    """The same, for people, with no script."""
    contexto: dict[str, Any] = {
        "grupos": operaciones().items(),
        "migas": [{"titulo": "Portada", "url": "/"}, {"titulo": "API", "url": ""}],
    }
    return TemplateResponse(request, "portal/api_docs.html", contexto)


@csrf_exempt
def no_existe(request: HttpRequest) -> HttpResponse:
    """What is not an address of the API says so in JSON."""
    codigo, mensaje = DE_HTTP[404]
    return abrir(JsonResponse(cuerpo(mensaje, codigo), status=404))
