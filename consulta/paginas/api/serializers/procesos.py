"""Processes, stages, consultations and fragments."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.paginas.api.serializers.campos import DireccionApiField, DireccionField
from consulta.procesos.enums import (
    EstadoEtapa,
    PlazoDesde,
    Regimen,
    Regla,
    TipoEtapa,
    TipoFragmento,
    Verbo,
)
from consulta.procesos.models import Consulta, Etapa, Fragmento


class ProcesoBreveSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    titulo = serializers.CharField()
    regimen = serializers.ChoiceField(Regimen.choices)
    url = DireccionField()
    api_url = DireccionApiField("proceso", lambda p: [p.slug])


class ConsultaBreveSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    sigla = serializers.CharField(help_text="Encabeza los folios de sus aportes.")
    titulo = serializers.CharField()
    url = DireccionField()
    api_url = DireccionApiField("consulta", lambda c: [c.slug])


class ProrrogaSerializer(serializers.Serializer[Any]):
    """An extension: what the end was, what it is, why."""

    fin_anterior = serializers.DateTimeField()
    fin_nuevo = serializers.DateTimeField()
    razon = serializers.CharField()
    en = serializers.DateTimeField(help_text="Cuándo se decidió.")


class ExcepcionSerializer(serializers.Serializer[Any]):
    """A rule of the calendar set aside in public."""

    regla = serializers.ChoiceField(Regla.choices)
    dias = serializers.IntegerField(allow_null=True, help_text="Días de anticipación que tuvo.")
    razon = serializers.CharField()
    en = serializers.DateTimeField()


class EtapaSerializer(serializers.Serializer[Any]):
    orden = serializers.IntegerField()
    tipo = serializers.ChoiceField(TipoEtapa.choices)
    nombre = serializers.CharField()
    descripcion = serializers.CharField()
    prevista_inicio = serializers.DateTimeField(allow_null=True)
    prevista_fin = serializers.DateTimeField(allow_null=True)
    inicio = serializers.DateTimeField(allow_null=True)
    fin = serializers.DateTimeField(
        allow_null=True, help_text="El primer instante en que ya terminó."
    )
    estado = serializers.SerializerMethodField()
    cifras = serializers.DictField(
        help_text="Totales que da la fuente, cuando no se conocen los textos."
    )
    prorrogas = ProrrogaSerializer(many=True, source="prorrogas.all")

    @extend_schema_field(serializers.ChoiceField(EstadoEtapa.choices))
    def get_estado(self, etapa: Etapa) -> str:
        return etapa.estado(self.context["ahora"])


class ProcesoSerializer(ProcesoBreveSerializer):
    resumen = serializers.CharField()
    nota_fuente = serializers.CharField()


class ProcesoDetalleSerializer(ProcesoSerializer):
    etapas = EtapaSerializer(many=True, source="etapas.all")
    consultas = serializers.SerializerMethodField()

    @extend_schema_field(ConsultaBreveSerializer(many=True))
    def get_consultas(self, proceso: Any) -> Any:
        publicas = [c for e in proceso.etapas.all() for c in e.consultas.all() if c.publicada]
        return ConsultaBreveSerializer(publicas, many=True, context=self.context).data


class BalanceSerializer(serializers.Serializer[Any]):
    """recibidos = respondidos + pendientes + retirados + removidos, at every instant (INV-02)."""

    recibidos = serializers.IntegerField()
    respondidos = serializers.IntegerField()
    pendientes = serializers.IntegerField()
    retirados = serializers.IntegerField()
    removidos = serializers.IntegerField()
    vencidos = serializers.IntegerField(help_text="De los pendientes, los que pasaron su fecha.")
    frase = serializers.CharField()


class VersionSerializer(serializers.Serializer[Any]):
    n = serializers.IntegerField()
    titulo = serializers.CharField()
    publicada_en = serializers.DateTimeField()
    sha256 = serializers.CharField()
    url = DireccionField()


class ConsultaSerializer(ConsultaBreveSerializer):
    proceso = ProcesoBreveSerializer(source="etapa.proceso")
    etapa = serializers.ChoiceField(TipoEtapa.choices, source="etapa.tipo")
    resumen = serializers.CharField()
    inicio = serializers.DateTimeField(source="etapa.inicio", allow_null=True)
    fin = serializers.DateTimeField(source="etapa.fin", allow_null=True)
    estado = serializers.SerializerMethodField()
    acepta = serializers.SerializerMethodField(help_text="Qué se puede enviar en este momento.")
    responder_antes_de = serializers.DateField(allow_null=True)
    plazo_habiles = serializers.IntegerField(
        allow_null=True, help_text="Días hábiles para responder; manda sobre «responder_antes_de»."
    )
    plazo_desde = serializers.ChoiceField(PlazoDesde.choices)
    responde_hasta = serializers.DateField(
        allow_null=True, help_text="Último día para responder lo que llegue el último día."
    )
    respondida_en = serializers.DateTimeField(
        allow_null=True, help_text="Cuándo cerró con todo respondido: ver `cierre/`."
    )

    @extend_schema_field(serializers.ChoiceField(EstadoEtapa.choices))
    def get_estado(self, consulta: Consulta) -> str:
        return consulta.etapa.estado(self.context["ahora"])

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Verbo.choices)))
    def get_acepta(self, consulta: Consulta) -> list[str]:
        ahora: datetime = self.context["ahora"]
        return sorted(v for v in Verbo.values if consulta.etapa.permite(Verbo(v), ahora))


class ConsultaDetalleSerializer(ConsultaSerializer):
    que_se_puede_cambiar = serializers.CharField()
    que_no_se_puede_cambiar = serializers.CharField()
    quien_decide = serializers.CharField()
    avisos_de_plazo = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Con cuántos días hábiles de anticipación se avisa a quienes responden.",
    )
    anunciada_en = serializers.DateTimeField(allow_null=True)
    prorrogas = ProrrogaSerializer(many=True, source="etapa.prorrogas.all")
    excepciones = ExcepcionSerializer(many=True, source="excepciones.all")
    versiones = VersionSerializer(many=True, source="versiones_publicas")
    balance = BalanceSerializer()


class FragmentoRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField(source="version.n")
    orden = serializers.IntegerField()
    url = DireccionField()
    api_url = DireccionApiField("fragmento", lambda f: [f.pk])


class FragmentoSerializer(FragmentoRefSerializer):
    consulta = serializers.SlugField(source="version.consulta.slug")
    tipo = serializers.ChoiceField(TipoFragmento.choices)
    nivel = serializers.IntegerField()
    texto = serializers.CharField()
    sha256 = serializers.CharField()
    comentarios = serializers.SerializerMethodField(
        help_text="Comentarios vigentes sobre él, sin contar réplicas."
    )

    def get_comentarios(self, fragmento: Fragmento) -> int:
        return getattr(fragmento, "comentarios", 0)
