"""What a contribution said before each correction."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.serializers.propuestas import AdjuntoSerializer
from consulta.paginas.api.serializers.traza import CambioDePalabrasSerializer


class ParteCorregidaSerializer(serializers.Serializer[Any]):
    titulo = serializers.CharField(help_text="Qué parte es; vacío si el aporte tiene una sola.")
    cambios = CambioDePalabrasSerializer(many=True)


class VersionDeAporteSerializer(serializers.Serializer[Any]):
    """One version anyone may read, compared with the one before."""

    n = serializers.IntegerField(help_text="Su lugar entre las que se leen, desde 1.")
    en = serializers.DateTimeField(help_text="Cuándo se escribió.")
    vigente = serializers.BooleanField()
    ajustada = serializers.BooleanField(
        help_text="La primera, si su autor la ajustó en los primeros diez minutos."
    )
    borrada = serializers.BooleanField(
        help_text="Si su texto se borró para proteger los datos de una persona."
    )
    partes = ParteCorregidaSerializer(
        many=True, help_text="De la primera, el texto entero; de las demás, lo que cambió."
    )
    adjuntos_puestos = AdjuntoSerializer(many=True, source="puestos")
    adjuntos_quitados = AdjuntoSerializer(many=True, source="quitados")
