"""Versions of a draft: anyone reads what is published, the secretariat prepares, corrects and publishes."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from consulta.paginas.api.entrada import CuerpoJSON, cuenta_de
from consulta.paginas.api.lectura import (
    DetalleAbierto,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
)
from consulta.paginas.api.serializers import versiones as formas
from consulta.procesos.flows import revisar
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import cambiar_version, preparar_version
from consulta.procesos.huellas import marca_de_version
from consulta.procesos.importar.archivos import PESO_MAXIMO
from consulta.procesos.models import Consulta, Correspondencia, Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User

ETIQUETA = ["Versiones del borrador"]


class PorLlegada(PaginaPorCursor):
    ordering = "id"


class PorOrden(PaginaPorCursor):
    ordering = "orden"


def publicadas(slug: str | None) -> QuerySet[VersionBorrador]:
    return (
        VersionBorrador.objects.publicadas()
        .filter(consulta__slug=slug, consulta__publicada=True)
        .select_related("consulta")
        .annotate(total_fragmentos=Count("fragmentos"))
    )


class DeSecretaria(RecursoAbierto):
    """Only for whoever manages processes, by session; never kept by a cache."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def encargada(self) -> User:
        cuenta = cuenta_de(self.request)
        if not puede_gestionar_procesos(cuenta):
            raise SinPermiso("Solo la secretaría técnica prepara versiones del borrador.")
        return cuenta

    def version(self) -> VersionBorrador:
        self.encargada()
        return get_object_or_404(
            VersionBorrador.objects.select_related("consulta__etapa__proceso"),
            consulta__slug=self.kwargs.get("slug"),
            n=self.kwargs.get("n"),
        )

    def decir(self, version: VersionBorrador, estado: int = 200) -> Response:
        return Response(_preparada(version), status=estado)


def _preparada(version: VersionBorrador) -> Any:
    version.marca_actual = marca_de_version(version)  # type: ignore[attr-defined]
    return formas.VersionPreparadaSerializer(version).data


def _contenido(request: Request) -> dict[str, Any]:
    """Arguments of the flows that take a text or a file."""
    forma = formas.ArchivoOTextoSerializer(data=request.data)
    forma.is_valid(raise_exception=True)
    datos = dict(forma.validated_data)
    archivo = datos.pop("archivo", None)
    if archivo is not None:
        if archivo.size > PESO_MAXIMO:
            raise DatoInvalido("El archivo pesa demasiado: el máximo son 20 MB.", campo="archivo")
        datos |= {"archivo": archivo.read(), "nombre": archivo.name}
    return datos


class VersionesView(ListaAbierta):
    permission_classes = [permissions.IsAuthenticatedOrReadOnly]
    parser_classes = [CuerpoJSON, MultiPartParser]
    serializer_class = formas.VersionDetalleSerializer
    pagination_class = PorLlegada

    def get_queryset(self) -> QuerySet[Any]:
        return publicadas(self.kwargs.get("slug"))

    @extend_schema(tags=ETIQUETA, summary="Listar las versiones publicadas de un borrador")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: preparar una versión",
        request=formas.ArchivoOTextoSerializer,
        responses={201: formas.VersionPreparadaSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        cuenta = cuenta_de(request)
        if not puede_gestionar_procesos(cuenta):
            raise SinPermiso("Solo la secretaría técnica prepara versiones del borrador.")
        consulta = get_object_or_404(Consulta.objects.con_contexto(), slug=slug)
        datos = _contenido(request)
        datos.pop("marca")
        version = preparar_version(consulta=consulta, por=cuenta, **datos)
        return Response(_preparada(version), status=201)


@extend_schema(tags=ETIQUETA, summary="Leer una versión publicada")
class VersionView(DetalleAbierto):
    serializer_class = formas.VersionDetalleSerializer
    lookup_field = "n"

    def get_queryset(self) -> QuerySet[Any]:
        return publicadas(self.kwargs.get("slug"))


@extend_schema(
    tags=ETIQUETA, summary="Listar de dónde viene cada fragmento de una versión publicada"
)
class CorrespondenciasView(ListaAbierta):
    serializer_class = formas.CorrespondenciaSerializer
    pagination_class = PorLlegada

    def get_queryset(self) -> QuerySet[Any]:
        version = get_object_or_404(publicadas(self.kwargs.get("slug")), n=self.kwargs.get("n"))
        return Correspondencia.objects.filter(a__version=version).select_related(
            "de__version__consulta", "a__version__consulta"
        )


class RevisionView(DeSecretaria, ListaAbierta):
    serializer_class = formas.RevisionSerializer
    pagination_class = PorOrden
    parser_classes = [CuerpoJSON, MultiPartParser]

    def get_queryset(self) -> QuerySet[Any]:
        aristas = Correspondencia.objects.select_related("de").order_by("de__orden")
        return self.version().fragmentos.prefetch_related(Prefetch("anteriores", queryset=aristas))

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: leer los fragmentos de una versión y de dónde vienen",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: reemplazar el texto de una versión sin publicar",
        request=formas.ArchivoOTextoSerializer,
        responses=formas.VersionPreparadaSerializer,
    )
    def put(self, request: Request, slug: str, n: int) -> Response:
        version = self.version()
        datos = _contenido(request)
        datos["titulo"] = datos["titulo"] or version.titulo
        return self.decir(cambiar_version(objeto=version, por=self.encargada(), **datos))


