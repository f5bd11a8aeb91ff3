"""Plans, commitments, and the ledger's sums."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.fechas import dia_de
from consulta.aportes.querysets import Balance
from consulta.paginas.api.lectura import (
    DetalleAbierto,
    Filtros,
    IdField,
    ListaAbierta,
    RecursoAbierto,
    leer_filtros,
)
from consulta.paginas.api.libro import balances_por_consulta, sumar
from consulta.paginas.api.serializers import seguimiento as formas
from consulta.paginas.api.serializers.campos import DE_OPCIONES
from consulta.paginas.api.serializers.procesos import BalanceSerializer, ConsultaBreveSerializer
from consulta.paginas.presentacion.planes import llegaron_a
from consulta.paginas.recordado import recordado
from consulta.procesos.models import Consulta
from consulta.seguimiento.models import Compromiso, Plan

MAXIMO_DE_FOLIOS = 500


@extend_schema(tags=["Seguimiento"], summary="Listar planes de acción")
class PlanesView(ListaAbierta):
    queryset = Plan.objects.select_related("proceso")
    serializer_class = formas.PlanSerializer


@extend_schema(tags=["Seguimiento"], summary="Leer un plan con sus compromisos")
class PlanView(DetalleAbierto):
    queryset = Plan.objects.select_related("proceso").prefetch_related(
        "compromisos__institucion", "compromisos__plan"
    )
    serializer_class = formas.PlanDetalleSerializer
    lookup_field = "numero"


class FiltrosDeCompromisos(Filtros):
    plan = serializers.IntegerField(
        required=False, min_value=0, max_value=32_767, help_text="Su número."
    )
    institucion = IdField(required=False, help_text=DE_OPCIONES)


@extend_schema(
    tags=["Seguimiento"], summary="Listar compromisos", parameters=[FiltrosDeCompromisos]
)
class CompromisosView(ListaAbierta):
    queryset = Compromiso.objects.select_related("plan", "institucion")
    serializer_class = formas.CompromisoSerializer
    filtros_class = FiltrosDeCompromisos

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        if "institucion" in filtros:
            filas = filas.filter(institucion=filtros["institucion"])
        return filas.filter(plan__numero=filtros["plan"]) if "plan" in filtros else filas


@extend_schema(tags=["Seguimiento"], summary="Leer un compromiso y los aportes de los que viene")
class CompromisoView(DetalleAbierto):
    queryset = Compromiso.objects.select_related("plan", "institucion")
    serializer_class = formas.CompromisoDetalleSerializer

    def get_object(self) -> Any:
        compromiso = get_object_or_404(
            self.get_queryset(),
            plan__numero=self.kwargs["plan"],
            numero=self.kwargs["numero"],
        )
        llegaron = llegaron_a(compromiso)
        compromiso.total_aportes = llegaron.count()
        en_orden = llegaron.select_related("consulta").order_by("consulta__sigla", "n")
        compromiso.folios = [aporte.folio for aporte in en_orden[:MAXIMO_DE_FOLIOS]]
        return compromiso


class BalanceDeConsultaSerializer(BalanceSerializer):
    consulta = ConsultaBreveSerializer()


class LibroSerializer(serializers.Serializer[Any]):
    """The public line of the whole site, and of each announced consultation."""

    sitio = BalanceSerializer()
    consultas = serializers.SerializerMethodField()

    @extend_schema_field(BalanceDeConsultaSerializer(many=True))
    def get_consultas(self, libro: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            BalanceSerializer(balance).data
            | {"consulta": ConsultaBreveSerializer(consulta, context=self.context).data}
            for consulta, balance in libro["consultas"]
        ]


class FiltrosDelLibro(Filtros):
    consulta = serializers.SlugField(required=False)


@extend_schema(
    tags=["Seguimiento"],
    summary="Cuántos aportes hay recibidos, respondidos y pendientes",
    parameters=[FiltrosDelLibro],
    responses=LibroSerializer,
)
class BalanceView(RecursoAbierto):
    serializer_class = LibroSerializer

    def get(self, request: Request) -> Response:
        filtros = leer_filtros(request, FiltrosDelLibro)
        hoy = dia_de(timezone.now())
        sumas = recordado(request, ("balances", hoy), lambda: balances_por_consulta(hoy))
        consultas = Consulta.objects.publicadas().order_by("-pk")
        if "consulta" in filtros:
            consultas = consultas.filter(slug=filtros["consulta"])
        libro = {
            "sitio": sumar(list(sumas.values())),
            "consultas": [(c, sumas.get(c.pk, Balance())) for c in consultas],
        }
        return Response(LibroSerializer(libro, context=self.get_serializer_context()).data)
