"""Seals, proofs, and what the check of a receipt found."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comun import cadena
from comun.registro import Sello
from consulta.aportes.recibos import publicar_prueba
from consulta.aportes.verificar import Resultado
from consulta.paginas.api.serializers.campos import DireccionApiField


class SelloSerializer(serializers.Serializer[Any]):
    """One seal as the published chain says it (docs/recibos.md)."""

    n = serializers.IntegerField()
    desde = serializers.IntegerField(help_text="Primer evento que contiene.")
    hasta = serializers.IntegerField(help_text="Último evento que contiene.")
    cuantos = serializers.IntegerField()
    raiz = serializers.CharField()
    previo = serializers.CharField(help_text="sha256 del sello anterior.")
    en = serializers.SerializerMethodField()
    sha256 = serializers.CharField()
    api_url = DireccionApiField("sello", lambda s: [s.n])

    def get_en(self, sello: Sello) -> str:
        """With its six decimals, as the head sums it."""
        return cadena.instante(sello.en)


class HojaSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    hoja = serializers.CharField()


class SelloDetalleSerializer(SelloSerializer):
    hojas = serializers.SerializerMethodField()

    @extend_schema_field(HojaSerializer(many=True))
    def get_hojas(self, sello: Sello) -> list[dict[str, Any]]:
        return [
            {"seq": seq, "hoja": suma.hex()} for seq, suma in cadena.hojas(sello.desde, sello.hasta)
        ]


class PruebaSerializer(serializers.Serializer[Any]):
    """That a leaf is in its seal: RFC 9162 §2.1.3.2 with `cuantos` leaves."""

    sello = SelloSerializer()
    indice = serializers.IntegerField()
    camino = serializers.ListField(child=serializers.CharField())
    hoja = serializers.CharField()


class VerificacionSerializer(serializers.Serializer[Any]):
    """A whole receipt, or folio and fingerprint."""

    recibo = serializers.DictField(
        required=False, help_text="El contenido de recibo.json, completo."
    )
    folio = serializers.CharField(required=False, max_length=24)
    huella = serializers.CharField(
        required=False, max_length=200, help_text="Bastan sus primeras 16 letras."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "recibo" in attrs or ("folio" in attrs and "huella" in attrs):
            return attrs
        raise serializers.ValidationError({"recibo": "Envíe el recibo, o su folio y su huella."})


class PasoSerializer(serializers.Serializer[Any]):
    que = serializers.CharField()
    bien = serializers.BooleanField(allow_null=True, help_text="null: no se pudo mirar.")


class ComprobacionSerializer(serializers.Serializer[Any]):
    estado = serializers.ChoiceField(["bien", "pendiente", "mal"])
    folio = serializers.CharField()
    pasos = PasoSerializer(many=True)
    prueba = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_prueba(self, resultado: Resultado) -> dict[str, Any] | None:
        """As receipts have it."""
        return publicar_prueba(resultado.prueba) if resultado.prueba else None
