"""Wagtail's API v2 for pages, images and documents: only what is public, in few queries."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import ForeignKey, QuerySet
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.images.models import AbstractImage
from wagtail.models import Page, Site

from consulta.paginas.api.errores import cuerpo, responder_error
from consulta.paginas.api.lectura import abrir
from portal.api.campos import (
    EtiquetasField,
    ImagenPublicaField,
    PaginaSerializer,
    campos_de,
)
from portal.api.formas import DETALLE, LISTA
from portal.api.rechazos import decir
from portal.retiradas import archivos_retirados, imagenes_retiradas


class Abierto(BaseAPIViewSet):
    """What the three have in common: JSON, the same for everyone, the API's own way to refuse."""

    renderer_classes = [JSONRenderer]
    authentication_classes: ClassVar[list[Any]] = []
    metadata_class = None
    queryset = Page.objects.none()

    @method_decorator(conditional_page)
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any("\x00" in valor for valor in request.GET.values()):
            raise BadRequestError("null characters are not allowed")
        if request.GET.get("search_operator", "and") not in ("and", "or"):
            raise BadRequestError("search_operator must be and, or")

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        return abrir(super().finalize_response(*args, **kwargs))

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(
            status=204,
            headers={
                "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
                "Access-Control-Allow-Headers": "Accept, If-None-Match",
            },
        )

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadRequestError):
            return Response(
                cuerpo(f"La petición no es válida: {decir(str(exc))}.", "dato_invalido"), status=400
            )
        if isinstance(exc, ValidationError):
            return Response(cuerpo(" ".join(exc.messages), "dato_invalido"), status=400)
        respuesta = responder_error(exc, {})
        if respuesta is None:
            raise exc
        respuesta.exception = True
        return respuesta

    def find_object(self, queryset: QuerySet[Any], request: Request) -> Any:
        identificador = request.GET.get("id", "")
        if identificador and not (identificador.isascii() and identificador.isdigit()):
            raise BadRequestError("id must be a number")
        return super().find_object(queryset, request)

    def get_renderer_context(self) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_renderer_context()
        contexto.pop("indent", None)
        return contexto

    def con_relaciones(self, filas: QuerySet[Any]) -> QuerySet[Any]:
        """Join what `fields` asks of each row of a list, so that it costs no query of its own."""
        try:
            pedidos = parse_fields_parameter(self.request.GET.get("fields", ""))
        except ValueError as error:
            raise BadRequestError(f"fields error: {error}") from error
        nombres = {nombre for nombre, negado, _ in pedidos if not negado}
        disponibles = self.get_available_fields(filas.model)
        claves = [
            nombre for nombre in disponibles
            if (nombre in nombres or "*" in nombres) and _es_clave(filas.model, nombre)
        ]  # fmt: skip
        if not claves:
            return filas
        imagenes = [c for c in claves if _es_imagen(filas.model, c)]
        return filas.select_related(*claves).prefetch_related(
            *(f"{clave}__renditions" for clave in imagenes)
        )


def _es_clave(modelo: Any, nombre: str) -> bool:
    try:
        return isinstance(modelo._meta.get_field(nombre), ForeignKey)
    except FieldDoesNotExist:
        return False


def _es_imagen(modelo: Any, nombre: str) -> bool:
    return issubclass(modelo._meta.get_field(nombre).related_model, AbstractImage)


class PaginasAPIViewSet(Abierto, PagesAPIViewSet):
    base_serializer_class = PaginaSerializer
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site"}

    @extend_schema(tags=["Páginas"], summary="Listar páginas públicas", **LISTA["pages"])
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @extend_schema(
        tags=["Páginas"], summary="Leer una página con todos sus campos", **DETALLE["pages"]
    )
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)

    @extend_schema(
        tags=["Páginas"], summary="Encontrar una página por su dirección",
        parameters=[OpenApiParameter("html_path", str), OpenApiParameter("id", int)],
        responses={302: OpenApiResponse(description="A la página"), 404: OpenApiResponse()},
        operation_id="pages_find",
    )  # fmt: skip
    def find_view(self, request: Request) -> Response:
        return super().find_view(request)

    @cached_property
    def _publicas(self) -> QuerySet[Page]:
        sitio = Site.find_for_request(self.request)
        if sitio is None:
            return Page.objects.none()
        return Page.objects.live().public().descendant_of(sitio.root_page, inclusive=True)

    def get_base_queryset(self) -> QuerySet[Page]:
        return self._publicas

    def get_queryset(self) -> QuerySet[Any]:
        filas = super().get_queryset()
        if getattr(self, "action", "") != "listing_view":
            return filas
        filas = self.con_relaciones(filas)
        return (
            filas.prefetch_related("etiquetadas__tag")
            if hasattr(filas.model, "etiquetadas")
            else filas
        )

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:
        return [*super().get_body_fields(model), *cls._convert_api_fields(campos_de(model))]


class ConEtiquetas(Abierto):
    """Images and documents: the tags of a list in one query.

    `retirados` gives the ids of what only withdrawn pages show: its download would answer 410.
    """

    retirados: Callable[[], set[int]]

    def get_queryset(self) -> QuerySet[Any]:
        filas = super().get_queryset().exclude(pk__in=self.retirados())
        return filas.prefetch_related("tagged_items__tag")


ETIQUETAS = APIField("tags", serializer=EtiquetasField())
DESCARGA = APIField("download_url", serializer=ImagenPublicaField())


class ImagenesAPIViewSet(ConEtiquetas, ImagesAPIViewSet):
    body_fields = [*ImagesAPIViewSet.body_fields, "description", "credito"]
    meta_fields = [*Abierto.meta_fields, ETIQUETAS, DESCARGA]

    retirados = staticmethod(imagenes_retiradas)

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("renditions")

    @extend_schema(tags=["Imágenes"], summary="Listar imágenes", **LISTA["images"])
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @extend_schema(tags=["Imágenes"], summary="Leer una imagen", **DETALLE["images"])
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)

    @extend_schema(
        tags=["Imágenes"], summary="Encontrar una imagen por su id", operation_id="images_find",
        parameters=[OpenApiParameter("id", int)],
        responses={302: OpenApiResponse(description="A la imagen"), 404: OpenApiResponse()},
    )  # fmt: skip
    def find_view(self, request: Request) -> Response:
        return super().find_view(request)


class DocumentosAPIViewSet(ConEtiquetas, DocumentsAPIViewSet):
    body_fields = [*DocumentsAPIViewSet.body_fields, "file_size", "sha256"]
    meta_fields = [*Abierto.meta_fields, ETIQUETAS, "download_url"]

    retirados = staticmethod(archivos_retirados)

    @extend_schema(tags=["Documentos"], summary="Listar archivos", **LISTA["documents"])
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @extend_schema(
        tags=["Documentos"], summary="Leer los datos de un archivo", **DETALLE["documents"]
    )
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)

    @extend_schema(
        tags=["Documentos"], summary="Encontrar un archivo por su id", operation_id="documents_find",
        parameters=[OpenApiParameter("id", int)],
        responses={302: OpenApiResponse(description="Al archivo"), 404: OpenApiResponse()},
    )  # fmt: skip
    def find_view(self, request: Request) -> Response:
        return super().find_view(request)


enrutador = WagtailAPIRouter("wagtailapi")
enrutador.register_endpoint("pages", PaginasAPIViewSet)
enrutador.register_endpoint("images", ImagenesAPIViewSet)
enrutador.register_endpoint("documents", DocumentosAPIViewSet)
