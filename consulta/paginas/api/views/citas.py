"""Quotes: reading them, and putting the orphans in their place."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.aportes.citas.huerfanas import candidatos_de, visibles
from consulta.aportes.enums import EstadoAncla
from consulta.aportes.flows.citas import resolver_cita
from consulta.aportes.models import Ancla
from consulta.aportes.permissions import puede_resolver_citas
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import (
    Filtros,
    IdField,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
)
from consulta.paginas.api.serializers.citas import CandidatoSerializer, CitaSerializer
from consulta.procesos.models import Fragmento


class FiltrosDeCitas(Filtros):
    consulta = serializers.SlugField(required=False)
    version = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    fragmento = IdField(required=False, help_text="Su id.")
    estado = serializers.ChoiceField(EstadoAncla.choices, required=False)


class PorLlegada(PaginaPorCursor):
    ordering = "id"


@extend_schema(
    tags=["Citas"],
    summary="Listar las palabras citadas de los borradores, versión por versión",
    parameters=[FiltrosDeCitas],
)
class CitasView(ListaAbierta):
    serializer_class = CitaSerializer
    pagination_class = PorLlegada
    filtros_class = FiltrosDeCitas

    def get_queryset(self) -> QuerySet[Any]:
        return visibles().filter(aporte__consulta__publicada=True)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        directos = {
            "consulta": "version__consulta__slug",
            "version": "version__n",
            "fragmento": "fragmento",
            "estado": "estado",
        }
        return filas.filter(**{en: filtros[f] for f, en in directos.items() if f in filtros})


class DeSecretaria(RecursoAbierto):
    """What only those who resolve orphans do."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def ancla(self, request: Request, pk: int) -> Ancla:
        if not puede_resolver_citas(cuenta_de(request)):
            raise exceptions.PermissionDenied
        return get_object_or_404(visibles(), pk=pk)


class CandidatosView(DeSecretaria):
    serializer_class = CandidatoSerializer
    pagination_class = None

    @extend_schema(
        tags=["Citas"], summary="Dónde pueden estar las palabras de una cita huérfana",
        responses=CandidatoSerializer(many=True), operation_id="citas_candidatos_list",
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        hallados = candidatos_de(self.ancla(request, pk))
        return Response(CandidatoSerializer(hallados, many=True).data)


class ResolucionSerializer(serializers.Serializer[Any]):
    """Either the place (`fragmento` and `cita`) or `sin_lugar`."""

    fragmento = IdField(required=False, allow_null=True, help_text="De la misma versión.")
    cita = TextoField(required=False, help_text="Las palabras, como están en él.")
    inicio = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=10_000_000
    )
    sin_lugar = serializers.BooleanField(
        required=False, default=False, help_text="Las palabras ya no están en el texto."
    )


class ResolverView(DeSecretaria):
    serializer_class = ResolucionSerializer

    @extend_schema(
        tags=["Citas"], summary="Ubicar una cita huérfana, o decir que ya no está",
        request=ResolucionSerializer, responses=CitaSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        ancla = self.ancla(request, pk)
        entrada = ResolucionSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = entrada.validated_data
        fragmento = None
        if not datos["sin_lugar"]:
            fragmento = Fragmento.objects.filter(pk=datos.get("fragmento") or 0).first()
            if fragmento is None:
                raise DatoInvalido("Indique el fragmento, o sin_lugar.", campo="fragmento")
        resolver_cita(
            ancla=ancla,
            por=cuenta_de(request),
            fragmento=fragmento,
            cita=datos.get("cita", ""),
            inicio=datos.get("inicio"),
        )
        return Response(CitaSerializer(visibles().get(pk=pk)).data)
