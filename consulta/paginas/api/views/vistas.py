"""Saved views of the queue over the API: filters that an account keeps under a name, only its own."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.api.serializers.vistas import (
    GuardarVistaSerializer,
    RenombrarVistaSerializer,
    VistaSerializer,
    nombres_de_filtros,
)
from consulta.paginas.api.views.cola import filtros_escritos, oficial
from consulta.respuestas.flows.vistas import eliminar_vista, guardar_vista, renombrar_vista
from consulta.respuestas.models import VistaGuardada


def _en_json(vista: VistaGuardada) -> Any:
    return VistaSerializer(vista, context={"nombres": nombres_de_filtros([vista])}).data


class VistasView(RecursoAbierto):
    serializer_class = GuardarVistaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Leer las vistas guardadas propias",
        responses=VistaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        suyas: Any = list(VistaGuardada.objects.filter(cuenta=oficial(request)).order_by("nombre"))
        contexto = {"nombres": nombres_de_filtros(suyas)}
        return Response(VistaSerializer(suyas, many=True, context=contexto).data)

    @extend_schema(
        tags=["Cola"], summary="Guardar un filtro de la lista con un nombre",
        description="Con el nombre de otra vista propia, la reemplaza.",
        request=GuardarVistaSerializer, responses={201: VistaSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien = oficial(request)
        entrada = self.get_serializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = entrada.validated_data
        filtros = filtros_escritos(datos["filtro"], quien)
        vista = guardar_vista(nombre=datos["nombre"], filtros=filtros.cadena(), por=quien)
        return Response(_en_json(vista), status=201)


class VistaView(RecursoAbierto):
    serializer_class = RenombrarVistaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Cambiar el nombre de una vista guardada",
        request=RenombrarVistaSerializer, responses=VistaSerializer,
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        vista = self._suya(request, pk)
        entrada = self.get_serializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        vista = renombrar_vista(vista=vista, por=cuenta_de(request), **entrada.validated_data)
        return Response(_en_json(vista))

    @extend_schema(
        tags=["Cola"], summary="Eliminar una vista guardada", request=None, responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        eliminar_vista(vista=self._suya(request, pk), por=cuenta_de(request))
        return Response(status=204)

    @staticmethod
    def _suya(request: Request, pk: int) -> VistaGuardada:
        """Another's is as if there were none."""
        return get_object_or_404(VistaGuardada, pk=pk, cuenta=cuenta_de(request))
