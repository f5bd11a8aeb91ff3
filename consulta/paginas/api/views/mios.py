"""«Mis aportes» and «Mi aporte» for programs: one's own, by account and by private code."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.fechas import dia_de
from comun.limites import direccion_de, gastar
from consulta.aportes.models import Aporte
from consulta.paginas.api.lectura import Filtros, RecursoAbierto
from consulta.paginas.api.serializers.campos import DE_CONSULTAS
from consulta.paginas.api.serializers.mios import MioDetalleSerializer, MioSerializer
from consulta.paginas.api.views.aportes import ListaDeAportes, detalle, para_leer
from consulta.paginas.filtro_mios import ESTADOS, estado_q
from consulta.paginas.presentacion.mios import con_lo_propio, mios_de, para_mios
from consulta.paginas.views.codigo import aporte_por_codigo


class FiltrosDeMios(Filtros):
    estado = serializers.ChoiceField(list(ESTADOS.items()), required=False)
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)


class MisAportesView(ListaDeAportes):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = MioSerializer
    filtros_class = FiltrosDeMios

    @extend_schema(
        tags=["Aportes"], summary="Listar lo que envió la cuenta de esta sesión",
        parameters=[FiltrosDeMios], responses=MioSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Aporte.objects.none()
        return Aporte.objects.de_cuenta(self.request.user)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        filas = filas.filter(estado_q(filtros.get("estado", ""), dia_de(timezone.now())))
        if "consulta" in filtros:
            filas = filas.filter(consulta__slug=filtros["consulta"])
        return con_lo_propio(para_leer(filas))

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        filas = super().paginate_queryset(queryset) or []
        mios = mios_de(filas, timezone.now(), self.respuestas)
        self.mios = {fila.pk: mio for fila, mio in zip(filas, mios, strict=True)}
        return filas

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "mios": getattr(self, "mios", {})}


class CodigoSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField(max_length=24)
    codigo = serializers.CharField(max_length=40, help_text="El código privado del recibo.")


class MiAporteView(RecursoAbierto):
    permission_classes = [permissions.AllowAny]
    lectura_publica = False
    serializer_class = CodigoSerializer

    @extend_schema(
        tags=["Aportes"], summary="Leer el aporte propio con su folio y su código privado",
        request=CodigoSerializer, responses=MioDetalleSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = CodigoSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        gastar("codigo", direccion_de(request))
        return Response(detalle_propio(self, aporte_por_codigo(**datos.validated_data)))


def detalle_propio(vista: RecursoAbierto, aporte: Aporte) -> Any:
    """One contribution as its author reads it over the API."""
    filas = para_mios(Aporte.objects.filter(pk=aporte.pk))
    mios = dict(zip([aporte.pk], mios_de(filas, timezone.now()), strict=True))
    return detalle(vista, aporte.folio, MioDetalleSerializer, mios=mios)
