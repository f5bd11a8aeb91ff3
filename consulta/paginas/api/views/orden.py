"""Reporting, appealing and moderating over the API; shared texts to read."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import Conflicto, SinPermiso
from comun.limites import gastar
from consulta.aportes import colas
from consulta.aportes.enums import Causa
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta, levantar_bloqueo
from consulta.aportes.flows.moderar import (
    desestimar_reportes,
    marcar_revisados,
    remover_aporte,
    reponer_aporte,
)
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Apelacion, Aporte
from consulta.aportes.permissions import bloqueo_de, puede_moderar
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import Filtros, ListaAbierta, RecursoAbierto
from consulta.paginas.api.orden import (
    ActoSerializer,
    ApelarSerializer,
    BloquearSerializer,
    CasoSerializer,
    DesestimarSerializer,
    HechoSerializer,
    RemoverSerializer,
    ReponerSerializer,
    ReportarSerializer,
    ResolverApelacionSerializer,
    hecho,
)
from consulta.paginas.api.views.aportes import quien as quien_de
from cuentas.models import User

COLAS = [
    ("reportados", "Con reportes abiertos"),
    ("sin_revisar", "Publicados y sin revisar"),
    ("apelaciones", "Con una apelación pendiente"),
    ("removidos", "Removidos"),
]


class FiltrosDeModeracion(Filtros):
    ver = serializers.ChoiceField(COLAS, required=False)
    consulta = serializers.SlugField(required=False)
    causa = serializers.ChoiceField(Causa.choices, required=False)


class Acto(RecursoAbierto):
    """A POST on one contribution, by folio: checked, done by its flow, told."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def leer(self, request: Request, folio: str) -> tuple[Aporte, User, dict[str, Any]]:
        """The contribution, who asks, and what was sent."""
        quien = cuenta_de(request)
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        return self.aporte(folio), quien, dict(datos.validated_data)

    def aporte(self, folio: str) -> Aporte:
        """The public contribution of that folio. Raises Http404."""
        filas = Aporte.objects.publicos().select_related("consulta", "autoria__cuenta")
        aporte = por_folio(filas, folio).first()
        if aporte is None:
            raise Http404
        return aporte