class CorregirFragmentoView(DeSecretaria):
    serializer_class = formas.CorreccionSerializer

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: corregir, dividir, unir, quitar o emparejar un fragmento",
        responses=formas.VersionPreparadaSerializer,
    )
    def patch(self, request: Request, slug: str, n: int, orden: int) -> Response:
        version, cuenta = self.version(), self.encargada()
        forma = formas.CorreccionSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        fragmento = get_object_or_404(version.fragmentos.select_related("version"), orden=orden)
        _corregir(fragmento, cuenta, dict(forma.validated_data))
        version.refresh_from_db()
        return self.decir(version)


def _corregir(fragmento: Fragmento, por: User, datos: dict[str, Any]) -> None:
    comunes: dict[str, Any] = {"fragmento": fragmento, "por": por, "marca": datos.pop("marca")}
    if datos.get("unir"):
        revisar.unir_fragmento(**comunes)
    elif datos.get("quitar"):
        revisar.quitar_fragmento(**comunes)
    elif "corte" in datos:
        revisar.dividir_fragmento(**comunes, corte=datos["corte"])
    elif "anteriores" in datos:
        revisar.corresponder(**comunes, anteriores=_anteriores(fragmento, datos["anteriores"]))
    else:
        revisar.cambiar_fragmento(
            **comunes, texto=datos.get("texto"), tipo=datos.get("tipo"), nivel=datos.get("nivel")
        )


def _anteriores(fragmento: Fragmento, ordenes: list[int]) -> list[Fragmento]:
    previa = fragmento.version.anterior()
    halladas = list(previa.fragmentos.filter(orden__in=ordenes)) if previa else []
    faltan = set(ordenes) - {f.orden for f in halladas}
    if faltan:
        raise DatoInvalido(
            f"La versión anterior no tiene un fragmento {min(faltan)}.", campo="anteriores"
        )
    return halladas


class PublicarVersionView(DeSecretaria):
    serializer_class = formas.PublicarVersionSerializer

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: publicar una versión, para siempre",
        responses=formas.VersionPreparadaSerializer,
    )
    def post(self, request: Request, slug: str, n: int) -> Response:
        version = self.version()
        forma = formas.PublicarVersionSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        return self.decir(
            publicar_version(version=version, por=self.encargada(), **forma.validated_data)
        )


class DeshacerView(DeSecretaria):
    serializer_class = formas.DeshacerSerializer

    @extend_schema(
        tags=ETIQUETA,
        summary="Secretaría técnica: deshacer la última corrección",
        responses=formas.VersionPreparadaSerializer,
    )
    def post(self, request: Request, slug: str, n: int) -> Response:
        version = self.version()
        forma = formas.DeshacerSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        return self.decir(
            revisar.deshacer(version=version, por=self.encargada(), **forma.validated_data)
        )
