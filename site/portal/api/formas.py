"""How Wagtail's three endpoints read, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema_serializer
from rest_framework import serializers

IDENTIFICADOR = OpenApiParameter("id", int, OpenApiParameter.PATH)
COMUNES = [
    OpenApiParameter("limit", int, description="Filas, 100 como máximo; si falta, 20."),
    OpenApiParameter("offset", int, description="Filas que se saltan."),
    OpenApiParameter("fields", str, description="Nombres separados por comas; * para todos."),
    OpenApiParameter(
        "order", str, description="Campo por el que se ordena; con - delante, al revés."
    ),
    OpenApiParameter("search", str, description="Palabras que se buscan."),
    OpenApiParameter("search_operator", str, enum=["and", "or"]),
]
DE_PAGINAS = [
    OpenApiParameter("type", str, description="Clase de página, como noticias.NoticiaPage."),
    OpenApiParameter("child_of", str, description="Id de la página superior, o root."),
    OpenApiParameter("ancestor_of", int),
    OpenApiParameter("descendant_of", str),
    OpenApiParameter("translation_of", str),
    OpenApiParameter("locale", str),
]


class MetaSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    detail_url = serializers.URLField()


class MetaDePaginaSerializer(MetaSerializer):
    html_url = serializers.URLField()
    slug = serializers.SlugField()
    first_published_at = serializers.DateTimeField(allow_null=True)


class MetaDeArchivoSerializer(MetaSerializer):
    tags = serializers.ListField(child=serializers.CharField())
    download_url = serializers.CharField()


class TotalSerializer(serializers.Serializer[Any]):
    total_count = serializers.IntegerField()


@extend_schema_serializer(component_name="Pagina")
class PaginaSerializer(serializers.Serializer[Any]):
    """More fields with `fields`; each kind of page has its own (docs/api.md)."""

    id = serializers.IntegerField()
    meta = MetaDePaginaSerializer()
    title = serializers.CharField()


@extend_schema_serializer(component_name="Imagen")
class ImagenSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    meta = MetaDeArchivoSerializer()
    title = serializers.CharField()


@extend_schema_serializer(component_name="Archivo")
class ArchivoSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    meta = MetaDeArchivoSerializer()
    title = serializers.CharField()


class PaginasSerializer(serializers.Serializer[Any]):
    meta = TotalSerializer()
    items = PaginaSerializer(many=True)


class ImagenesSerializer(serializers.Serializer[Any]):
    meta = TotalSerializer()
    items = ImagenSerializer(many=True)


class ArchivosSerializer(serializers.Serializer[Any]):
    meta = TotalSerializer()
    items = ArchivoSerializer(many=True)


def _lista(nombre: str, forma: type, parametros: list[OpenApiParameter]) -> dict[str, Any]:
    return {
        "operation_id": f"{nombre}_list",
        "filters": False,
        "parameters": parametros,
        "responses": {200: forma},
    }


def _detalle(nombre: str, forma: type) -> dict[str, Any]:
    return {
        "operation_id": f"{nombre}_retrieve",
        "parameters": [IDENTIFICADOR, COMUNES[2]],
        "responses": {200: forma},
    }


LISTA = {
    "pages": _lista("pages", PaginasSerializer, COMUNES + DE_PAGINAS),
    "images": _lista("images", ImagenesSerializer, COMUNES),
    "documents": _lista("documents", ArchivosSerializer, COMUNES),
}
DETALLE = {
    "pages": _detalle("pages", PaginaSerializer),
    "images": _detalle("images", ImagenSerializer),
    "documents": _detalle("documents", ArchivoSerializer),
}