class ReportarView(Acto):
    serializer_class = ReportarSerializer

    @extend_schema(
        tags=["Moderación"], summary="Reportar un aporte que no cumple las reglas",
        request=ReportarSerializer, responses={201: HechoSerializer},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        gastar("reportar", f"cuenta:{quien.pk}")
        reportar_aporte(aporte=aporte, por=quien, **datos)
        return Response(hecho(aporte, "reportado"), status=201)


class ApelarView(Acto):
    permission_classes = [permissions.AllowAny]  # by private code too
    serializer_class = ApelarSerializer

    @extend_schema(
        tags=["Moderación"], summary="Apelar la remoción de un aporte propio",
        request=ApelarSerializer, responses={201: HechoSerializer},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        datos = ApelarSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = quien_de(request, datos)
        aporte = self.aporte(folio)
        apelar_remocion(aporte=aporte, por=por, **datos.validated_data)
        return Response(hecho(aporte, "apelado"), status=201)


class RemoverView(Acto):
    serializer_class = RemoverSerializer

    @extend_schema(
        tags=["Moderación"], summary="Remover un aporte por una causa de la lista pública",
        request=RemoverSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        remover_aporte(aporte=aporte, por=quien, **datos)
        return Response(hecho(aporte, "removido"))


class DesestimarView(Acto):
    serializer_class = DesestimarSerializer

    @extend_schema(
        tags=["Moderación"], summary="Desestimar los reportes de un aporte",
        request=DesestimarSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        desestimar_reportes(aporte=aporte, por=quien, **datos)
        return Response(hecho(aporte, "desestimado"))


class ReponerView(Acto):
    serializer_class = ReponerSerializer

    @extend_schema(
        tags=["Moderación"], summary="Reponer un aporte removido por error",
        request=ReponerSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        reponer_aporte(aporte=aporte, por=quien, **datos)
        return Response(hecho(aporte, "repuesto"))


class ResolverApelacionView(Acto):
    serializer_class = ResolverApelacionSerializer

    @extend_schema(
        tags=["Moderación"], summary="Resolver la apelación pendiente de un aporte",
        request=ResolverApelacionSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        if not puede_moderar(quien):
            raise SinPermiso("Solo moderación resuelve apelaciones.")
        apelacion = Apelacion.objects.filter(aporte=aporte, acogida=None).first()
        if apelacion is None:
            raise Conflicto("Este aporte no tiene una apelación pendiente.")
        resolver_apelacion(apelacion=apelacion, por=quien, **datos)
        return Response(hecho(aporte, "resuelto"))


class BloquearView(Acto):
    serializer_class = BloquearSerializer

    @extend_schema(
        tags=["Moderación"], summary="Bloquear la cuenta que escribió un aporte",
        request=BloquearSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        if not puede_moderar(quien):
            raise SinPermiso("Solo moderación puede bloquear cuentas.")
        autoria = getattr(aporte, "autoria", None)
        if autoria is None or autoria.cuenta is None:
            raise Conflicto("Este aporte se envió sin cuenta.")
        bloquear_cuenta(cuenta=autoria.cuenta, por=quien, **datos)
        return Response(hecho(aporte, "bloqueado"))


class LevantarBloqueoView(Acto):
    serializer_class = ActoSerializer

    @extend_schema(
        tags=["Moderación"], summary="Levantar el bloqueo de la cuenta que escribió un aporte",
        request=None, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, _datos = self.leer(request, folio)
        if not puede_moderar(quien):
            raise SinPermiso("Solo moderación puede levantar bloqueos.")
        autoria = getattr(aporte, "autoria", None)
        autor = autoria.cuenta if autoria is not None else None
        bloqueo = bloqueo_de(autor, timezone.now()) if autor is not None else None
        if bloqueo is None:
            raise Conflicto("La cuenta que escribió este aporte no está bloqueada.")
        levantar_bloqueo(bloqueo=bloqueo, por=quien)
        return Response(hecho(aporte, "desbloqueado"))


class RevisarView(Acto):
    serializer_class = ActoSerializer

    @extend_schema(
        tags=["Moderación"], summary="Marcar un aporte como revisado",
        request=None, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, _datos = self.leer(request, folio)
        marcar_revisados(aportes=[aporte], por=quien)
        return Response(hecho(aporte, "revisado"))


class ModeracionView(ListaAbierta):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = CasoSerializer
    filtros_class = FiltrosDeModeracion
    queryset = Aporte.objects.none()

    @extend_schema(
        tags=["Moderación"], summary="Leer una cola de moderación",
        parameters=[FiltrosDeModeracion], responses=CasoSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not puede_moderar(cuenta_de(request)):
            raise SinPermiso("Solo moderación ve estas colas.")
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        filtro = colas.Filtro(filtros.get("consulta", ""), filtros.get("causa", ""))
        ver = filtros.get("ver", "reportados")
        con: Any
        if ver == "apelaciones":
            con = colas.apelaciones(filtro).order_by().values("aporte")
        elif ver == "reportados":
            con = colas.reportados(filtro).order_by().values("pk")
        else:
            cola = colas.removidos if ver == "removidos" else colas.sin_revisar
            con = cola(filtro).order_by().values("pk")
        return Aporte.objects.con_texto().filter(pk__in=con)

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        filas = super().paginate_queryset(queryset) or []
        pendientes = Apelacion.objects.filter(aporte__in=[f.pk for f in filas], acogida=None)
        self.apelaciones = dict(pendientes.values_list("aporte_id", "texto"))
        return colas.casos_de(filas)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "apelaciones": getattr(self, "apelaciones", {})}
