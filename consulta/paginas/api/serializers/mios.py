"""What is one's own, as only its author reads it: where it stands, who has it, and what can be done."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.aportes.models import Aporte
from consulta.paginas.api.serializers.aportes import (
    ESTADOS,
    AporteDetalleSerializer,
    AporteSerializer,
    estado_de,
)
from consulta.paginas.api.serializers.campos import DireccionApiField, DireccionField
from consulta.paginas.filtro_mios import SIN_CONFIRMAR
from consulta.paginas.presentacion.mios import Mio

ESTADOS_PROPIOS = [*ESTADOS, (SIN_CONFIRMAR, "Falta confirmarlo desde el correo")]
VERBOS = ("corregir", "retirar", "apelar", "opinar", "pedir_revision")


class PropioSerializer(serializers.Serializer[Mio]):
    """One row of «Mis aportes», beside what anybody reads of the contribution."""

    quien_lo_tiene = serializers.CharField(
        source="quien", help_text="Vacío si ya no espera respuesta."
    )
    vence = serializers.CharField(help_text="Cuánto falta para `vence_el`, en palabras.")
    siguiente_paso = serializers.CharField(source="siguiente", help_text="Qué sigue, en una frase.")
    puede = serializers.SerializerMethodField(
        help_text=f"Lo que su autor puede hacer hoy: {', '.join(f'`{v}`' for v in VERBOS)}."
    )
    revisar_hasta = serializers.SerializerMethodField(
        help_text="Último día para pedir que se revise la respuesta."
    )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_puede(self, mio: Mio) -> list[str]:
        despues = mio.despues
        puede = {
            "corregir": mio.url_corregir,
            "retirar": mio.url_retirar,
            "apelar": mio.url_apelar,
            "opinar": despues is not None,
            "pedir_revision": despues is not None and despues.revisar_hasta,
        }
        return [verbo for verbo in VERBOS if puede[verbo]]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_revisar_hasta(self, mio: Mio) -> str | None:
        hasta = mio.despues.revisar_hasta if mio.despues is not None else None
        return hasta.isoformat() if hasta is not None else None


class _ConPropio(serializers.Serializer[Any]):
    propio = serializers.SerializerMethodField(help_text="Lo que solo ve quien lo escribió.")

    @extend_schema_field(PropioSerializer())
    def get_propio(self, aporte: Aporte) -> Any:
        return PropioSerializer(self.context["mios"][aporte.pk], context=self.context).data


class _PaginaSiHayFolio(DireccionField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, value: Any) -> str:
        return super().to_representation(value.get_absolute_url() if value.folio else "")


class _SiHayFolio(DireccionApiField):
    def to_representation(self, value: Any) -> str:
        return super().to_representation(value) if value.folio else ""


class MioSerializer(AporteSerializer, _ConPropio):
    """One of the account's own. What is not confirmed has no folio and no address yet."""

    folio = serializers.CharField(help_text="Vacío mientras falta confirmarlo.")
    url = _PaginaSiHayFolio(help_text="Su dirección permanente, si tiene folio.")
    api_url = _SiHayFolio("aporte", lambda a: [a.folio])
    estado = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(ESTADOS_PROPIOS))
    def get_estado(self, aporte: Aporte) -> str:
        return estado_de(aporte) if aporte.confirmado_en is not None else SIN_CONFIRMAR


class MioDetalleSerializer(AporteDetalleSerializer, _ConPropio):
    """One of one's own with all its detail, for whoever has its private code."""
