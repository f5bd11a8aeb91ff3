"""Drafts of an account over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.aportes.flows.borradores import descartar_borrador, guardar_borrador
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.guardado import es_formulario, se_guarda


class BorradorSerializer(serializers.Serializer[Any]):
    lugar = serializers.CharField(max_length=200, help_text="Dirección del formulario en el sitio.")
    campos = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True), max_length=40),
        help_text="Cada campo del formulario con sus valores.",
    )
    guardado_en = serializers.DateTimeField(read_only=True)
    visto = serializers.DateTimeField(
        required=False, write_only=True, help_text="Cuándo se guardó el borrador que este continúa."
    )
    pisar = serializers.BooleanField(
        required=False,
        write_only=True,
        default=False,
        help_text="Reemplazar aunque haya otro nuevo.",
    )


class LugarSerializer(serializers.Serializer[Any]):
    lugar = serializers.CharField(max_length=200)


class BorradoresView(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = BorradorSerializer

    @extend_schema(
        tags=["Aportes"], summary="Listar los borradores de la cuenta",
        operation_id="borradores_list", responses=BorradorSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        filas = cuenta_de(request).borradores.order_by("-guardado_en")
        return Response(BorradorSerializer(filas, many=True).data)

    @extend_schema(
        tags=["Aportes"], summary="Guardar un borrador",
        request=BorradorSerializer, responses=BorradorSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = BorradorSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = datos.validated_data
        if not es_formulario(dicho["lugar"]):
            raise DatoInvalido("Esa dirección no es la de un formulario.", campo="lugar")
        campos = {n: valores for n, valores in dicho["campos"].items() if se_guarda(n)}
        borrador = guardar_borrador(
            cuenta=cuenta_de(request),
            lugar=dicho["lugar"],
            campos=campos,
            visto=dicho.get("visto"),
            pisar=dicho["pisar"],
        )
        return Response(BorradorSerializer(borrador).data)

    @extend_schema(
        tags=["Aportes"], summary="Descartar un borrador",
        parameters=[LugarSerializer], responses={204: None},
    )  # fmt: skip
    def delete(self, request: Request) -> Response:
        datos = LugarSerializer(data=request.GET)
        datos.is_valid(raise_exception=True)
        descartar_borrador(cuenta=cuenta_de(request), lugar=datos.validated_data["lugar"])
        return Response(status=204)
