"""Responses: versions, what each covers with which outcome, and where it landed."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.serializers.campos import (
    DireccionApiField,
    DireccionField,
    InstitucionSerializer,
)
from consulta.paginas.api.serializers.decisiones import DecisionTomadaSerializer
from consulta.paginas.api.serializers.procesos import ConsultaBreveSerializer
from consulta.respuestas.enums import Resultado
from consulta.respuestas.models import Cobertura, Destino

TIPOS_DE_DESTINO = ["fragmento", "compromiso", "evento", "nada"]


def destino_de(destino: Destino) -> dict[str, Any]:
    """Where it landed. The address is empty while the public cannot open it."""
    fragmento, compromiso, evento = destino.fragmento, destino.compromiso, destino.evento
    if fragmento is not None:
        tipo, url = "fragmento", destino.url if fragmento.version.publicada_en else ""
    elif compromiso is not None:
        tipo, url = "compromiso", destino.url
    elif evento is not None:
        tipo, url = "evento", destino.url or "" if evento.live else ""
    else:
        tipo, url = "nada", ""
    return {"tipo": tipo, "texto": destino.texto, "url": url}


class DestinoSerializer(serializers.Serializer[Any]):
    tipo = serializers.ChoiceField(TIPOS_DE_DESTINO)
    texto = serializers.CharField(help_text="El lugar en palabras, o por qué nada cambia.")
    url = DireccionField(source=None)


class CoberturaBreveSerializer(serializers.Serializer[Any]):
    resultado = serializers.ChoiceField(Resultado.choices)
    resultado_nombre = serializers.CharField(source="get_resultado_display")
    linea = serializers.CharField(help_text="Palabras solo para este autor; puede venir vacía.")
    destino = serializers.SerializerMethodField()

    def get_destino(self, cobertura: Cobertura) -> DestinoSerializer:
        datos = destino_de(cobertura.destino)
        return DestinoSerializer(datos, context=self.context).data  # type: ignore[return-value]


class CoberturaDePuntoSerializer(CoberturaBreveSerializer):
    n = serializers.IntegerField(source="punto.n", help_text="El número del punto.")
    punto = serializers.IntegerField(source="punto_id")
    titulo = serializers.CharField(source="punto.titulo")


class CoberturaConPuntosSerializer(CoberturaBreveSerializer):
    puntos = CoberturaDePuntoSerializer(
        many=True,
        source="puntos_dichos",
        help_text="De un aporte dividido, qué pasó con cada punto.",
    )


class CoberturaSerializer(CoberturaConPuntosSerializer):
    aporte = serializers.CharField(source="aporte.folio")
    aporte_api_url = DireccionApiField("aporte", lambda c: [c.aporte.folio])


class CoberturaPublicaSerializer(CoberturaSerializer):
    """As anyone reads it: a personal line goes with the words it answers."""

    def to_representation(self, instance: Cobertura) -> dict[str, Any]:
        dicho: dict[str, Any] = super().to_representation(instance)
        if not instance.aporte.es_visible:
            for parte in (dicho, *dicho["puntos"]):
                parte["linea"] = ""
        return dicho


class VersionDeRespuestaSerializer(serializers.Serializer[Any]):
    n = serializers.IntegerField()
    razon = serializers.CharField()
    motivo_cambio = serializers.CharField(help_text="Por qué reemplaza a la versión anterior.")
    solo_redaccion = serializers.BooleanField(
        help_text="Decide lo mismo que la anterior, con otras palabras."
    )
    publicada_en = serializers.DateTimeField()
    decisiones = DecisionTomadaSerializer(
        many=True, source="decididas", help_text="Lo que el foro decidió sobre esta versión."
    )
    sha256 = serializers.CharField(help_text="Sello de la razón, las coberturas y los destinos.")
    total_coberturas = serializers.IntegerField()
    rama = serializers.CharField(
        source="rama.folio",
        default=None,
        allow_null=True,
        help_text="El aporte que encabeza la conversación que responde, si responde una.",
    )
    rama_hasta = serializers.DateTimeField(
        allow_null=True, help_text="Hasta cuándo se recogieron comentarios de esa conversación."
    )
    rama_n = serializers.IntegerField(allow_null=True)
    coberturas_api_url = DireccionApiField("coberturas", lambda v: [v.respuesta_id, v.n])


class RespuestaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    api_url = DireccionApiField("respuesta", lambda r: [r.pk])
    consulta = ConsultaBreveSerializer()
    institucion = InstitucionSerializer()
    vigente = serializers.SerializerMethodField(help_text="La versión vigente.")

    def get_vigente(self, respuesta: Any) -> VersionDeRespuestaSerializer:
        ultima = respuesta.publicadas[-1]
        return VersionDeRespuestaSerializer(ultima, context=self.context).data  # type: ignore[return-value]


class RespuestaDetalleSerializer(RespuestaSerializer):
    versiones = VersionDeRespuestaSerializer(many=True, source="publicadas")


class RespuestaDeAporteSerializer(CoberturaConPuntosSerializer):
    """The current answer to one contribution."""

    razon = serializers.CharField(source="version.razon")
    institucion = InstitucionSerializer(source="version.respuesta.institucion")
    publicada_en = serializers.DateTimeField(source="version.publicada_en")
    respuesta = serializers.IntegerField(source="version.respuesta_id")
    version = serializers.IntegerField(source="version.n")
    api_url = DireccionApiField("respuesta", lambda c: [c.version.respuesta_id])
