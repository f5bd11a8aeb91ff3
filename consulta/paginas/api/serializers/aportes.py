"""Contributions. A tombstone keeps folio, date and reason, and neither author nor words."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.aportes.enums import (
    CAMPOS_DE_PROPUESTA,
    Canal,
    Causa,
    ClaseGrupo,
    EstadoAncla,
    Postura,
    Situacion,
    TipoAporte,
    TipoAutor,
    Valor,
)
from consulta.aportes.models import ANCHO_FOLIO, Aporte
from consulta.paginas.api.serializers.campos import (
    DireccionApiField,
    DireccionField,
    InstitucionSerializer,
    RegionSerializer,
    TemaSerializer,
    region,
)
from consulta.paginas.api.serializers.citas import CitaBreveSerializer
from consulta.paginas.api.serializers.despues import (
    OpinionSerializer,
    RevisionDeRespuestaSerializer,
)
from consulta.paginas.api.serializers.procesos import (
    ConsultaBreveSerializer,
    FragmentoRefSerializer,
)
from consulta.paginas.api.serializers.propuestas import AdjuntoSerializer, PuntoSerializer
from consulta.paginas.api.serializers.respuestas import RespuestaDeAporteSerializer
from consulta.respuestas.models import Opinion, Revision

ESTADOS = [
    ("pendiente", "Espera respuesta"),
    ("respondido", "Respondido"),
    ("retirado", "Retirado por su autor"),
    ("removido", "Removido por moderación"),
    ("sin_exigencia", "No exige respuesta"),
]


def estado_de(aporte: Aporte) -> str:
    """Its place in the ledger; withdrawn or removed outranks answered (INV-02)."""
    if aporte.situacion != Situacion.VIGENTE:
        return aporte.situacion
    if not aporte.exige_respuesta:
        return "sin_exigencia"
    return "respondido" if aporte.esta_respondido else "pendiente"


class CamposSerializer(serializers.Serializer[Any]):
    """Fields of a proposal beside title and text, as on the form."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        campos: dict[str, Any] = {
            nombre: serializers.CharField(
                required=False, allow_blank=True, help_text=str(rotulo), validators=[]
            )
            for nombre, rotulo in CAMPOS_DE_PROPUESTA.items()
        }
        campos["valores"] = serializers.ListField(
            child=serializers.ChoiceField(Valor.choices), required=False, max_length=len(Valor)
        )
        return campos


class AporteSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    tipo = serializers.ChoiceField(TipoAporte.choices)
    url = DireccionField(help_text="Su dirección permanente.")
    api_url = DireccionApiField("aporte", lambda a: [a.folio])
    consulta = ConsultaBreveSerializer()
    fragmento = FragmentoRefSerializer(source="asunto.fragmento", allow_null=True)
    cita = serializers.SerializerMethodField(
        help_text="Palabras del fragmento que comenta, donde las escogió."
    )
    raiz = serializers.SerializerMethodField(help_text="Folio del aporte que abre su hilo.")
    padre = serializers.SerializerMethodField(help_text="Folio del aporte al que responde.")
    enviado_en = serializers.DateTimeField()
    canal = serializers.ChoiceField(Canal.choices)
    firma = serializers.SerializerMethodField(help_text="El nombre público que eligió su autor.")
    institucional = serializers.SerializerMethodField(help_text="Si habla una institución.")
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, allow_blank=True)
    tema = TemaSerializer(allow_null=True)
    region = serializers.SerializerMethodField()
    titulo = serializers.SerializerMethodField()
    texto = serializers.SerializerMethodField(
        help_text="Texto sin formato. Nulo si fue retirado o removido."
    )
    campos = serializers.SerializerMethodField()
    version = serializers.IntegerField()
    postura = serializers.ChoiceField(Postura.choices, allow_blank=True)
    apoyos = serializers.IntegerField(help_text="Cuántas cuentas lo apoyan.")
    estado = serializers.SerializerMethodField()
    motivo = serializers.SerializerMethodField(help_text="Por qué fue retirado o removido.")
    causa = serializers.ChoiceField(
        Causa.choices, allow_blank=True, help_text="Norma que no cumple, si fue removido."
    )
    quitado_en = serializers.DateTimeField(allow_null=True)
    repuesto_en = serializers.DateTimeField(allow_null=True, help_text="Si se removió y volvió.")
    repuesto_razon = serializers.CharField()
    institucion = InstitucionSerializer(allow_null=True, help_text="Quién lo tiene a cargo.")
    vence_el = serializers.DateField(allow_null=True)
    respondido_en = serializers.DateTimeField(allow_null=True)
    respuesta = serializers.SerializerMethodField(help_text="La respuesta vigente.")

    def _folio(self, aporte: Aporte, n: int | None) -> str | None:
        return f"{aporte.consulta.sigla}-{n:0{ANCHO_FOLIO}d}" if n else None

    def get_raiz(self, aporte: Aporte) -> str | None:
        return self._folio(aporte, getattr(aporte, "raiz_n", None))

    def get_padre(self, aporte: Aporte) -> str | None:
        return self._folio(aporte, getattr(aporte, "padre_n", None))

    @extend_schema_field(CitaBreveSerializer(allow_null=True))
    def get_cita(self, aporte: Aporte) -> Any:
        if not aporte.es_visible:
            return None
        originales = [a for a in aporte.anclas.all() if a.estado == EstadoAncla.ORIGINAL]
        return CitaBreveSerializer(originales[0]).data if originales else None

    def get_firma(self, aporte: Aporte) -> str | None:
        return aporte.firma if aporte.es_visible else None

    def get_institucional(self, aporte: Aporte) -> bool:
        return aporte.en_nombre_de_id is not None

    @extend_schema_field(RegionSerializer(allow_null=True))
    def get_region(self, aporte: Aporte) -> dict[str, str] | None:
        return region(aporte.region)

    def get_titulo(self, aporte: Aporte) -> str | None:
        return aporte.contenido.titulo if aporte.es_visible else None

    def get_texto(self, aporte: Aporte) -> str | None:
        return aporte.contenido.texto if aporte.es_visible else None

    def get_motivo(self, aporte: Aporte) -> str:
        return aporte.motivo

    @extend_schema_field(CamposSerializer(allow_null=True))
    def get_campos(self, aporte: Aporte) -> dict[str, Any] | None:
        return (aporte.contenido.campos or None) if aporte.es_visible else None

    @extend_schema_field(serializers.ChoiceField(ESTADOS))
    def get_estado(self, aporte: Aporte) -> str:
        return estado_de(aporte)

    @extend_schema_field(RespuestaDeAporteSerializer(allow_null=True))
    def get_respuesta(self, aporte: Aporte) -> Any:
        cobertura = self.context["respuestas"].get(aporte.pk) if aporte.es_visible else None
        if cobertura is None:
            return None
        return RespuestaDeAporteSerializer(cobertura, context=self.context).data


