"""How a program is told what a person would have been asked before publishing.

A program cannot be stopped in the middle of a thousand sendings: it is told in `avisos`, unless it asks
to be asked.
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.aportes.flows.preguntas import PorPreguntar, Pregunta, YaEnviado


class AvisoDeEnvioSerializer(serializers.Serializer[PorPreguntar]):
    """One thing its author should look at. Nothing was refused."""

    codigo = serializers.ChoiceField(Pregunta.choices)
    mensaje = serializers.CharField()
    campo = serializers.CharField(allow_null=True, help_text="El campo de que se trata.")
    folio = serializers.SerializerMethodField(
        help_text="De `ya_enviado`: el aporte que ya dice lo mismo."
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_folio(self, duda: PorPreguntar) -> str | None:
        return duda.aporte.folio if isinstance(duda, YaEnviado) else None


def campo_preguntar() -> serializers.BooleanField:
    """Whether the program wants to be asked."""
    return serializers.BooleanField(
        required=False,
        default=False,
        help_text="Preguntar antes de publicar, como el formulario: si el texto parece mostrar datos "
        "personales, o ya se envió, no se publica y se responde 422 con `codigo` "
        "`datos_personales` o `ya_enviado`. Para seguir, se envía sin este campo.",
    )


def preguntas_de(datos: dict[str, Any]) -> list[Pregunta]:
    """What to ask, as the program wants it."""
    return list(Pregunta) if datos.get("preguntar") else []
