"""One's public name over the API: reading it, changing it, taking it off what was sent."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.aportes.flows.firmas import ocultar_nombre
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import RecursoAbierto
from cuentas.flows.perfil import LARGO_NOMBRE, cambiar_nombre_publico
from cuentas.models import User


class PerfilSerializer(serializers.Serializer[User]):
    nombre_publico = serializers.CharField(
        max_length=LARGO_NOMBRE,
        allow_blank=True,
        help_text="Con él firma lo que envía desde ahora; vacío, «Participante».",
    )
    firma = serializers.CharField(read_only=True, help_text="Cómo se lee hoy.")


class OcultadosSerializer(serializers.Serializer[Any]):
    ocultados = serializers.IntegerField(help_text="De cuántos aportes se quitó.")


class _Propio(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False


class PerfilView(_Propio):
    serializer_class = PerfilSerializer

    @extend_schema(
        tags=["Cuentas"], summary="Leer el nombre público de la cuenta", responses=PerfilSerializer
    )
    def get(self, request: Request) -> Response:
        return Response(PerfilSerializer(cuenta_de(request)).data)

    @extend_schema(
        tags=["Cuentas"], summary="Cambiar el nombre público de la cuenta",
        request=PerfilSerializer, responses=PerfilSerializer,
    )  # fmt: skip
    def patch(self, request: Request) -> Response:
        datos = PerfilSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        cuenta = cuenta_de(request)
        cambiar_nombre_publico(cuenta=cuenta, nombre=datos.validated_data["nombre_publico"])
        return Response(PerfilSerializer(cuenta).data)


class OcultarNombreView(_Propio):
    serializer_class = OcultadosSerializer

    @extend_schema(
        tags=["Cuentas"], summary="Quitar el nombre de todo lo que envió la cuenta, para siempre",
        request=None, responses=OcultadosSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        return Response({"ocultados": ocultar_nombre(cuenta=cuenta_de(request))})
