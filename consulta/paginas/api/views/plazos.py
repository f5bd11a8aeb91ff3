"""The secretariat moves the end of a window forward."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.api.serializers.procesos import ProrrogaSerializer
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.models import Etapa


class PedidoDeProrrogaSerializer(serializers.Serializer[Any]):
    fin = serializers.DateTimeField(help_text="El primer instante en que ya terminó.")
    razon = serializers.CharField(help_text="Se publica junto a las fechas.")
    responder_antes_de = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="Hace falta donde las respuestas vencerían antes del nuevo cierre.",
    )


class ProrrogarView(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = PedidoDeProrrogaSerializer

    @extend_schema(
        tags=["Procesos"],
        summary="Secretaría técnica: extender el plazo de una etapa",
        request=PedidoDeProrrogaSerializer,
        responses={201: ProrrogaSerializer},
    )
    def post(self, request: Request, slug: str, orden: int) -> Response:
        cuenta = cuenta_de(request)
        datos = PedidoDeProrrogaSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        # No column of the place of a stage holds a greater number.
        etapa = get_object_or_404(Etapa, proceso__slug=slug, orden=min(orden, 32_767))
        prorroga = prorrogar_etapa(etapa=etapa, por=cuenta, **datos.validated_data)
        return Response(ProrrogaSerializer(prorroga).data, status=201)
