"""What officials' programs send and read while answers are prepared: drafts, batches, spreadsheets."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.paginas.api.decisiones import MAXIMO, DestinoElegidoSerializer, PublicadaSerializer
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import IdField
from consulta.respuestas.enums import EstadoDeFila, EstadoDePlanilla, Resultado
from consulta.respuestas.flows.borrador import sello_de_borrador
from consulta.respuestas.models import Borrador

CAMPOS = ("fragmento", "compromiso", "evento")


class ComunSerializer(serializers.Serializer[Any]):
    """What is said of one contribution; every field may be missing while one writes."""

    resultado = serializers.ChoiceField(Resultado.choices, required=False, allow_blank=True)
    destino = DestinoElegidoSerializer(required=False, allow_null=True)
    linea = TextoField(required=False)


class PuntoDeBorradorSerializer(ComunSerializer):
    n = serializers.IntegerField(min_value=1, max_value=100, help_text="El número del punto.")


class FilaDeRedaccionSerializer(ComunSerializer):
    aporte = serializers.CharField(max_length=24, help_text="Su folio.")
    puntos = PuntoDeBorradorSerializer(
        many=True, required=False, help_text="Si faltan, quedan como estaban."
    )
    version_leida = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=32_000,
        help_text="La `version` del aporte que se leyó, cuando su autor lo corrigió después de empezar.",
    )


class RamaSerializer(serializers.Serializer[Any]):
    cabeza = serializers.CharField(max_length=24, help_text="El folio desde el que se responde.")
    hasta = serializers.DateTimeField(
        required=False,
        help_text="Se recogen los comentarios enviados hasta entonces; si falta, ahora.",
    )


class NuevoBorradorSerializer(serializers.Serializer[Any]):
    """Either `filas` or `rama`."""

    filas: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=FilaDeRedaccionSerializer(), max_length=MAXIMO, required=False
    )
    rama = RamaSerializer(required=False)
    comunes = ComunSerializer(
        required=False, help_text="Vale para las filas que no dicen otra cosa."
    )
    razon = TextoField(required=False)
    motivo_cambio = TextoField(required=False)
    solo_redaccion = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Con `respuesta`: decide lo mismo con otras palabras, y a sus autores les llega una línea.",
    )
    institucion = IdField(required=False, allow_null=True, help_text="Si falta, la de la cuenta.")
    respuesta = IdField(required=False, allow_null=True, help_text="La que tendrá otra versión.")
    lote = IdField(required=False, allow_null=True)


class CambioDeBorradorSerializer(serializers.Serializer[Any]):
    razon = TextoField(required=False)
    motivo_cambio = TextoField(required=False)
    solo_redaccion = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Si falta, queda como estaba."
    )
    comunes = ComunSerializer(required=False)
    filas: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=FilaDeRedaccionSerializer(), max_length=MAXIMO, required=False
    )
    visto = serializers.CharField(
        required=False, allow_blank=True, max_length=40,
        help_text="El `visto` que se leyó: si otra persona guardó después, 409.",
    )  # fmt: skip


class FilaDeBorradorSerializer(serializers.Serializer[Any]):
    aporte = serializers.CharField(source="aporte.folio")
    version_leida = serializers.IntegerField(allow_null=True)
    datos = serializers.JSONField()


class BorradorDeRespuestaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    consulta = serializers.CharField(source="consulta.slug")
    institucion = serializers.IntegerField(source="institucion_id")
    respuesta = serializers.IntegerField(source="respuesta_id", allow_null=True)
    lote = serializers.IntegerField(source="lote_id", allow_null=True)
    razon = serializers.CharField()
    motivo_cambio = serializers.CharField()
    solo_redaccion = serializers.BooleanField()
    rama_hasta = serializers.DateTimeField(allow_null=True)
    modificado_en = serializers.DateTimeField()
    visto = serializers.SerializerMethodField()

    def get_visto(self, borrador: Borrador) -> str:
        return sello_de_borrador(borrador)


class ReparoSerializer(serializers.Serializer[Any]):
    aporte = serializers.CharField(source="aporte.folio")
    campo = serializers.CharField()
    texto = serializers.CharField()


class BorradorDetalleSerializer(BorradorDeRespuestaSerializer):
    comunes = serializers.JSONField(source="datos")
    filas = FilaDeBorradorSerializer(many=True, source="sus_filas")
    reparos = ReparoSerializer(many=True, help_text="Qué impide sellarlo, por fila.")
    fuera = ReparoSerializer(many=True, help_text="Al crearlo: lo que no pudo entrar, y por qué.")


class SelladaSerializer(PublicadaSerializer):
    sellada_en = serializers.DateTimeField()
    publicada_en = serializers.DateTimeField(allow_null=True)
    lote = serializers.IntegerField(source="lote_id", allow_null=True)


class NuevoLoteSerializer(serializers.Serializer[Any]):
    nombre = serializers.CharField(max_length=120)
    consulta = serializers.SlugField()


class NoSelladoSerializer(serializers.Serializer[Any]):
    borrador = serializers.IntegerField()
    motivo = serializers.CharField()


class LoteSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    nombre = serializers.CharField()
    consulta = serializers.CharField(source="consulta.slug")
    institucion = serializers.IntegerField(source="institucion_id", allow_null=True)
    publicar_en = serializers.DateTimeField(allow_null=True)
    publicado_en = serializers.DateTimeField(allow_null=True)
    sellando = serializers.SerializerMethodField()
    no_sellados = serializers.SerializerMethodField(
        help_text="Borradores que el último sellado en segundo plano no pudo sellar."
    )
    suspendido_en = serializers.DateTimeField(
        allow_null=True, help_text="Cuándo no se pudo publicar a su hora, y no se resolvió todavía."
    )
    suspendido_motivo = serializers.CharField()
    borradores = serializers.IntegerField(source="n_borradores")
    selladas = serializers.IntegerField(source="n_selladas")
    publicadas = serializers.IntegerField(source="n_publicadas")

    def get_sellando(self, lote: Any) -> bool:
        return lote.sellando_desde is not None

    @extend_schema_field(NoSelladoSerializer(many=True))
    def get_no_sellados(self, lote: Any) -> Any:
        return [{"borrador": pk, "motivo": motivo} for pk, motivo in lote.detenidos]


class PonerSerializer(serializers.Serializer[Any]):
    borradores = serializers.ListField(child=IdField(), max_length=MAXIMO, allow_empty=False)


class ProgramarSerializer(serializers.Serializer[Any]):
    publicar_en = serializers.DateTimeField(allow_null=True, help_text="Nulo quita la hora.")


class PublicarSerializer(serializers.Serializer[Any]):
    simular = serializers.BooleanField(required=False, default=False)


class ApartadaSerializer(serializers.Serializer[Any]):
    respuesta = serializers.IntegerField(source="version.respuesta_id")
    version = serializers.IntegerField(source="version.n")
    motivo = serializers.CharField()


class HechoDeLoteSerializer(serializers.Serializer[Any]):
    publicadas = PublicadaSerializer(many=True, source="versiones")
    apartadas = ApartadaSerializer(many=True)


class DetenidoSerializer(serializers.Serializer[Any]):
    borrador = serializers.IntegerField(source="borrador.pk")
    motivo = serializers.CharField()


class SelladosSerializer(serializers.Serializer[Any]):
    selladas = SelladaSerializer(many=True, source="versiones")
    detenidos = DetenidoSerializer(many=True)
    en_curso = serializers.BooleanField(help_text="Son muchas: se sellan en segundo plano.")


class SubirPlanillaSerializer(serializers.Serializer[Any]):
    archivo = serializers.FileField(help_text="XLSX o CSV, 20 MB como máximo.")
    consulta = serializers.SlugField()
    institucion = IdField(required=False, allow_null=True)


class FilaDePlanillaSerializer(serializers.Serializer[Any]):
    n = serializers.IntegerField(help_text="La fila de la hoja.")
    folio = serializers.CharField()
    punto = serializers.IntegerField(allow_null=True, help_text="El punto del aporte que responde.")
    estado = serializers.ChoiceField(EstadoDeFila.choices)
    celda = serializers.CharField()
    reparo = serializers.CharField()


class PlanillaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    nombre = serializers.CharField()
    consulta = serializers.CharField(source="consulta.slug")
    estado = serializers.ChoiceField(EstadoDePlanilla.choices)
    error = serializers.CharField()
    total = serializers.IntegerField()
    avance_en = serializers.DateTimeField(
        allow_null=True,
        help_text="Último avance de lo que se hace en segundo plano. Si se detiene, se retoma solo.",
    )
    lote = serializers.IntegerField(source="lote_id", allow_null=True)
    cuentas = serializers.DictField(child=serializers.IntegerField())
    filas = FilaDePlanillaSerializer(many=True, source="sus_filas")