class AporteDetalleSerializer(AporteSerializer):
    replicas = serializers.IntegerField(
        source="total_replicas", help_text="Réplicas del hilo que abre; 0 si no abre ninguno."
    )
    adjuntos = serializers.SerializerMethodField(help_text="Archivos de su versión vigente.")
    puntos = serializers.SerializerMethodField(help_text="Puntos en que se trata, si se dividió.")
    grupos = serializers.SerializerMethodField(help_text="Ids de los grupos en que se trata.")
    hilo_api_url = serializers.SerializerMethodField(help_text="Su hilo completo, por páginas.")
    opinion = serializers.SerializerMethodField(help_text="Si a quien lo escribió le responde.")
    revision = serializers.SerializerMethodField(help_text="La revisión que pidió, si pidió una.")

    @extend_schema_field(AdjuntoSerializer(many=True))
    def get_adjuntos(self, aporte: Aporte) -> Any:
        if not aporte.es_visible:
            return []
        filas = aporte.adjuntos.filter(hasta=None)
        for fila in filas:
            fila.aporte = aporte
        return AdjuntoSerializer(filas, many=True, context=self.context).data

    @extend_schema_field(PuntoSerializer(many=True))
    def get_puntos(self, aporte: Aporte) -> Any:
        return PuntoSerializer(aporte.puntos.all() if aporte.es_visible else [], many=True).data

    def get_grupos(self, aporte: Aporte) -> list[int]:
        return list(
            aporte.pertenencias.filter(grupo__deshecho_en=None)
            .exclude(grupo__clase=ClaseGrupo.CAMPANA)
            .values_list("grupo", flat=True)
        )

    @extend_schema_field(OpinionSerializer(allow_null=True))
    def get_opinion(self, aporte: Aporte) -> Any:
        opinion = Opinion.objects.publicas().select_related("version").filter(aporte=aporte).first()
        return OpinionSerializer(opinion).data if opinion is not None else None

    @extend_schema_field(RevisionDeRespuestaSerializer(allow_null=True))
    def get_revision(self, aporte: Aporte) -> Any:
        if not aporte.es_visible:
            return None
        filas = Revision.objects.select_related("aporte", "version", "resuelta_por")
        revision = filas.filter(aporte=aporte).first()
        return RevisionDeRespuestaSerializer(revision).data if revision is not None else None

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_hilo_api_url(self, aporte: Aporte) -> str:
        lista = DireccionApiField("aportes", lambda _: [])
        lista.bind("lista", self)
        raiz = self.get_raiz(aporte) or aporte.folio
        return f"{lista.to_representation(aporte)}?raiz={raiz}&orden=llegada"
