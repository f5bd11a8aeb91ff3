"""Plans and commitments."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.serializers.campos import (
    DireccionApiField,
    DireccionField,
    InstitucionSerializer,
)
from consulta.paginas.api.serializers.procesos import ProcesoBreveSerializer
from consulta.seguimiento.enums import Area, Semaforo


class PlanBreveSerializer(serializers.Serializer[Any]):
    numero = serializers.IntegerField()
    titulo = serializers.CharField()
    url = DireccionField()
    api_url = DireccionApiField("plan", lambda p: [p.numero])


class PlanSerializer(PlanBreveSerializer):
    proceso = ProcesoBreveSerializer(allow_null=True)
    desde = serializers.IntegerField()
    hasta = serializers.IntegerField()
    resumen = serializers.CharField()
    cifras = serializers.DictField(help_text="Totales que da la fuente.")


class CompromisoSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    plan = PlanBreveSerializer()
    numero = serializers.IntegerField()
    titulo = serializers.CharField()
    descripcion = serializers.CharField()
    institucion = InstitucionSerializer()
    area = serializers.ChoiceField(Area.choices)
    valores = serializers.ListField(child=serializers.CharField())
    origen = serializers.CharField()
    avance = serializers.DecimalField(
        5, 2, allow_null=True, help_text="Porcentaje informado; nulo si nadie lo informó."
    )
    semaforo = serializers.ChoiceField(Semaforo.choices, allow_blank=True)
    nota = serializers.CharField()
    url = DireccionField()
    api_url = DireccionApiField("compromiso", lambda c: [c.plan.numero, c.numero])


class CompromisoDetalleSerializer(CompromisoSerializer):
    aportes = serializers.ListField(
        child=serializers.CharField(),
        source="folios",
        help_text="Folios de los aportes que llegaron aquí, 500 como máximo.",
    )
    total_aportes = serializers.IntegerField()


class PlanDetalleSerializer(PlanSerializer):
    compromisos = CompromisoSerializer(many=True, source="compromisos.all")
