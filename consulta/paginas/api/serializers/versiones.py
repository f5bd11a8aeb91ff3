"""Versions of a draft, what became of each fragment, and what the secretariat sends to prepare one."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.serializers.procesos import FragmentoRefSerializer, VersionSerializer
from consulta.procesos.emparejar.seguridad import DUDOSA
from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.huellas import marca_de_fragmento
from consulta.procesos.models import Fragmento


class VersionDetalleSerializer(VersionSerializer):
    fragmentos = serializers.IntegerField(source="total_fragmentos", help_text="Cuántos tiene.")


class VersionPreparadaSerializer(serializers.Serializer[Any]):
    """An unpublished version, for whoever prepares it."""

    n = serializers.IntegerField()
    titulo = serializers.CharField()
    publicada_en = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField()
    fragmentos = serializers.IntegerField(source="fragmentos.count")
    marca = serializers.CharField(
        source="marca_actual",
        help_text="Cambia con cada corrección. Enviarla evita escribir sobre lo que otra persona hizo.",
    )


class ArchivoOTextoSerializer(serializers.Serializer[Any]):
    """`texto` in JSON or `archivo` in a form (multipart): one of the two."""

    titulo = TextoField(required=False, default="")
    texto = TextoField(required=False, help_text="Markdown, HTML o texto.")
    archivo = serializers.FileField(
        required=False,
        allow_empty_file=True,
        help_text="DOCX, Markdown, HTML o texto, hasta 20 MB.",
    )
    marca = serializers.CharField(
        required=False, default="", max_length=64, help_text="Al reemplazar: la que se leyó."
    )

    def validate(self, datos: dict[str, Any]) -> dict[str, Any]:
        if ("texto" in datos) == ("archivo" in datos):
            raise serializers.ValidationError({"texto": "Envíe texto o archivo, uno de los dos."})
        return datos


class CorrespondenciaSerializer(serializers.Serializer[Any]):
    de = FragmentoRefSerializer()
    a = FragmentoRefSerializer()
    tipo = serializers.ChoiceField(TipoCorrespondencia.choices)
    seguridad = serializers.IntegerField(help_text="De 0 a 100.")
    por_persona = serializers.SerializerMethodField(
        help_text="Verdadero si la fijó o confirmó una persona."
    )

    def get_por_persona(self, arista: Any) -> bool:
        return arista.por_id is not None


class AnteriorSerializer(serializers.Serializer[Any]):
    orden = serializers.IntegerField(source="de.orden")
    tipo = serializers.ChoiceField(TipoCorrespondencia.choices)
    seguridad = serializers.IntegerField()


class RevisionSerializer(serializers.Serializer[Any]):
    """A fragment of a version under review, and where it comes from."""

    orden = serializers.IntegerField()
    tipo = serializers.ChoiceField(TipoFragmento.choices)
    nivel = serializers.IntegerField()
    texto = serializers.CharField()
    revisado = serializers.BooleanField(help_text="Una persona ya dijo de dónde viene.")
    anteriores = AnteriorSerializer(many=True, source="anteriores.all")
    dudosa = serializers.SerializerMethodField(
        help_text=f"Nadie la revisó y su seguridad es menor que {DUDOSA}."
    )
    marca = serializers.SerializerMethodField()

    def get_dudosa(self, fragmento: Fragmento) -> bool:
        menor = min((a.seguridad for a in fragmento.anteriores.all()), default=100)
        return not fragmento.revisado and menor < DUDOSA

    @extend_schema_field(serializers.CharField())
    def get_marca(self, fragmento: Fragmento) -> str:
        return marca_de_fragmento(fragmento, [a.de_id for a in fragmento.anteriores.all()])


class CorreccionSerializer(serializers.Serializer[Any]):
    """One thing at a time: words and kind, a cut, joining, taking out, or where it comes from."""

    texto = TextoField(required=False)
    tipo = serializers.ChoiceField(TipoFragmento.choices, required=False)
    nivel = serializers.IntegerField(required=False, min_value=0, max_value=6)
    corte = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text="Carácter, desde 0, con que empieza el segundo fragmento.",
    )
    unir = serializers.BooleanField(required=False, help_text="Con el siguiente.")
    quitar = serializers.BooleanField(required=False)
    anteriores = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        required=False,
        max_length=100,
        help_text="Orden de cada fragmento de la versión anterior del que viene; vacía si es nuevo.",
    )
    marca = serializers.CharField(required=False, default="", max_length=64)

    def validate(self, datos: dict[str, Any]) -> dict[str, Any]:
        pedidos = [
            bool(datos.keys() & {"texto", "tipo", "nivel"}),
            "corte" in datos,
            bool(datos.get("unir")),
            bool(datos.get("quitar")),
            "anteriores" in datos,
        ]
        if sum(pedidos) != 1:
            raise serializers.ValidationError(
                "Pida una sola cosa: texto, tipo y nivel; corte; unir; quitar; o anteriores."
            )
        return datos


class PublicarVersionSerializer(serializers.Serializer[Any]):
    marca = serializers.CharField(required=False, default="", max_length=64)


class DeshacerSerializer(serializers.Serializer[Any]):
    cambio = serializers.IntegerField(
        required=False,
        default=0,
        min_value=0,
        max_value=1_000_000_000,
        help_text="Su número; 0, el último.",
    )
