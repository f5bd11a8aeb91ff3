"""Speaking for an organisation, over the API: asking, and the secretariat's answer."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import IdField, RecursoAbierto
from cuentas.flows.representaciones import (
    pedir_representacion,
    rechazar_representacion,
    terminar_representacion,
    verificar_representacion,
)
from cuentas.models import REPRESENTABLES, Institucion, Representacion
from cuentas.permissions import puede_verificar_representaciones


class RepresentacionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    organizacion = serializers.CharField(read_only=True)
    estado = serializers.ChoiceField(Representacion.Estado.choices, read_only=True)
    motivo = serializers.CharField(read_only=True)
    pedida_en = serializers.DateTimeField(read_only=True)
    cargo = TextoField(required=False)
    respaldo = TextoField(help_text="Cómo se puede comprobar. Solo lo lee la secretaría técnica.")
    institucion = IdField(
        required=False,
        allow_null=True,
        write_only=True,
        help_text="Su id, si ya está en el portal.",
    )
    nombre = TextoField(required=False, write_only=True, help_text="Si no está: su nombre.")
    tipo = serializers.ChoiceField(
        [(t.value, t.label) for t in REPRESENTABLES],
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Si no está: qué es.",
    )


class ResolucionDeRepresentacionSerializer(serializers.Serializer[Any]):
    accion = serializers.ChoiceField(
        [("verificar", "Verificar"), ("rechazar", "Rechazar"), ("terminar", "Terminar")]
    )
    motivo = TextoField(required=False, help_text="Obligatorio para rechazar o terminar.")
    institucion = IdField(
        required=False, allow_null=True, help_text="Cuál es, si se propuso con otro nombre."
    )


class RepresentacionesView(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = RepresentacionSerializer

    @extend_schema(
        tags=["Cuentas"],
        summary="Listar las representaciones propias; la secretaría técnica, las por verificar",
        operation_id="representaciones_list",
        responses=RepresentacionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        cuenta = cuenta_de(request)
        filas = Representacion.objects.select_related("institucion")
        if puede_verificar_representaciones(cuenta):
            filas = filas.filter(estado=Representacion.Estado.PENDIENTE)
        else:
            filas = filas.filter(cuenta=cuenta)
        return Response(RepresentacionSerializer(filas[:500], many=True).data)

    @extend_schema(
        tags=["Cuentas"], summary="Pedir hablar por una organización",
        request=RepresentacionSerializer, responses={201: RepresentacionSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = RepresentacionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = dict(datos.validated_data)
        dicho["institucion"] = _institucion(dicho.get("institucion"))
        hecha = pedir_representacion(cuenta=cuenta_de(request), **dicho)
        return Response(RepresentacionSerializer(hecha).data, status=201)


class ResolverView(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = ResolucionDeRepresentacionSerializer

    @extend_schema(
        tags=["Cuentas"],
        summary="Verificar, rechazar o terminar una representación",
        request=ResolucionDeRepresentacionSerializer,
        responses=RepresentacionSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        datos = ResolucionDeRepresentacionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho, por = datos.validated_data, cuenta_de(request)
        visibles = Representacion.objects.all()
        if not puede_verificar_representaciones(por):
            visibles = visibles.filter(cuenta=por)
        fila = get_object_or_404(visibles, pk=pk)
        if dicho["accion"] == "verificar":
            hecha = verificar_representacion(
                representacion=fila, por=por, institucion=_institucion(dicho.get("institucion"))
            )
        else:
            rechaza = dicho["accion"] == "rechazar"
            flujo: Callable[..., Representacion] = (
                rechazar_representacion if rechaza else terminar_representacion
            )
            hecha = flujo(representacion=fila, por=por, motivo=dicho.get("motivo", ""))
        return Response(RepresentacionSerializer(hecha).data)


def _institucion(pk: int | None) -> Institucion | None:
    if not pk:
        return None
    institucion = Institucion.objects.filter(pk=pk).first()
    if institucion is None:
        raise DatoInvalido("No existe esa organización.", campo="institucion")
    return institucion
