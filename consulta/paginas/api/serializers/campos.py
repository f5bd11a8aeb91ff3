"""Fields shared by what the API says: addresses, choices with their names."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comun.regiones import Region

DE_CONSULTAS = "El slug de una consulta: están en /api/v2/consultas/."
DE_TEMAS = "El slug de un tema: están en /api/v2/opciones/."
DE_OPCIONES = "El id de una institución: están en /api/v2/opciones/."
DE_REGIONES = f"Código de la región: {', '.join(f'{r.value} {r.label}' for r in Region)}."
"""Where each value comes from, for the document of the API."""


@extend_schema_field({"type": "string", "format": "uri"})
class DireccionField(serializers.Field[Any, Any, str, Any]):
    """Absolute address of the page a person reads; `source` None takes it from the field's name."""

    def __init__(self, source: str | None = "get_absolute_url", **kwargs: Any) -> None:
        super().__init__(read_only=True, source=source, **kwargs)

    def to_representation(self, value: str) -> str:
        return str(self.context["request"].build_absolute_uri(value)) if value else ""


@extend_schema_field({"type": "string", "format": "uri"})
class DireccionApiField(serializers.Field[Any, Any, str, Any]):
    """Absolute address of the thing in this API: `nombre` of the route and what goes in it."""

    def __init__(self, nombre: str, args: Callable[[Any], list[Any]], **kwargs: Any) -> None:
        self.nombre, self.argumentos = nombre, args
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        direccion = reverse(f"api:{self.nombre}", args=self.argumentos(value))
        return str(self.context["request"].build_absolute_uri(direccion))


class InstitucionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    nombre = serializers.CharField()
    sigla = serializers.CharField()


class TemaSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    nombre = serializers.CharField()


class OpcionSerializer(serializers.Serializer[Any]):
    """One value of a closed list, and how it is said."""

    valor = serializers.CharField()
    nombre = serializers.CharField()


class RegionSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField(help_text="Código CUT de dos caracteres.")
    nombre = serializers.CharField()


def region(codigo: str) -> dict[str, str] | None:
    """Code and name of a region; None where none was given."""
    return {"codigo": codigo, "nombre": Region(codigo).label} if codigo else None
