"""Reading: the same for everyone, so it asks for no session, can be kept, and any site may fetch it."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework import exceptions, generics, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.entrada import CuerpoJSON, SesionDelNavegador, SesionPorToken
from consulta.paginas.api.errores import responder_error

_POSICION = re.compile(r"\A[0-9]{1,18}\Z")
DE_PAGINA = frozenset({"cursor", "limite"})


def abrir(respuesta: HttpResponse) -> HttpResponse:
    """Let any origin read a public answer, and any cache keep it as long as it asks whether it changed."""
    respuesta["Access-Control-Allow-Origin"] = "*"
    respuesta["Access-Control-Expose-Headers"] = "ETag"
    patch_cache_control(respuesta, public=True, max_age=0, must_revalidate=True)
    return respuesta


@method_decorator(conditional_page, name="dispatch")
class RecursoAbierto(generics.GenericAPIView):
    """A view of the API. Safe methods are anonymous; the others take a session by token or cookie."""

    authentication_classes = [SesionPorToken, SesionDelNavegador]
    parser_classes = [CuerpoJSON]
    metadata_class = None
    lectura_publica = True

    def get_authenticators(self) -> list[BaseAuthentication]:
        peticion = getattr(self, "request", None)
        if self.lectura_publica and peticion is not None and peticion.method in SAFE_METHODS:
            return []
        return super().get_authenticators()

    def get_exception_handler(self) -> Any:
        return responder_error

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Preflight of browsers: reading is open, writing is for the same origin or for apps."""
        respuesta = Response(status=204)
        if self.lectura_publica:
            respuesta["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            respuesta["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        return respuesta

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        if self.lectura_publica and request.method in SAFE_METHODS:
            return abrir(final)
        patch_cache_control(final, private=True, no_store=True)
        return final


class PaginaPorCursor(CursorPagination):
    """Pages that neither skip nor repeat while others write. Newest arrival first."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "limite"
    # Rows alike in what orders them are told apart by how many were read: as many as there may be.
    offset_cutoff = 1_000_000
    ordering: Any = "-id"
    cursor_query_description = "Página que se quiere leer: la que dieron «siguiente» o «anterior»."
    page_size_query_description = "Filas por página, 100 como máximo."

    def decode_cursor(self, request: Request) -> Any:
        cursor = super().decode_cursor(request)
        posicion = getattr(cursor, "position", None)
        if posicion is not None and not _POSICION.match(posicion):
            raise exceptions.NotFound
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "siguiente": self.get_next_link(),
                "anterior": self.get_previous_link(),
                "resultados": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        enlace = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["siguiente", "anterior", "resultados"],
            "properties": {"siguiente": enlace, "anterior": enlace, "resultados": schema},
        }


MAYOR_ID = 2**63 - 1


class IdField(serializers.IntegerField):
    """The id of a row: what no column can hold is refused before the database sees it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MAYOR_ID, **kwargs)


class Filtros(serializers.Serializer[Any]):
    """Query parameters of a list. A value that cannot be, or a name that is none, is a 400."""


class ListaAbierta(RecursoAbierto, generics.ListAPIView):
    """A list paged by cursor; `filtros_class` says what one may ask for, `filtrar` what it means."""

    pagination_class = PaginaPorCursor
    filtros_class: type[Filtros] = Filtros

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.filtrar(queryset, leer_filtros(self.request, self.filtros_class, DE_PAGINA))

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        return filas


class DetalleAbierto(RecursoAbierto, generics.RetrieveAPIView):
    """One thing, by what names it in its address."""


def leer_filtros(
    request: Request | HttpRequest,
    clase: type[Filtros],
    otros: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The query parameters, checked; empty ones are absent. Raises ValidationError."""
    datos = {k: v for k, v in request.GET.items() if v != "" and k not in otros}
    filtros = clase(data=datos)
    extra = set(datos) - set(filtros.fields)
    if extra:
        raise exceptions.ValidationError(dict.fromkeys(sorted(extra), "No existe este filtro."))
    filtros.is_valid(raise_exception=True)
    return dict(filtros.validated_data)
