"""Supporting and following by a program: each says what it wants, so that repeating it is safe."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.aportes.flows.apoyar import apoyar, quitar_apoyo
from consulta.aportes.flows.seguir import dejar_de_seguir, seguir
from consulta.aportes.models import Aporte
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import IdField, RecursoAbierto
from consulta.procesos.models import Asunto, Consulta

ACCIONES_DE_APOYO = [("apoyar", "Apoyar"), ("quitar", "Quitar el apoyo")]
ACCIONES_DE_SEGUIMIENTO = [("seguir", "Seguir"), ("dejar", "Dejar de seguir")]


class ApoyarSerializer(serializers.Serializer[Any]):
    accion = serializers.ChoiceField(ACCIONES_DE_APOYO)


class ApoyadoSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    apoyos = serializers.IntegerField(help_text="Los que tiene ahora.")
    apoyado = serializers.BooleanField(help_text="Si lo apoya esta cuenta.")


class SeguirSerializer(serializers.Serializer[Any]):
    accion = serializers.ChoiceField(ACCIONES_DE_SEGUIMIENTO)


class SeguirConsultaSerializer(SeguirSerializer):
    fragmento = IdField(
        required=False, allow_null=True, help_text="Solo lo que se dice de este párrafo."
    )


class SigueSerializer(serializers.Serializer[Any]):
    sigue = serializers.BooleanField()


class Acto(RecursoAbierto):
    """A POST of a session, checked."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def leer(self, request: Request) -> dict[str, Any]:
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        return dict(datos.validated_data)


class ApoyarView(Acto):
    serializer_class = ApoyarSerializer

    @extend_schema(
        tags=["Aportes"], summary="Apoyar un aporte, o quitar el apoyo",
        request=ApoyarSerializer, responses=ApoyadoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        quita = self.leer(request)["accion"] == "quitar"
        hecho = (quitar_apoyo if quita else apoyar)(aporte=_aporte(folio), por=cuenta_de(request))
        return Response({"folio": hecho.folio, "apoyos": hecho.apoyos, "apoyado": not quita})


class SeguirView(Acto):
    serializer_class = SeguirSerializer

    @extend_schema(
        tags=["Aportes"], summary="Seguir la conversación de un aporte, o dejarla",
        request=SeguirSerializer, responses=SigueSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        deja = self.leer(request)["accion"] == "dejar"
        fila = _aporte(folio)
        (dejar_de_seguir if deja else seguir)(
            asunto=fila.asunto, por=cuenta_de(request), raiz=fila.raiz or fila
        )
        return Response({"sigue": not deja})


class SeguirConsultaView(Acto):
    serializer_class = SeguirConsultaSerializer

    @extend_schema(
        tags=["Consultas"], summary="Seguir una consulta o uno de sus párrafos, o dejarlos",
        request=SeguirConsultaSerializer, responses=SigueSerializer,
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        datos = self.leer(request)
        consulta = Consulta.objects.publicadas().filter(slug=slug).first()
        if consulta is None:
            raise Http404
        deja = datos["accion"] == "dejar"
        asunto = _asunto(consulta, datos.get("fragmento"))
        (dejar_de_seguir if deja else seguir)(asunto=asunto, por=cuenta_de(request))
        return Response({"sigue": not deja})


def _aporte(folio: str) -> Aporte:
    """Raises Http404 when it is no public one."""
    filas = Aporte.objects.publicos().select_related("consulta", "asunto__consulta", "raiz")
    aporte: Aporte | None = por_folio(filas, folio).first()
    if aporte is None:
        raise Http404
    return aporte


def _asunto(consulta: Consulta, fragmento: int | None) -> Asunto:
    """Raises Http404 when it is no published paragraph of `consulta`."""
    if fragmento is None:
        return Asunto.objects.get_or_create(consulta=consulta, fragmento=None)[0]
    asunto = (
        Asunto.objects.select_related("consulta")
        .filter(
            consulta=consulta,
            fragmento=fragmento,
            fragmento__version__publicada_en__isnull=False,
        )
        .first()
    )
    if asunto is None:
        raise Http404
    return asunto
