"""What a member's program sends to decide, and what it reads; who sits in the forum."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import IdField
from consulta.paginas.api.serializers.campos import (
    DireccionApiField,
    InstitucionSerializer,
)
from consulta.paginas.api.serializers.decisiones import DecisionTomadaSerializer
from consulta.paginas.api.serializers.procesos import ConsultaBreveSerializer
from consulta.paginas.api.serializers.respuestas import CoberturaSerializer
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.decidir import JUNTAS
from foro.enums import Sector


class MandatoSerializer(serializers.Serializer[Any]):
    """A member of the forum. Nothing tells the account."""

    id = serializers.IntegerField()
    nombre = serializers.CharField()
    cargo = serializers.CharField()
    organizacion = InstitucionSerializer()
    sector = serializers.ChoiceField(Sector.choices)
    desde = serializers.DateField()
    hasta = serializers.DateField(allow_null=True, help_text="Su último día; nulo si no se sabe.")
    acto = serializers.CharField()


class NuevoMandatoSerializer(serializers.Serializer[Any]):
    correo = serializers.EmailField(help_text="De la cuenta de la persona; no se publica.")
    organizacion = IdField(help_text="El id de una institución: están en /api/v2/opciones/.")
    sector = serializers.ChoiceField(Sector.choices)
    nombre = serializers.CharField(max_length=120)
    cargo = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    desde = serializers.DateField()
    hasta = serializers.DateField(required=False, allow_null=True, default=None)
    acto = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class FinDeMandatoSerializer(serializers.Serializer[Any]):
    hasta = serializers.DateField(help_text="Su último día.")
    motivo = TextoField(required=False, default="")


class ConformidadPublicaSerializer(DecisionTomadaSerializer):
    """A decision about a published answer."""

    consulta = ConsultaBreveSerializer(source="version.respuesta.consulta")
    respuesta = serializers.IntegerField(source="version.respuesta_id")
    version = serializers.IntegerField(source="version.n")
    sha256 = serializers.CharField(help_text="El sello del texto que se aprobó y se publicó.")


class PorAprobarSerializer(serializers.Serializer[Any]):
    """A sealed answer that waits: exactly what will be published."""

    id = serializers.IntegerField()
    api_url = DireccionApiField("pendiente", lambda v: [v.pk])
    consulta = ConsultaBreveSerializer(source="respuesta.consulta")
    institucion = InstitucionSerializer(source="respuesta.institucion")
    razon = serializers.CharField()
    motivo_cambio = serializers.CharField()
    sha256 = serializers.CharField(help_text="Se envía de vuelta al decidir: es lo que se leyó.")
    sellada_en = serializers.DateTimeField()
    vence = serializers.DateField(allow_null=True, help_text="El primer plazo de lo que responde.")
    total_coberturas = serializers.IntegerField(source="total")


class SelladaDetalleSerializer(PorAprobarSerializer):
    coberturas = CoberturaSerializer(many=True, source="lista", help_text="Las primeras 100.")
    decisiones = DecisionTomadaSerializer(many=True)
    faltan = serializers.ListField(child=serializers.CharField(), help_text="Sectores que faltan.")
    impedimento = serializers.CharField(help_text="Por qué esta cuenta no decide; vacío si puede.")


class DecidirSerializer(serializers.Serializer[Any]):
    sentido = serializers.ChoiceField(Sentido.choices)
    nota = TextoField(required=False, default="", help_text="Obligatoria salvo con «conforme».")
    sha256 = serializers.CharField(max_length=64)
    mandato = IdField(required=False, allow_null=True, default=None)


class LeidaSerializer(serializers.Serializer[Any]):
    id = IdField()
    sha256 = serializers.CharField(max_length=64)


class DecidirVariasSerializer(serializers.Serializer[Any]):
    sentido = serializers.ChoiceField(Sentido.choices, required=False, default=Sentido.CONFORME)
    nota = TextoField(required=False, default="")
    respuestas: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=LeidaSerializer(), min_length=1, max_length=JUNTAS
    )


class RechazadaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    motivo = serializers.CharField()


class DecididasSerializer(serializers.Serializer[Any]):
    """What came of it, one by one."""

    decididas = serializers.ListField(child=serializers.IntegerField())
    publicadas = serializers.ListField(
        child=serializers.IntegerField(), help_text="Las que con esto quedaron publicadas."
    )
    rechazadas = RechazadaSerializer(many=True)


class DeclararConflictoSerializer(serializers.Serializer[Any]):
    alcance = serializers.ChoiceField([("respuesta", "Esta"), ("consulta", "Toda la consulta")])
    motivo = TextoField(help_text="Se publica.")


class ConflictoSerializer(serializers.Serializer[Any]):
    consulta = ConsultaBreveSerializer()
    respuesta = serializers.IntegerField(source="respuesta_id", allow_null=True)
    motivo = serializers.CharField()
    en = serializers.DateTimeField()


class DejarSerializer(serializers.Serializer[Any]):
    motivo = TextoField(required=False, default="", help_text="Vacío solo si pidieron cambios.")


class SinEfectoSerializer(serializers.Serializer[Any]):
    respuesta = serializers.IntegerField(source="respuesta_id")
    version = serializers.IntegerField(source="n")
    sin_efecto_en = serializers.DateTimeField()
    motivo = serializers.CharField(source="sin_efecto_motivo")
