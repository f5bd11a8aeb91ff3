"""What the API adds for proposals: files, groups, points, entering what came by other ways."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import exceptions, permissions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from comun.limites import direccion_de, gastar
from consulta.aportes.enums import Canal, ClaseGrupo
from consulta.aportes.flows.adjuntar import subir_adjunto
from consulta.aportes.flows.agrupar import agrupar_propuestas, deshacer_grupo
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.aportes.flows.ingresar import Ingreso, ingresar_aporte
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.semejanza.semejantes import semejantes
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.envios import IngresoSerializer, adjuntos_de, contenido_de
from consulta.paginas.api.folios import aportes_de, por_folio
from consulta.paginas.api.lectura import Filtros, ListaAbierta, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.aportes import AporteSerializer
from consulta.paginas.api.serializers.propuestas import (
    DivisionSerializer,
    GrupoSerializer,
    MotivoSerializer,
    NuevoGrupoSerializer,
    ParecidaSerializer,
    ParecidasSerializer,
    SubidaSerializer,
)
from consulta.procesos.models import Consulta

CON_SESION = [permissions.IsAuthenticated]
PARA_ESCRIBIR = [permissions.IsAuthenticatedOrReadOnly]


class FiltrosDeGrupos(Filtros):
    consulta = serializers.SlugField(required=False)


def grupos_publicos() -> Any:
    return (
        Grupo.objects.exclude(clase=ClaseGrupo.CAMPANA)
        .filter(consulta__publicada=True)
        .select_related("consulta")
        .prefetch_related("miembros__aporte__consulta")
    )


class AdjuntosView(RecursoAbierto):
    permission_classes = [permissions.AllowAny]  # guests too, where the consultation takes them
    lectura_publica = False
    parser_classes = [MultiPartParser]
    serializer_class = SubidaSerializer

    @extend_schema(
        tags=["Propuestas"],
        summary="Subir un archivo, para enviarlo después con un aporte",
        request={
            "multipart/form-data": inline_serializer(
                "ArchivoSubido",
                {"consulta": serializers.SlugField(), "archivo": serializers.FileField()},
            )
        },
        responses={201: SubidaSerializer},
    )
    def post(self, request: Request) -> Response:
        consulta = _consulta(str(request.POST.get("consulta", "")).replace("\x00", ""))
        archivo = request.FILES.get("archivo")
        if archivo is None:
            raise DatoInvalido("Falta el archivo.", campo="archivo")
        por = cuenta_de(request) if request.user.is_authenticated else None
        if por is None and not consulta.acepta_invitados:
            raise exceptions.NotAuthenticated
        if por is None:
            gastar("subida_invitado", direccion_de(request))
        subida = subir_adjunto(consulta=consulta, archivo=archivo, por=por)
        return Response(SubidaSerializer(subida).data, status=201)


class SemejantesView(RecursoAbierto):
    permission_classes = [permissions.AllowAny]
    lectura_publica = False
    serializer_class = ParecidasSerializer

    @extend_schema(
        tags=["Propuestas"], summary="Buscar propuestas parecidas a la que se va a enviar",
        request=ParecidasSerializer, responses=ParecidaSerializer(many=True),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = ParecidasSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = datos.validated_data
        gastar("semejantes", direccion_de(request))
        hallados = semejantes(_consulta(dicho["consulta"]), dicho["titulo"], dicho["problema"])
        parecido = {s.aporte_id: round(s.parecido, 2) for s in hallados}
        filas = Aporte.objects.con_texto().in_bulk(list(parecido))
        contexto = {**self.get_serializer_context(), "parecido": parecido}
        vistas = [filas[pk] for pk in parecido]
        return Response(ParecidaSerializer(vistas, many=True, context=contexto).data)


class GruposView(ListaAbierta):
    permission_classes = PARA_ESCRIBIR
    serializer_class = GrupoSerializer
    filtros_class = FiltrosDeGrupos

    def get_queryset(self) -> Any:
        return grupos_publicos()

    @extend_schema(
        tags=["Propuestas"], summary="Listar propuestas tratadas juntas o por puntos",
        parameters=[FiltrosDeGrupos], responses=GrupoSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["Propuestas"], summary="Tratar propuestas en conjunto",
        request=NuevoGrupoSerializer, responses={201: GrupoSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = NuevoGrupoSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = datos.validated_data
        hallados = aportes_de(dicho["folios"])
        if len(hallados) != len({f.upper() for f in dicho["folios"]}):
            raise DatoInvalido("Uno de los folios no existe.", campo="folios")
        grupo = agrupar_propuestas(
            aportes=list(hallados.values()),
            titulo=dicho["titulo"],
            texto=dicho["texto"],
            motivo=dicho["motivo"],
            por=cuenta_de(request),
        )
        return _dicho(self, grupo.pk, 201)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        return filas.filter(consulta__slug=filtros["consulta"]) if "consulta" in filtros else filas


class GrupoView(RecursoAbierto):
    serializer_class = GrupoSerializer

    @extend_schema(tags=["Propuestas"], summary="Leer un grupo", operation_id="grupo_retrieve")
    def get(self, request: Request, pk: int) -> Response:
        leer_filtros(request, Filtros)
        return _dicho(self, pk, 200)


class DeshacerGrupoView(RecursoAbierto):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = MotivoSerializer

    @extend_schema(
        tags=["Propuestas"], summary="Deshacer un grupo o una división",
        request=MotivoSerializer, responses=GrupoSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        datos = MotivoSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        grupo = grupos_publicos().filter(pk=pk).first()
        if grupo is None:
            raise Http404
        deshacer_grupo(grupo=grupo, por=cuenta_de(request), **datos.validated_data)
        return _dicho(self, pk, 200)


class DividirView(RecursoAbierto):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = DivisionSerializer

    @extend_schema(
        tags=["Propuestas"], summary="Dividir una propuesta en puntos",
        request=DivisionSerializer, responses={201: GrupoSerializer},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        datos = DivisionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        aporte = por_folio(Aporte.objects.publicos(), folio).first()
        if aporte is None:
            raise Http404
        puntos = [PuntoPropuesto(p["texto"], p["titulo"]) for p in datos.validated_data["puntos"]]
        grupo = dividir_propuesta(
            aporte=aporte,
            puntos=puntos,
            motivo=datos.validated_data["motivo"],
            por=cuenta_de(request),
        )
        return _dicho(self, grupo.pk, 201)


class IngresosView(RecursoAbierto):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = IngresoSerializer

    @extend_schema(
        tags=["Propuestas"], summary="Ingresar una propuesta que llegó por oficio, mesa o papel",
        request=IngresoSerializer, responses={201: AporteSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        datos = IngresoSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        dicho = datos.validated_data
        aporte = ingresar_aporte(
            consulta=_consulta(dicho["consulta"]),
            contenido=contenido_de(dicho),
            ingreso=Ingreso(
                Canal(dicho["canal"]), dicho["recibido"], dicho["referencia"], dicho["correo"]
            ),
            por=cuenta_de(request),
            clave=dicho["clave"],
            adjuntos=adjuntos_de(dicho),
        )
        contexto = {**self.get_serializer_context(), "respuestas": {}}
        fila = Aporte.objects.con_texto().select_related("institucion").get(pk=aporte.pk)
        return Response(AporteSerializer(fila, context=contexto).data, status=201)


def _consulta(slug: str) -> Consulta:
    consulta = Consulta.objects.publicadas().con_contexto().filter(slug=slug).first()
    if consulta is None:
        raise DatoInvalido("Indique una consulta publicada.", campo="consulta")
    return consulta


def _dicho(vista: RecursoAbierto, pk: int, estado: int) -> Response:
    grupo = grupos_publicos().filter(pk=pk).first()
    if grupo is None:
        raise Http404
    return Response(
        GrupoSerializer(grupo, context=vista.get_serializer_context()).data, status=estado
    )
