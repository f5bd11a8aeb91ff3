"""What is said of an answer after it was given."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import MAYOR_ID
from consulta.paginas.api.serializers.campos import DireccionApiField
from consulta.respuestas.discutidas import FORMULA
from consulta.respuestas.enums import Responde, Resultado

CODIGO = "Sin sesión: el código privado."
LEIDA = "La versión de la respuesta que leyó: `respuesta.version` del aporte."


class OpinarSerializer(serializers.Serializer[Any]):
    responde = serializers.ChoiceField(Responde.choices)
    version = serializers.IntegerField(min_value=1, max_value=MAYOR_ID, help_text=LEIDA)
    codigo = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text=CODIGO
    )


class PedirRevisionSerializer(serializers.Serializer[Any]):
    texto = TextoField(help_text="Qué falta o qué no le responde; 2.000 caracteres. Es público.")
    version = serializers.IntegerField(min_value=1, max_value=MAYOR_ID, help_text=LEIDA)
    codigo = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text=CODIGO
    )


class BorrarRevisionSerializer(serializers.Serializer[Any]):
    motivo = TextoField(help_text="Por qué se borra; 500 caracteres.")
    base_legal = serializers.CharField(required=False, allow_blank=True, max_length=200)


class OpinionSerializer(serializers.Serializer[Any]):
    responde = serializers.ChoiceField(Responde.choices)
    version = serializers.IntegerField(
        source="version.n", help_text="La versión de la respuesta de la que opina."
    )
    en = serializers.DateTimeField()


class RevisionDeRespuestaSerializer(serializers.Serializer[Any]):
    texto = serializers.CharField(allow_null=True, help_text="Nulo si se borró.")
    version = serializers.IntegerField(
        source="version.n", help_text="La versión de la respuesta que pide revisar."
    )
    pedida_en = serializers.DateTimeField()
    vence_el = serializers.SerializerMethodField(help_text="Mientras no se resuelve.")
    resuelta_en = serializers.DateTimeField(allow_null=True)
    resuelta_por = serializers.IntegerField(
        source="resuelta_por.n", default=None, allow_null=True,
        help_text="La versión de la respuesta que la resolvió.",
    )  # fmt: skip

    def get_vence_el(self, revision: Any) -> str | None:
        vence = revision.aporte.vence_el if revision.resuelta_en is None else None
        return vence.isoformat() if vence else None


class DiscutidaSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    api_url = DireccionApiField("aporte", lambda f: [f.folio])
    titulo = serializers.CharField()
    consulta = serializers.CharField()
    institucion = serializers.CharField()
    resultado = serializers.ChoiceField(Resultado.choices)
    responde = serializers.ChoiceField(Responde.choices, allow_blank=True)
    revision = serializers.CharField(help_text="«abierta», «resuelta» o vacío.")
    comentarios = serializers.IntegerField(help_text="Escritos después de la respuesta.")
    apoyos = serializers.IntegerField()
    puntos = serializers.IntegerField(help_text=FORMULA)


class CuentaDeOpinionesSerializer(serializers.Serializer[Any]):
    institucion = serializers.CharField(help_text="Vacío en el total.")
    si = serializers.IntegerField()
    en_parte = serializers.IntegerField()
    no = serializers.IntegerField()
    n = serializers.IntegerField(help_text="Cuántas opiniones hay.")


class OpinionesSerializer(serializers.Serializer[Any]):
    total = CuentaDeOpinionesSerializer()
    por_institucion = CuentaDeOpinionesSerializer(many=True)
