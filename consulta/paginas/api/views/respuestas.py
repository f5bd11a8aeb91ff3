"""Responses: reading every version of each, and publishing one."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.decisiones import DecisionSerializer, PublicadaSerializer, decision_de
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import leer_folio
from consulta.paginas.api.lectura import DetalleAbierto, Filtros, IdField, ListaAbierta
from consulta.paginas.api.serializers import respuestas as formas
from consulta.paginas.api.serializers.campos import DE_OPCIONES
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Cobertura, Conformidad, Respuesta, RespuestaVersion

PUBLICADAS = Prefetch(
    "versiones",
    queryset=RespuestaVersion.objects.publicadas()
    .annotate(total_coberturas=Count("coberturas", filter=Q(coberturas__punto=None)))
    .prefetch_related(
        Prefetch(
            "conformidades",
            queryset=Conformidad.objects.select_related("mandato__organizacion", "por"),
            to_attr="decididas",
        )
    )
    .select_related("rama__consulta")
    .order_by("n"),
    to_attr="publicadas",
)


def publicas() -> QuerySet[Respuesta]:
    """Responses with a published version, in announced consultations, with all their versions."""
    con_version = RespuestaVersion.objects.publicadas().values("respuesta")
    return (
        Respuesta.objects.filter(pk__in=con_version, consulta__publicada=True)
        .select_related("consulta", "institucion")
        .prefetch_related(PUBLICADAS)
    )


class FiltrosDeRespuestas(Filtros):
    consulta = serializers.SlugField(required=False)
    institucion = IdField(required=False, help_text=DE_OPCIONES)
    resultado = serializers.ChoiceField(Resultado.choices, required=False)
    aporte = serializers.CharField(required=False, help_text="Folio de un aporte que responde.")


class RespuestasView(ListaAbierta):
    permission_classes = [permissions.IsAuthenticatedOrReadOnly]
    serializer_class = formas.RespuestaSerializer
    filtros_class = FiltrosDeRespuestas

    def get_queryset(self) -> QuerySet[Any]:
        return publicas()

    @extend_schema(
        tags=["Respuestas"], summary="Listar respuestas", parameters=[FiltrosDeRespuestas],
        responses=formas.RespuestaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["Respuestas"],
        summary="Oficiales: publicar una respuesta, o una corrección",
        request=DecisionSerializer,
        responses={
            201: PublicadaSerializer,
            202: OpenApiResponse(
                PublicadaSerializer, "Sellada: se publica cuando tenga las conformidades que pide."
            ),
        },
    )
    def post(self, request: Request) -> Response:
        datos = DecisionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        cuenta = cuenta_de(request)
        decision = decision_de(datos.validated_data, cuenta)
        if decision["coberturas"] and decision["coberturas"][0].aporte.consulta.conformidades:
            sellada = sellar_respuesta(**decision, por=cuenta)
            return Response(PublicadaSerializer(sellada).data, status=202)
        version = publicar_respuesta(**decision, por=cuenta)
        return Response(PublicadaSerializer(version).data, status=201)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        if "consulta" in filtros:
            filas = filas.filter(consulta__slug=filtros["consulta"])
        if "institucion" in filtros:
            filas = filas.filter(institucion=filtros["institucion"])
        coberturas = Cobertura.objects.publicadas()
        if "resultado" in filtros:
            coberturas = coberturas.filter(resultado=filtros["resultado"])
        if "aporte" in filtros:
            sigla, n = leer_folio(filtros["aporte"]) or ("", 0)
            coberturas = coberturas.filter(aporte__consulta__sigla=sigla, aporte__n=n)
        if filtros.keys() & {"resultado", "aporte"}:
            filas = filas.filter(pk__in=coberturas.values("version__respuesta"))
        return filas


@extend_schema(tags=["Respuestas"], summary="Leer una respuesta con todas sus versiones publicadas")
class RespuestaView(DetalleAbierto):
    serializer_class = formas.RespuestaDetalleSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return publicas()


@extend_schema(
    tags=["Respuestas"],
    summary="Listar lo que responde una versión, y dónde quedó cada aporte",
)
class CoberturasView(ListaAbierta):
    serializer_class = formas.CoberturaPublicaSerializer

    def get_queryset(self) -> QuerySet[Any]:
        version = (
            RespuestaVersion.objects.publicadas()
            .filter(respuesta__consulta__publicada=True)
            .filter(respuesta=self.kwargs.get("pk"), n=self.kwargs.get("n"))
            .first()
        )
        if version is None:
            raise Http404
        return (
            version.coberturas.filter(punto=None).con_respuesta().select_related("aporte__consulta")
        )

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        pagina = super().paginate_queryset(queryset)
        Cobertura.objects.all().poner_puntos(pagina or ())
        return pagina
