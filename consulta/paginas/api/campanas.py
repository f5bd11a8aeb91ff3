"""What a program reads of shared texts, and what it sends to decide about them."""

from typing import Any

from rest_framework import serializers

from consulta.aportes.campanas import estado_de
from consulta.aportes.enums import EstadoCampana
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.serializers.campos import DireccionField


class CampanaSerializer(serializers.Serializer[Any]):
    """A text that several people sent, counted by person."""

    id = serializers.IntegerField(source="pk")
    titulo = serializers.CharField()
    url = DireccionField()
    frase = serializers.CharField()
    personas = serializers.IntegerField()
    envios = serializers.IntegerField()
    con_aportes_propios = serializers.IntegerField(source="propios")
    revisada_por_una_persona = serializers.SerializerMethodField()

    def get_revisada_por_una_persona(self, vista: Any) -> bool:
        return vista.confirmada is not None


class CampanaConTextoSerializer(CampanaSerializer):
    """One of them, with the text they share, as it stands in one contribution."""

    consulta = serializers.CharField(help_text="El slug de su consulta.")
    folio = serializers.CharField(help_text="El aporte del que se lee el texto común.")
    texto = serializers.CharField()


class CampanaDelEscritorioSerializer(serializers.Serializer[Any]):
    """A group as who decides about it reads it."""

    id = serializers.IntegerField(source="pk")
    consulta = serializers.CharField(source="consulta.slug")
    titulo = serializers.CharField()
    frase = serializers.CharField()
    personas = serializers.IntegerField()
    envios = serializers.IntegerField()
    con_aportes_propios = serializers.IntegerField(source="propios")
    estado = serializers.SerializerMethodField()
    creada_en = serializers.DateTimeField(source="creado_en")
    confirmada_en = serializers.DateTimeField(source="confirmado_en", allow_null=True)
    deshecha_en = serializers.DateTimeField(source="deshecho_en", allow_null=True)
    motivo = serializers.CharField(source="motivo_deshecho", help_text="Por qué se deshizo.")

    def get_estado(self, grupo: Any) -> EstadoCampana:
        return estado_de(grupo.confirmado_en, grupo.deshecho_en)


class MiembroSerializer(serializers.Serializer[Any]):
    """One sending of a shared text."""

    folio = serializers.CharField(source="aporte.folio")
    url = DireccionField(source="aporte.get_absolute_url")
    firma = serializers.CharField(source="aporte.firma")
    parecido = serializers.IntegerField(help_text="Cuánto del texto común tiene, de 0 a 100.")
    con_aporte_propio = serializers.BooleanField(source="con_propio")
    sacado_en = serializers.DateTimeField(source="fuera_en", allow_null=True)
    cambios = serializers.SerializerMethodField(
        help_text="Lo que cambia del texto común, palabra por palabra; vacío si dice lo mismo."
    )

    def get_cambios(self, miembro: Any) -> list[dict[str, str]]:
        return [{"operacion": str(c.operacion), "texto": c.texto} for c in miembro.cambios]


class ConfirmarCampanaSerializer(serializers.Serializer[Any]):
    titulo = TextoField(help_text="Cómo se llama; 200 caracteres como máximo.")
    visto = serializers.CharField(
        required=False,
        allow_null=True,
        default=None,
        trim_whitespace=False,
        help_text="El título que leyó: si alguien lo cambió entretanto, no se pisa (409).",
    )


class FoliosSerializer(serializers.Serializer[Any]):
    folios = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=200
    )


class DeshacerCampanaSerializer(serializers.Serializer[Any]):
    motivo = TextoField(help_text="Por qué no son un mismo texto.")
