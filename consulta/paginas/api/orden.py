"""What a program sends to report, moderate and appeal, and what it reads of it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.aportes.enums import Causa
from consulta.aportes.models import Aporte
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.serializers.campos import DireccionField


class ReportarSerializer(serializers.Serializer[Any]):
    causa = serializers.ChoiceField(Causa.choices)
    texto = TextoField(required=False, default="", help_text="Lo lee solo moderación.")


class ApelarSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Sin sesión: el código privado."
    )
    texto = TextoField(help_text="Por qué debería volver; 4.000 caracteres como máximo.")


class RemoverSerializer(serializers.Serializer[Any]):
    causa = serializers.ChoiceField(Causa.choices)
    motivo = TextoField(required=False, default="", help_text="Quedará a la vista.")


class DesestimarSerializer(serializers.Serializer[Any]):
    nota = TextoField(help_text="La lee quien reportó.")


class ReponerSerializer(serializers.Serializer[Any]):
    razon = TextoField(help_text="Quedará a la vista.")


class ResolverApelacionSerializer(serializers.Serializer[Any]):
    acogida = serializers.BooleanField()
    razon = TextoField(help_text="La lee quien apeló.")


class BloquearSerializer(serializers.Serializer[Any]):
    motivo = TextoField(help_text="Lo lee la persona bloqueada.")
    hasta = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Nulo: hasta que se levante."
    )


class ActoSerializer(serializers.Serializer[Any]):
    """An act that needs no words."""


class HechoSerializer(serializers.Serializer[Any]):
    """What became of an act."""

    folio = serializers.CharField()
    hecho = serializers.CharField(help_text="El nombre de lo que se hizo.")


class CausaContadaSerializer(serializers.Serializer[Any]):
    causa = serializers.CharField()
    cuantos = serializers.IntegerField()


class CasoSerializer(serializers.Serializer[Any]):
    """A contribution in the queue of moderation. Neither author's nor reporters' accounts are told."""

    folio = serializers.CharField(source="aporte.folio")
    url = DireccionField(source="aporte.get_absolute_url")
    texto = serializers.CharField(source="aporte.contenido.texto", allow_null=True)
    causas = serializers.SerializerMethodField(help_text="De sus reportes abiertos.")
    aportes_de_la_cuenta = serializers.IntegerField(source="historial.aportes")
    removidos_de_la_cuenta = serializers.IntegerField(source="historial.removidos")
    bloqueos_de_la_cuenta = serializers.IntegerField(source="historial.bloqueos")
    apelacion = serializers.SerializerMethodField(help_text="El texto de la que está pendiente.")

    @extend_schema_field(CausaContadaSerializer(many=True))
    def get_causas(self, caso: Any) -> list[dict[str, Any]]:
        cuentas: dict[str, int] = {}
        for reporte in caso.reportes:
            cuentas[reporte.causa] = cuentas.get(reporte.causa, 0) + 1
        return [{"causa": causa, "cuantos": n} for causa, n in cuentas.items()]

    def get_apelacion(self, caso: Any) -> str | None:
        return self.context["apelaciones"].get(caso.aporte.pk)


def hecho(aporte: Aporte, que: str) -> dict[str, str]:
    """The body of an answer to an act."""
    return {"folio": aporte.folio, "hecho": que}
