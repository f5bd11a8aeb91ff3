"""Who in the forum decided what about an answer, and when. Accounts are not told."""

from typing import Any

from rest_framework import serializers

from consulta.respuestas.enums import Sentido
from consulta.respuestas.models import Conformidad
from foro.enums import Sector


class DecisionTomadaSerializer(serializers.Serializer[Any]):
    """Rows of Conformidad with `mandato__organizacion` and `por`."""

    sentido = serializers.ChoiceField(Sentido.choices)
    sentido_nombre = serializers.CharField(source="get_sentido_display")
    nota = serializers.CharField(help_text="Pública; obligatoria con disenso.")
    sector = serializers.ChoiceField(Sector.choices, source="mandato.sector")
    nombre = serializers.CharField(source="mandato.nombre")
    organizacion = serializers.CharField(source="mandato.organizacion.nombre")
    suplente = serializers.SerializerMethodField(
        help_text="Nombre público de quien suplió; vacío si nadie."
    )
    en = serializers.DateTimeField()

    def get_suplente(self, fila: Conformidad) -> str:
        if fila.por is None or fila.por_id == fila.mandato.cuenta_id:
            return ""
        return fila.por.firma
