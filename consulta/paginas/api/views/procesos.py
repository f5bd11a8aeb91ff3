"""Reading processes, consultations and fragments."""

from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.fechas import dia_de
from comun.regiones import Region
from consulta.aportes.enums import Situacion, TipoAporte, TipoAutor, Valor
from consulta.aportes.models import Aporte
from consulta.paginas.api.lectura import (
    DetalleAbierto,
    Filtros,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
    leer_filtros,
)
from consulta.paginas.api.serializers import procesos as formas
from consulta.paginas.api.serializers.campos import (
    InstitucionSerializer,
    OpcionSerializer,
    RegionSerializer,
    TemaSerializer,
)
from consulta.procesos.enums import Regimen
from consulta.procesos.models import Consulta, Fragmento, Proceso, Tema, VersionBorrador
from consulta.respuestas.enums import Resultado
from cuentas.models import Institucion


class ConReloj(RecursoAbierto):
    """States depend on the instant: one for the whole answer."""

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "ahora": timezone.now()}


class FiltrosDeProcesos(Filtros):
    regimen = serializers.ChoiceField(Regimen.choices, required=False)


@extend_schema(tags=["Procesos"], summary="Listar procesos", parameters=[FiltrosDeProcesos])
class ProcesosView(ListaAbierta):
    queryset = Proceso.objects.order_by("-pk")
    serializer_class = formas.ProcesoSerializer
    filtros_class = FiltrosDeProcesos

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        return filas.filter(**filtros)


@extend_schema(tags=["Procesos"], summary="Leer un proceso con sus etapas y consultas")
class ProcesoView(ConReloj, DetalleAbierto):
    queryset = Proceso.objects.con_etapas().prefetch_related("etapas__prorrogas")
    serializer_class = formas.ProcesoDetalleSerializer
    lookup_field = "slug"


class FiltrosDeConsultas(Filtros):
    proceso = serializers.SlugField(required=False)
    abierta = serializers.BooleanField(
        required=False, help_text="Solo las que están abiertas en este momento."
    )


@extend_schema(tags=["Procesos"], summary="Listar consultas", parameters=[FiltrosDeConsultas])
class ConsultasView(ConReloj, ListaAbierta):
    queryset = Consulta.objects.publicadas().con_contexto()
    serializer_class = formas.ConsultaSerializer
    filtros_class = FiltrosDeConsultas

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        if filtros.get("abierta"):
            filas = filas.abiertas(timezone.now())
        return (
            filas.filter(etapa__proceso__slug=filtros["proceso"]) if "proceso" in filtros else filas
        )


@extend_schema(tags=["Procesos"], summary="Leer una consulta, sus borradores y su balance")
class ConsultaView(ConReloj, DetalleAbierto):
    serializer_class = formas.ConsultaDetalleSerializer
    lookup_field = "slug"
    queryset = (
        Consulta.objects.publicadas()
        .con_contexto()
        .prefetch_related(
            "etapa__prorrogas",
            "excepciones",
            Prefetch(
                "versiones",
                queryset=VersionBorrador.objects.publicadas(),
                to_attr="versiones_publicas",
            ),
        )
    )

    def get_object(self) -> Any:
        consulta = super().get_object()
        aportes = Aporte.objects.de_consulta(consulta)
        consulta.balance = aportes.balance(dia_de(timezone.now()))
        return consulta


class FiltrosDeFragmentos(Filtros):
    consulta = serializers.SlugField(required=False)
    version = serializers.IntegerField(required=False, min_value=1, max_value=32_767)


class EnOrdenDelTexto(PaginaPorCursor):
    """By version, then in the order of the text: one number for both, so that the cursor is exact."""

    ordering = "posicion"


COMENTARIOS = Count(
    "asunto__aportes",
    filter=Q(
        asunto__aportes__tipo=TipoAporte.OBSERVACION,
        asunto__aportes__situacion=Situacion.VIGENTE,
        asunto__aportes__confirmado_en__isnull=False,
    ),
)


@extend_schema(
    tags=["Procesos"],
    summary="Listar párrafos de borradores publicados",
    parameters=[FiltrosDeFragmentos],
)
class FragmentosView(ListaAbierta):
    queryset = (
        Fragmento.objects.publicos()
        .select_related("version__consulta")
        .annotate(posicion=F("version_id") * 1_000_000 + F("orden"), comentarios=COMENTARIOS)
    )
    serializer_class = formas.FragmentoSerializer
    pagination_class = EnOrdenDelTexto
    filtros_class = FiltrosDeFragmentos

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        if "consulta" in filtros:
            filas = filas.filter(version__consulta__slug=filtros["consulta"])
        return filas.filter(version__n=filtros["version"]) if "version" in filtros else filas


@extend_schema(tags=["Procesos"], summary="Leer un párrafo")
class FragmentoView(DetalleAbierto):
    queryset = (
        Fragmento.objects.publicos()
        .select_related("version__consulta")
        .annotate(comentarios=COMENTARIOS)
    )
    serializer_class = formas.FragmentoSerializer


class OpcionesSerializer(serializers.Serializer[Any]):
    """The closed lists that filters and sendings take their values from."""

    temas = TemaSerializer(many=True)
    regiones = RegionSerializer(many=True)
    instituciones = InstitucionSerializer(many=True)
    tipos_autor = OpcionSerializer(many=True)
    valores = OpcionSerializer(many=True)
    resultados = OpcionSerializer(many=True)


def _opciones(lista: list[tuple[str, Any]]) -> list[dict[str, str]]:
    return [{"valor": valor, "nombre": str(nombre)} for valor, nombre in lista]


@extend_schema(
    tags=["Procesos"], summary="Valores para filtrar y enviar", responses=OpcionesSerializer
)
class OpcionesView(RecursoAbierto):
    serializer_class = OpcionesSerializer

    def get(self, request: Request) -> Response:
        leer_filtros(request, Filtros)
        listas = {
            "temas": Tema.objects.all(),
            "regiones": [{"codigo": r.value, "nombre": r.label} for r in Region],
            "instituciones": Institucion.objects.only("nombre", "sigla"),
            "tipos_autor": _opciones(TipoAutor.choices),
            "valores": _opciones(Valor.choices),
            "resultados": _opciones(Resultado.choices),
        }
        return Response(OpcionesSerializer(listas).data)
