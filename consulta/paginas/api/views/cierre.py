"""Closing a consultation, and reading how it closed."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from comun.fechas import dia_de
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.libro import CierreSerializer, PedidoDeCierreSerializer
from consulta.paginas.presentacion.cierre import cierre_visto
from consulta.paginas.recordado import libro_recordado
from consulta.procesos.models import Consulta
from consulta.respuestas.cifras.filtro import Filtro
from consulta.respuestas.flows.cerrar import cerrar_consulta
from consulta.respuestas.models import Cierre


def datos_de(cierre: Cierre, contexto: Mapping[str, Any]) -> dict[str, Any]:
    """A closing as it is read. `contexto` has the `request`."""
    consulta = cierre.consulta
    hoy = dia_de(timezone.now())
    libro, _primero = libro_recordado(
        contexto["request"], Filtro(consulta=consulta.slug), hoy, ("resultado", "institucion")
    )
    total = libro.total
    visto = cierre_visto(cierre, total, consulta.slug)
    datos = {
        "consulta": consulta,
        "en": visto.en,
        "palabras": visto.palabras,
        "balance": visto.balance,
        "hoy": total,
        "diferencias": visto.diferencias,
        "conformidades": visto.sectores,
        "disensos": visto.disensos,
        "correcciones": visto.correcciones_n,
        "get_absolute_url": reverse("paginas:cierre", args=[consulta.slug]),
    }
    return dict(CierreSerializer(datos, context=dict(contexto)).data)


@extend_schema(
    tags=["Procesos"],
    summary="Leer el cierre de una consulta respondida",
    responses=CierreSerializer,
)
class CierreView(RecursoAbierto):
    serializer_class = CierreSerializer

    def get(self, request: Request, slug: str) -> Response:
        leer_filtros(request, Filtros)
        cierre = get_object_or_404(
            Cierre.objects.select_related("consulta"),
            consulta__slug=slug,
            consulta__publicada=True,
        )
        return Response(datos_de(cierre, self.get_serializer_context()))


class CerrarView(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = PedidoDeCierreSerializer

    @extend_schema(
        tags=["Procesos"],
        summary="Secretaría técnica: cerrar una consulta como respondida",
        request=PedidoDeCierreSerializer,
        responses={201: CierreSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        cuenta = cuenta_de(request)
        datos = PedidoDeCierreSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        consulta = get_object_or_404(Consulta.objects.publicadas(), slug=slug)
        cierre = cerrar_consulta(consulta=consulta, por=cuenta, **datos.validated_data)
        return Response(datos_de(cierre, self.get_serializer_context()), status=201)
