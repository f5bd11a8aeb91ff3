"""Quotes and their places."""

from typing import Any

from rest_framework import serializers

from consulta.aportes.enums import EstadoAncla


class CitaBreveSerializer(serializers.Serializer[Any]):
    texto = serializers.CharField(source="cita")
    inicio = serializers.IntegerField(help_text="En qué carácter del fragmento empieza.")


class CitaSerializer(serializers.Serializer[Any]):
    """A quote in one version. Without `fragmento` it is an orphan, or a person said it is gone."""

    id = serializers.IntegerField()
    aporte = serializers.CharField(source="aporte.folio", help_text="Folio del comentario.")
    version = serializers.IntegerField(source="version.n")
    fragmento = serializers.IntegerField(source="fragmento_id", allow_null=True)
    orden = serializers.SerializerMethodField(help_text="Lugar del fragmento en su versión.")
    inicio = serializers.IntegerField(allow_null=True)
    texto = serializers.CharField(
        source="cita", help_text="Como está en esta versión; si no está, como estaba antes."
    )
    estado = serializers.ChoiceField(EstadoAncla.choices)
    seguridad = serializers.IntegerField(help_text="De 0 a 100.")

    def get_orden(self, ancla: Any) -> int | None:
        return ancla.fragmento.orden if ancla.fragmento_id else None


class CandidatoSerializer(serializers.Serializer[Any]):
    """Where an orphan's words may be, the likeliest first."""

    fragmento = serializers.IntegerField()
    orden = serializers.IntegerField()
    inicio = serializers.IntegerField()
    texto = serializers.CharField()
    seguridad = serializers.IntegerField(help_text="De 0 a 100.")
