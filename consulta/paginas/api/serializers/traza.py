"""The trace as the API tells it: dated events, and a draft without participation."""

from typing import Any

from rest_framework import serializers

from consulta.paginas.api.serializers.campos import DireccionField


class CambioDePalabrasSerializer(serializers.Serializer[Any]):
    operacion = serializers.CharField(
        source="operacion.value", help_text="«igual», «pone» o «quita»."
    )
    texto = serializers.CharField()


class HitoSerializer(serializers.Serializer[Any]):
    fecha = serializers.DateTimeField()
    clase = serializers.CharField(
        help_text="«envio», «correccion», «respuesta», «conformidad», «opinion», «revision», «texto», "
        "«compromiso», «actividad», «cierre», «hoy» o «fin»."
    )
    que = serializers.CharField(help_text="Qué pasó, en una frase.")
    url = DireccionField(source=None)
    folio = serializers.CharField(help_text="Del aporte de que se trata; puede venir vacío.")
    cita = serializers.CharField(help_text="Sus palabras; puede venir vacío.")
    resultado = serializers.CharField(source="insignia", help_text="De una respuesta.")
    cambios = CambioDePalabrasSerializer(
        many=True, help_text="Palabra por palabra, si cambió un texto."
    )


class HistoriaSerializer(serializers.Serializer[Any]):
    hitos = HitoSerializer(many=True, help_text="Del más antiguo al más nuevo.")


class AporteDeLugarSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    resultado = serializers.CharField()


class LugarSinParticipacionSerializer(serializers.Serializer[Any]):
    lugar = serializers.IntegerField(help_text="Su posición, desde 1; por ella se pagina.")
    orden = serializers.IntegerField(
        allow_null=True, help_text="Primer párrafo en esta versión; nulo si ya no está."
    )
    cambia = serializers.BooleanField()
    con = serializers.CharField(help_text="Como está.")
    sin = serializers.CharField(help_text="Como estaría; vacío si no estaría.")
    enredado = serializers.BooleanField(
        help_text="Un cambio posterior tocó las mismas palabras y también se deshizo."
    )
    por = AporteDeLugarSerializer(many=True)


class SinParticipacionSerializer(serializers.Serializer[Any]):
    lugares = serializers.IntegerField(help_text="Cuántos hay en total.")
    cambian = serializers.IntegerField()
    aportes = serializers.IntegerField(help_text="Cuántos llegaron al texto.")
    siguiente = serializers.IntegerField(
        allow_null=True, help_text="El `desde` de la página que sigue."
    )
    resultados = LugarSinParticipacionSerializer(many=True)
