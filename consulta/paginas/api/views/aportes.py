"""Contributions: reading them, sending one, taking one's own back."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun import buscador
from comun.fechas import dia_de
from comun.limites import direccion_de, gastar
from comun.regiones import Region
from consulta.aportes.enums import Postura, Situacion, TipoAporte, TipoAutor, Valor, mascaras_con
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.envios import (
    EnvioSerializer,
    PorConfirmarSerializer,
    ReciboSerializer,
    RetiroSerializer,
    envio_de,
    invitado_de,
)
from consulta.paginas.api.folios import leer_folio, por_folio, por_parte_de_folio
from consulta.paginas.api.lectura import (
    Filtros,
    IdField,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
    leer_filtros,
)
from consulta.paginas.api.serializers.aportes import (
    ESTADOS,
    AporteDetalleSerializer,
    AporteSerializer,
)
from consulta.paginas.api.serializers.campos import (
    DE_CONSULTAS,
    DE_OPCIONES,
    DE_REGIONES,
    DE_TEMAS,
)
from consulta.paginas.filtro_propuestas import CON_ARCHIVOS, con_resultado
from consulta.respuestas.enums import Resultado
from consulta.respuestas.models import Cobertura
from cuentas.models import User

VENCIDO = "vencido"
PARA_ESCRIBIR = [permissions.IsAuthenticatedOrReadOnly]


def para_leer(aportes: AporteQuerySet) -> AporteQuerySet:
    """With all that the API says of each, in a constant number of queries."""
    return (
        aportes.con_texto()
        .select_related("institucion", "asunto__fragmento__version__consulta")
        .prefetch_related("anclas")
        .annotate(raiz_n=F("raiz__n"), padre_n=F("padre__n"))
    )


class FiltrosDeAportes(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    tipo = serializers.ChoiceField(TipoAporte.choices, required=False)
    tema = serializers.SlugField(required=False, help_text=DE_TEMAS)
    region = serializers.ChoiceField(Region.choices, required=False, help_text=DE_REGIONES)
    estado = serializers.ChoiceField([*ESTADOS, (VENCIDO, "Vencido")], required=False)
    institucion = IdField(required=False, help_text=DE_OPCIONES)
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, required=False)
    valor = serializers.ChoiceField(Valor.choices, required=False)
    resultado = serializers.ChoiceField(
        Resultado.choices, required=False, help_text="De su respuesta vigente."
    )
    adjuntos = serializers.ChoiceField(
        [("si", "Con archivos")], required=False, help_text="Solo los que traen archivos."
    )
    fragmento = IdField(required=False, help_text="Su id, en /api/v2/fragmentos/.")
    raiz = serializers.CharField(
        required=False, help_text="Folio: ese hilo, con el aporte que lo abre."
    )
    busca = serializers.CharField(
        required=False, help_text="Un folio, su sigla o su número. Para buscar palabras: /buscar/."
    )
    orden = serializers.ChoiceField(
        [
            ("recientes", "Lo último primero"),
            ("llegada", "En orden de llegada"),
            ("apoyados", "Lo más apoyado primero; los apoyos cambian mientras se lee"),
        ],
        required=False,
    )
    postura = serializers.ChoiceField(Postura.choices, required=False)
    palabras = serializers.CharField(
        required=False, max_length=200, help_text="Los que dicen todas estas palabras."
    )
    solo_raices = serializers.BooleanField(
        required=False, default=False, help_text="Sin réplicas: cada hilo se lee con `raiz`."
    )


class EnOrdenDeLlegada(PaginaPorCursor):
    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        orden = request.query_params.get("orden")
        return {"llegada": ("id",), "apoyados": ("-apoyos", "-id")}.get(orden, ("-id",))


class ListaDeAportes(ListaAbierta):
    """Any list of contributions, each with its current answer."""

    serializer_class = AporteSerializer
    pagination_class = EnOrdenDeLlegada

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        pagina = super().paginate_queryset(queryset)
        self.respuestas = Cobertura.objects.vigentes_de(pagina or [])
        return pagina

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "respuestas": getattr(self, "respuestas", {})}


class AportesView(ListaDeAportes):
    permission_classes = [permissions.AllowAny]  # whoever sends without a session gives an address
    queryset = Aporte.objects.publicos()
    filtros_class = FiltrosDeAportes

    @extend_schema(
        tags=["Aportes"], summary="Listar aportes", parameters=[FiltrosDeAportes],
        responses=AporteSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["Aportes"],
        summary="Enviar una propuesta, un comentario o una réplica",
        request=EnvioSerializer,
        responses={
            201: ReciboSerializer,
            200: OpenApiResponse(ReciboSerializer, "Este mismo envío ya había llegado."),
            202: OpenApiResponse(
                PorConfirmarSerializer, "Sin sesión, con correo: falta confirmarlo desde el correo."
            ),
        },
    )
    def post(self, request: Request) -> Response:
        datos = EnvioSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        invitado = None
        if not request.user.is_authenticated:
            invitado = invitado_de(datos.validated_data, direccion_de(request))
        envio = enviar_aporte(
            **envio_de(datos.validated_data),
            por=None if invitado else cuenta_de(request),
            invitado=invitado,
        )
        if envio.por_confirmar:
            return Response(PorConfirmarSerializer(envio).data, status=202)
        recibo = ReciboSerializer(envio, context=self.get_serializer_context())
        return Response(
            recibo.data,
            status=201 if envio.nuevo else 200,
            headers={"Location": recibo.data["api_url"]},
        )

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        return para_leer(filtrar_aportes(filas, filtros))


def filtrar_aportes(filas: AporteQuerySet, filtros: dict[str, Any]) -> AporteQuerySet:
    """`filas` as the query parameters ask."""
    directos = {
        "consulta": "consulta__slug",
        "tipo": "tipo",
        "tema": "tema__slug",
        "region": "region",
        "institucion": "institucion",
        "tipo_autor": "tipo_autor",
        "postura": "postura",
        "fragmento": "asunto__fragmento",
    }
    filas = filas.filter(**{en: filtros[f] for f, en in directos.items() if f in filtros})
    if "valor" in filtros:
        filas = filas.filter(valores__in=mascaras_con(filtros["valor"]))
    if "estado" in filtros:
        filas = por_estado(filas, filtros["estado"])
    if "resultado" in filtros:
        filas = con_resultado(filas.respondidos()).filter(Q(resultado=filtros["resultado"]))
    if "adjuntos" in filtros:
        filas = filas.filter(CON_ARCHIVOS)
    if filtros.get("solo_raices"):
        filas = filas.raices()
    ids = buscador.ids_que_dicen(Aporte, filtros["palabras"]) if "palabras" in filtros else None
    if ids is not None:
        filas = filas.filter(pk__in=ids)
    if "raiz" in filtros:
        sigla, n = leer_folio(filtros["raiz"]) or ("", 0)
        cabeza = {"consulta__sigla": sigla, "n": n}
        filas = filas.filter(Q(**cabeza) | Q(raiz__n=n, raiz__consulta__sigla=sigla))
    return por_parte_de_folio(filas, filtros["busca"]) if "busca" in filtros else filas


def por_estado(filas: AporteQuerySet, estado: str) -> AporteQuerySet:
    """Those in that place of the ledger at this instant."""
    if estado == "pendiente":
        return filas.pendientes()
    if estado == "respondido":
        return filas.respondidos()
    if estado == VENCIDO:
        return filas.vencidos(dia_de(timezone.now()))
    if estado == "sin_exigencia":
        return filas.vigentes().filter(exige_respuesta=False)
    return filas.filter(situacion=Situacion(estado))


class AporteView(RecursoAbierto):
    serializer_class = AporteDetalleSerializer

    @extend_schema(
        tags=["Aportes"], summary="Leer un aporte con su respuesta vigente",
        operation_id="aporte_retrieve",
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        leer_filtros(request, Filtros)
        return Response(detalle(self, folio))


def detalle(
    vista: RecursoAbierto,
    folio: str,
    forma: type[AporteDetalleSerializer] = AporteDetalleSerializer,
    **contexto: Any,
) -> Any:
    """One contribution as the API says it, in `forma`. Raises Http404 when it is no public one."""
    filas = por_folio(Aporte.objects.publicos(), folio)
    aporte = para_leer(filas).annotate(total_replicas=Count("hilo")).first()
    if aporte is None:
        raise Http404
    respuestas = Cobertura.objects.vigentes_de([aporte])
    contexto |= {**vista.get_serializer_context(), "respuestas": respuestas}
    return forma(aporte, context=contexto).data


def quien(request: Request, datos: serializers.Serializer[Any]) -> User | None:
    """The account, or nobody where the private code came instead; a code is a try, whoever sends it.
    Raises NotAuthenticated or DemasiadosIntentos."""
    codigo = datos.validated_data.get("codigo")
    if codigo:
        gastar("codigo", direccion_de(request))
    return None if codigo and not request.user.is_authenticated else cuenta_de(request)


class RetirarView(RecursoAbierto):
    permission_classes = [permissions.AllowAny]
    serializer_class = RetiroSerializer
    lectura_publica = False

    @extend_schema(
        tags=["Aportes"], summary="Retirar un aporte propio mientras la etapa está abierta",
        request=RetiroSerializer, responses=AporteDetalleSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        datos = RetiroSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = quien(request, datos)
        aporte = por_folio(Aporte.objects.confirmados(), folio).first()
        if aporte is None:
            raise Http404
        retirar_aporte(aporte=aporte, por=por, **datos.validated_data)
        return Response(detalle(self, folio))
