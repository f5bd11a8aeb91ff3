"""Officials: batches of answers and spreadsheets, by their programs."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.paginas.api.decisiones import institucion_de
from consulta.paginas.api.entrada import CuerpoJSON, cuenta_de
from consulta.paginas.api.lectura import ListaAbierta
from consulta.paginas.api.serializers import redaccion as formas
from consulta.paginas.api.views.redaccion import ETIQUETA, DeOficiales
from consulta.procesos.models import Consulta
from consulta.respuestas.despacho import confirmar_y_aplicar, recibir_y_leer
from consulta.respuestas.escritorio.lotes import lotes_de
from consulta.respuestas.escritorio.planillas import XLSX, planillas_de
from consulta.respuestas.flows.lotes import (
    DE_INMEDIATO,
    Sellados,
    crear_lote,
    ensayar_lote,
    poner_en_lote,
    programar_lote,
    publicar_lote,
    sellar_lote,
)
from consulta.respuestas.flows.planillas import desechar_planilla
from consulta.respuestas.models import Borrador, Lote, Planilla
from consulta.respuestas.planilla.escribir import escribir_planilla, nombre_de_archivo
from consulta.respuestas.tasks import sellar_en_segundo_plano
from cuentas.roles import Rol

FILAS = 1_000


def contados(filas: QuerySet[Lote]) -> QuerySet[Lote]:
    """With what each has; three counts in the same query."""
    selladas = Q(
        versiones__sellada_en__isnull=False,
        versiones__publicada_en=None,
        versiones__sin_efecto_en=None,
    )
    return filas.annotate(
        n_borradores=Count("borradores", distinct=True),
        n_selladas=Count("versiones", filter=selladas, distinct=True),
        n_publicadas=Count(
            "versiones", filter=Q(versiones__publicada_en__isnull=False), distinct=True
        ),
    )


class DeLotes(DeOficiales):
    def lotes(self) -> QuerySet[Lote]:
        filas = lotes_de(cuenta_de(self.request))
        if filas is None:
            raise SinPermiso("Su cuenta no responde por una institución.")
        return filas

    def lote(self) -> Lote:
        return get_object_or_404(self.lotes(), pk=self.kwargs.get("pk"))

    def decir_lote(self, lote: Lote, estado: int = 200) -> Response:
        fila = contados(Lote.objects.select_related("consulta")).get(pk=lote.pk)
        return Response(formas.LoteSerializer(fila).data, status=estado)


class LotesView(DeLotes, ListaAbierta):
    serializer_class = formas.LoteSerializer
    lectura_publica = False

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Lote.objects.none()
        return contados(self.lotes())

    @extend_schema(tags=ETIQUETA, summary="Oficiales: listar lotes de respuestas")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: crear un lote",
        request=formas.NuevoLoteSerializer, responses={201: formas.LoteSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        forma = formas.NuevoLoteSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        cuenta = cuenta_de(request)
        todas = cuenta.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        lote = crear_lote(
            nombre=forma.validated_data["nombre"],
            consulta=get_object_or_404(Consulta, slug=forma.validated_data["consulta"]),
            institucion=None if todas else cuenta.institucion,
            por=cuenta,
        )
        return self.decir_lote(lote, 201)


class LoteView(DeLotes):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: leer un lote", responses=formas.LoteSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.decir_lote(self.lote())


class PonerView(DeLotes):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: poner borradores en un lote",
        request=formas.PonerSerializer, responses=formas.LoteSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        forma = formas.PonerSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        lote = self.lote()
        filas = list(self.suyos().filter(pk__in=forma.validated_data["borradores"]))
        poner_en_lote(lote=lote, borradores=filas, por=cuenta_de(request))
        return self.decir_lote(lote)


class SellarLoteView(DeLotes):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: sellar los borradores de un lote",
        request=None, responses=formas.SelladosSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        lote, cuenta = self.lote(), cuenta_de(request)
        en_curso = Borrador.objects.filter(lote=lote).count() > DE_INMEDIATO
        if en_curso:
            sellar_en_segundo_plano(lote, cuenta)
        hecho: Any = Sellados() if en_curso else sellar_lote(lote=lote, por=cuenta)
        hecho.en_curso = en_curso
        return Response(formas.SelladosSerializer(hecho).data)


class ProgramarLoteView(DeLotes):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: dar hora a un lote, o quitársela",
        request=formas.ProgramarSerializer, responses=formas.LoteSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        forma = formas.ProgramarSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        lote = programar_lote(
            lote=self.lote(), en=forma.validated_data["publicar_en"], por=cuenta_de(request)
        )
        return self.decir_lote(lote)


class PublicarLoteView(DeLotes):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: publicar un lote en un solo momento, o simularlo",
        request=formas.PublicarSerializer, responses=formas.HechoDeLoteSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        forma = formas.PublicarSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        hacer = ensayar_lote if forma.validated_data["simular"] else publicar_lote
        hecho = hacer(lote=self.lote(), por=cuenta_de(request))
        return Response(formas.HechoDeLoteSerializer(hecho).data)


class DePlanillas(DeOficiales):
    def planillas(self) -> QuerySet[Planilla]:
        filas = planillas_de(cuenta_de(self.request))
        if filas is None:
            raise SinPermiso("Su cuenta no responde por una institución.")
        return filas

    def planilla(self) -> Planilla:
        return get_object_or_404(self.planillas(), pk=self.kwargs.get("pk"))

    def decir_planilla(self, planilla: Planilla, estado: int = 200) -> Response:
        fila: Any = (
            Planilla.objects.select_related("consulta").defer("contenido").get(pk=planilla.pk)
        )
        filas = fila.filas.order_by("n")
        cuentas = filas.order_by().values_list("estado").annotate(n=Count("pk"))
        fila.cuentas, fila.sus_filas = dict(cuentas), list(filas.defer("datos")[:FILAS])
        return Response(formas.PlanillaSerializer(fila).data, status=estado)


class ExportarView(DePlanillas):
    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: descargar como XLSX los pendientes de una consulta que se pueden responder",
        parameters=[OpenApiParameter("consulta", str, required=True, description="Su `slug`.")],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> FileResponse:
        self.planillas()
        cuenta = cuenta_de(request)
        slug = request.GET.get("consulta", "").replace("\x00", "")
        consulta = get_object_or_404(Consulta, slug=slug)
        filas = Aporte.objects.pendientes().de_consulta(consulta)
        if not cuenta.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
            filas = filas.filter(Q(institucion=cuenta.institucion_id) | Q(institucion=None))
        archivo = escribir_planilla(
            filas.order_by("vence_el", "enviado_en", "pk"), cuenta.institucion
        )
        nombre = nombre_de_archivo(consulta.sigla)
        return FileResponse(archivo, as_attachment=True, filename=nombre, content_type=XLSX)


class PlanillasView(DePlanillas):
    parser_classes = [CuerpoJSON, MultiPartParser]

    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: subir una planilla y verla fila por fila",
        request={"multipart/form-data": formas.SubirPlanillaSerializer},
        responses={201: formas.PlanillaSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        forma = formas.SubirPlanillaSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        datos, cuenta = forma.validated_data, cuenta_de(request)
        consulta = Consulta.objects.filter(slug=datos["consulta"]).first()
        if consulta is None:
            raise DatoInvalido("No existe esa consulta.", campo="consulta")
        archivo = datos["archivo"]
        planilla = recibir_y_leer(
            contenido=archivo.read(), nombre=archivo.name, consulta=consulta,
            institucion=institucion_de(datos, cuenta), por=cuenta,
        )  # fmt: skip
        return self.decir_planilla(planilla, 201)


class PlanillaView(DePlanillas):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: leer una planilla subida",
        responses=formas.PlanillaSerializer,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        return self.decir_planilla(self.planilla())


class ConfirmarView(DePlanillas):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: hacer borradores con las filas aceptadas",
        request=None, responses=formas.PlanillaSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        cuenta = cuenta_de(request)
        return self.decir_planilla(confirmar_y_aplicar(planilla=self.planilla(), por=cuenta))


class DesecharView(DePlanillas):
    @extend_schema(
        tags=ETIQUETA, summary="Oficiales: desechar una planilla, con los borradores que dejó",
        request=None, responses=formas.PlanillaSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        return self.decir_planilla(
            desechar_planilla(planilla=self.planilla(), por=cuenta_de(request))
        )
