"""Files, groups and points of proposals."""

from typing import Any

from rest_framework import serializers

from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models import Aporte, Grupo
from consulta.paginas.api.serializers.campos import DireccionField
from consulta.paginas.presentacion.alrededor import url_de_grupo


class ElegidoSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=43, help_text="El que dio POST /api/v2/adjuntos/.")
    descripcion = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default=""
    )


class AdjuntoSerializer(serializers.Serializer[Any]):
    """A file of a contribution."""

    id = serializers.IntegerField()
    nombre = serializers.CharField()
    tipo_mime = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="De lo que se sirve, ya sin metadatos.")
    descripcion = serializers.CharField()
    url = DireccionField(source="direccion")


class SubidaSerializer(serializers.Serializer[Any]):
    """A clean file that waits 24 hours."""

    token = serializers.CharField()
    nombre = serializers.CharField()
    tipo_mime = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class ParecidasSerializer(serializers.Serializer[Any]):
    """What one is about to propose."""

    consulta = serializers.SlugField()
    titulo = serializers.CharField(max_length=400)
    problema = serializers.CharField(
        max_length=10_000, required=False, allow_blank=True, default=""
    )


class ParecidaSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    titulo = serializers.CharField(source="contenido.titulo")
    parecido = serializers.SerializerMethodField(
        help_text="De 0 a 1: cuánto de lo escrito comparte."
    )
    apoyos = serializers.IntegerField()
    url = DireccionField(source="get_absolute_url")

    def get_parecido(self, aporte: Aporte) -> float:
        return float(self.context["parecido"][aporte.pk])


class PuntoSerializer(serializers.Serializer[Any]):
    n = serializers.IntegerField(read_only=True)
    titulo = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    texto = serializers.CharField(max_length=10_000)


class GrupoSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    clase = serializers.ChoiceField(ClaseGrupo.choices)
    titulo = serializers.CharField()
    texto = serializers.CharField()
    motivo = serializers.CharField()
    creado_en = serializers.DateTimeField()
    deshecho_en = serializers.DateTimeField(allow_null=True)
    motivo_deshecho = serializers.CharField()
    folios = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    def get_folios(self, grupo: Grupo) -> list[str]:
        return [m.aporte.folio for m in grupo.miembros.all()]

    def get_url(self, grupo: Grupo) -> str:
        return str(self.context["request"].build_absolute_uri(url_de_grupo(grupo)))


class NuevoGrupoSerializer(serializers.Serializer[Any]):
    folios = serializers.ListField(child=serializers.CharField(max_length=24), max_length=100)
    titulo = serializers.CharField(max_length=200)
    texto = serializers.CharField(max_length=10_000)
    motivo = serializers.CharField(max_length=2_000)


class MotivoSerializer(serializers.Serializer[Any]):
    motivo = serializers.CharField(max_length=2_000)


class DivisionSerializer(MotivoSerializer):
    puntos = PuntoSerializer(many=True)
