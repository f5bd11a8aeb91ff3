"""What authors do over the API with what is theirs, by account or by private code."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from comun.limites import direccion_de
from comun.puerta import pasar
from comun.regiones import Region
from comun.textos import limpiar_linea
from consulta.aportes.enums import Postura, TipoAutor
from consulta.aportes.flows.confirmar import confirmar_aporte, reenviar_confirmacion, vence_en
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.reclamar import reclamar_aportes
from consulta.aportes.models import Aporte
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.envios import (
    CamposDeEnvioSerializer,
    ReciboSerializer,
    TextoField,
    adjuntos_de,
    campo_altcha,
    contenido_de,
)
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import MAYOR_ID, IdField, RecursoAbierto
from consulta.paginas.api.preguntas import campo_preguntar, preguntas_de
from consulta.paginas.api.serializers.aportes import AporteDetalleSerializer
from consulta.paginas.api.serializers.propuestas import ElegidoSerializer
from consulta.paginas.api.views.aportes import detalle, quien


class ValeSerializer(serializers.Serializer[Any]):
    vale = serializers.CharField(
        max_length=80, help_text="El final del enlace que llegó por correo."
    )
    preguntar = campo_preguntar()


class ReenvioSerializer(serializers.Serializer[Any]):
    clave = serializers.UUIDField(help_text="La del envío que espera confirmación.")
    correo = serializers.CharField(max_length=400, help_text="El que se dio al enviarlo.")
    altcha = campo_altcha()


class ReenviadoSerializer(serializers.Serializer[Any]):
    correos = serializers.IntegerField(help_text="Cuántos van, con el primero; tres como máximo.")
    vence_en = serializers.DateTimeField(help_text="Hasta cuándo se puede confirmar.")


class CorreccionSerializer(serializers.Serializer[Any]):
    """The whole contribution as it should read; what is left out becomes empty."""

    version = serializers.IntegerField(
        min_value=1, max_value=MAYOR_ID, help_text="La versión que se corrige: la que leyó."
    )
    codigo = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Sin sesión: el código privado."
    )
    titulo = TextoField(required=False)
    texto = TextoField()
    campos = CamposDeEnvioSerializer(required=False)
    tema = serializers.SlugField(required=False, allow_null=True)
    region = serializers.ChoiceField(Region.choices, required=False, allow_blank=True)
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, required=False, allow_blank=True)
    postura = serializers.ChoiceField(
        Postura.choices,
        required=False,
        allow_blank=True,
        help_text="De un comentario, donde la consulta la pide; si falta, la que tenía.",
    )
    adjuntos = ElegidoSerializer(
        many=True, required=False, help_text="Archivos nuevos, subidos antes en /api/v2/adjuntos/."
    )
    conservar = serializers.ListField(
        child=IdField(),
        required=False,
        max_length=100,
        help_text="Id de cada archivo publicado que se queda; si falta, todos.",
    )
    preguntar = campo_preguntar()


class Propia(RecursoAbierto):
    permission_classes = [permissions.AllowAny]
    lectura_publica = False


class ConfirmarView(Propia):
    serializer_class = ValeSerializer

    @extend_schema(
        tags=["Aportes"],
        summary="Confirmar un aporte enviado sin sesión, dentro de 48 horas",
        request=ValeSerializer,
        responses={
            201: ReciboSerializer,
            200: OpenApiResponse(ReciboSerializer, "Ya estaba confirmado."),
        },
    )
    def post(self, request: Request) -> Response:
        datos = ValeSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = datos.validated_data
        hecha = confirmar_aporte(vale=dicho["vale"], preguntas=preguntas_de(dicho))
        recibo = ReciboSerializer(hecha, context=self.get_serializer_context())
        return Response(recibo.data, status=201 if hecha.nuevo else 200)


class ReenviarView(Propia):
    serializer_class = ReenvioSerializer

    @extend_schema(
        tags=["Aportes"],
        summary="Enviar otra vez el correo para confirmar un aporte enviado sin sesión",
        request=ReenvioSerializer,
        responses=ReenviadoSerializer,
    )
    def post(self, request: Request) -> Response:
        datos = ReenvioSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        prueba = datos.validated_data.get("altcha", "")
        pasar("invitado", desde=direccion_de(request), prueba=prueba)
        aporte = Aporte.objects.filter(
            clave_idempotencia=datos.validated_data["clave"],
            autoria__cuenta=None,
            autoria__correo=limpiar_linea(datos.validated_data["correo"]).lower() or None,
        ).first()
        if aporte is None:
            # The same for a key that nobody used and for another's: neither is told.
            raise DatoInvalido("No hay un envío con esa clave y ese correo.", campo="clave")
        correos = reenviar_confirmacion(aporte=aporte)
        return Response(
            ReenviadoSerializer({"correos": correos, "vence_en": vence_en(aporte)}).data
        )


class CorregirView(Propia):
    serializer_class = CorreccionSerializer

    @extend_schema(
        tags=["Aportes"], summary="Corregir un aporte propio mientras la etapa está abierta",
        request=CorreccionSerializer, responses=AporteDetalleSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        datos = CorreccionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = quien(request, datos)
        aporte = por_folio(Aporte.objects.publicos(), folio).first()
        if aporte is None:
            raise Http404
        dicho = datos.validated_data
        corregir_aporte(
            aporte=aporte,
            por=por,
            codigo=dicho.get("codigo", ""),
            version=dicho["version"],
            contenido=contenido_de(dicho),
            adjuntos=adjuntos_de(dicho),
            conservar=dicho.get("conservar"),
            preguntas=preguntas_de(dicho),
        )
        return Response(detalle(self, folio))


class AgregadosSerializer(serializers.Serializer[Any]):
    agregados = serializers.IntegerField()


class AgregarView(Propia):
    permission_classes = [permissions.IsAuthenticated]
    serializer_class = AgregadosSerializer

    @extend_schema(
        tags=["Aportes"],
        summary="Agregar a la cuenta lo que se envió sin ella con su correo verificado",
        request=None,
        responses=AgregadosSerializer,
    )
    def post(self, request: Request) -> Response:
        return Response({"agregados": reclamar_aportes(cuenta=cuenta_de(request))})
