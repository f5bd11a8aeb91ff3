"""The public ledger and the closing of a consultation."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.serializers.campos import DireccionField
from consulta.paginas.api.serializers.procesos import BalanceSerializer, ConsultaBreveSerializer
from consulta.respuestas.cifras.cortes import TITULOS


class CifrasSerializer(serializers.Serializer[Any]):
    """recibidos = respondidos + pendientes + retirados + removidos, in every cut (INV-02)."""

    recibidos = serializers.IntegerField()
    respondidos = serializers.IntegerField()
    pendientes = serializers.IntegerField()
    vencidos = serializers.IntegerField(help_text="De los pendientes, los que pasaron su fecha.")
    retirados = serializers.IntegerField()
    removidos = serializers.IntegerField()
    mediana = serializers.FloatField(
        allow_null=True, help_text="Días corridos hasta la primera respuesta."
    )
    p90 = serializers.IntegerField(
        allow_null=True, help_text="Días corridos en que llegaron nueve de cada diez."
    )
    a_tiempo = serializers.IntegerField(help_text="Respondidos el día en que vencían, o antes.")
    con_plazo = serializers.IntegerField(help_text="Respondidos que tenían un día de vencimiento.")
    parte_a_tiempo = serializers.FloatField(allow_null=True, help_text="Por ciento.")
    identicos = serializers.IntegerField(
        help_text="Respondidos con las mismas palabras que otra respuesta, publicada aparte."
    )
    comunes = serializers.IntegerField(
        help_text="Respondidos por una respuesta conjunta, sin línea personal que los distinga."
    )
    propios = serializers.IntegerField(help_text="Respondidos con palabras que nadie más recibió.")
    parte_identica = serializers.FloatField(allow_null=True, help_text="Por ciento.")
    frase = serializers.CharField()


class GrupoDelCorteSerializer(CifrasSerializer):
    nombre = serializers.CharField()
    filtro = serializers.DictField(
        child=serializers.CharField(), help_text="Lo que se agrega para leer solo este grupo."
    )


class CorteDelLibroSerializer(serializers.Serializer[Any]):
    corte = serializers.ChoiceField([(c, str(t)) for c, t in TITULOS.items()])
    titulo = serializers.CharField()
    grupos = GrupoDelCorteSerializer(many=True)


class LibroDeCifrasSerializer(serializers.Serializer[Any]):
    total = CifrasSerializer()
    cortes = CorteDelLibroSerializer(many=True)


class PorSectorSerializer(serializers.Serializer[Any]):
    sector = serializers.CharField()
    conformes = serializers.IntegerField()
    con_disenso = serializers.IntegerField()


class DisensoSerializer(serializers.Serializer[Any]):
    nombre = serializers.CharField()
    organizacion = serializers.CharField()
    sector = serializers.CharField()
    nota = serializers.CharField()
    en = serializers.DateTimeField()
    cuenta = serializers.BooleanField(
        help_text="Falso si después declaró un conflicto de interés: no está entre las conformidades."
    )


class CierreSerializer(serializers.Serializer[Any]):
    """The balance is that of the closing and does not change; `hoy` is what the ledger says now."""

    consulta = ConsultaBreveSerializer()
    en = serializers.DateTimeField()
    palabras = serializers.CharField()
    balance = BalanceSerializer()
    hoy = CifrasSerializer()
    diferencias = serializers.ListField(
        child=serializers.CharField(), help_text="En qué difiere hoy del cierre; vacío si en nada."
    )
    conformidades = PorSectorSerializer(many=True)
    disensos = DisensoSerializer(many=True)
    correcciones = serializers.IntegerField(help_text="Respuestas corregidas después del cierre.")
    url = DireccionField()


class PedidoDeCierreSerializer(serializers.Serializer[Any]):
    palabras = serializers.CharField(
        required=False, allow_blank=True, help_text="Quedan en la página del cierre."
    )
