"""The desk of a member of the forum over the API, and what officials do with sealed answers."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import SinPermiso
from comun.fechas import dia_de
from consulta.paginas.api import conformidades as formas
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, IdField, ListaAbierta, RecursoAbierto
from consulta.paginas.api.serializers.campos import DE_CONSULTAS, DE_OPCIONES
from consulta.paginas.presentacion.conformidades import generales_de, ordenadas
from consulta.respuestas import pendientes
from consulta.respuestas.conformidad import sectores_que_faltan
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.decidir import (
    Decididas,
    decidir_conformidad,
    decidir_conformidades,
)
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.mesa import repartir
from consulta.respuestas.models import Conformidad, RespuestaVersion
from consulta.respuestas.permissions import puede_publicar
from cuentas.models import User
from foro.asientos import asientos_de
from foro.models import Mandato

COBERTURAS = 100


class DeIntegrante(RecursoAbierto):
    """What only those who act from a seat of the forum today may ask."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def quien(self, request: Request) -> tuple[User, list[Mandato]]:
        """Who asks and their seats. Raises SinPermiso."""
        cuenta = cuenta_de(request)
        asientos = asientos_de(cuenta, dia_de(timezone.now()))
        if not asientos:
            raise SinPermiso("Hoy su cuenta no integra el foro.")
        return cuenta, asientos

    def enviado(self, request: Request) -> dict[str, Any]:
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        return dict(datos.validated_data)


def sellada(pk: int) -> RespuestaVersion:
    """One sealed version of a consultation that asks for approvals. Raises Http404."""
    filas = RespuestaVersion.objects.filter(sellada_en__isnull=False).exclude(
        respuesta__consulta__conformidades=[]
    )
    return get_object_or_404(ordenadas(filas), pk=pk)


class FiltrosDePendientes(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    institucion = IdField(required=False, help_text=DE_OPCIONES)


class PendientesView(DeIntegrante, ListaAbierta):
    serializer_class = formas.PorAprobarSerializer
    filtros_class = FiltrosDePendientes
    queryset = RespuestaVersion.objects.none()

    @extend_schema(
        tags=["Foro"], summary="Integrantes: listar las respuestas que esperan su conformidad",
        parameters=[FiltrosDePendientes], responses=formas.PorAprobarSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.usuario, self.asientos = self.quien(request)
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        filas = pendientes.esperan_a(self.asientos, self.usuario)
        if "consulta" in filtros:
            filas = filas.filter(respuesta__consulta__slug=filtros["consulta"])
        if "institucion" in filtros:
            filas = filas.filter(respuesta__institucion=filtros["institucion"])
        return ordenadas(filas)


class PendienteView(DeIntegrante):
    serializer_class = formas.SelladaDetalleSerializer

    @extend_schema(
        tags=["Foro"], summary="Integrantes: leer una respuesta sellada, tal como se publicará",
        responses=formas.SelladaDetalleSerializer,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        usuario, asientos = self.quien(request)
        version: Any = sellada(pk)
        version.lista = list(generales_de(version).select_related("aporte__consulta")[:COBERTURAS])
        version.decisiones = (
            Conformidad.objects.filter(version=version)
            .select_related("mandato__organizacion", "por")
            .order_by("en", "pk")
        )
        version.faltan = sectores_que_faltan([version])[version.pk]
        version.impedimento = repartir([version], asientos, usuario)[1].get(version.pk, "")
        return Response(self.get_serializer(version).data)


class DecidirView(DeIntegrante):
    serializer_class = formas.DecidirSerializer

    @extend_schema(
        tags=["Foro"], summary="Integrantes: decidir sobre una respuesta sellada",
        request=formas.DecidirSerializer, responses={201: formas.DecididasSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        usuario, asientos = self.quien(request)
        datos = self.enviado(request)
        version = sellada(pk)
        pedido = datos.pop("mandato")
        elegido = next((m for m in asientos if m.pk == pedido), None)
        if pedido is not None and elegido is None:
            raise SinPermiso("Hoy no integra el foro con ese mandato.")
        mandato = elegido or (repartir([version], asientos, usuario)[0][pk] or asientos)[0]
        hecho = decidir_conformidad(version=version, mandato=mandato, por=usuario, **datos)
        return Response(_cuerpo([hecho], {}), status=201)


class DecidirVariasView(DeIntegrante):
    serializer_class = formas.DecidirVariasSerializer

    @extend_schema(
        tags=["Foro"], summary="Integrantes: decidir sobre varias, cada una por separado",
        request=formas.DecidirVariasSerializer, responses={201: formas.DecididasSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        usuario, asientos = self.quien(request)
        datos = self.enviado(request)
        leidas = {r["id"]: r["sha256"] for r in datos["respuestas"]}
        filas = RespuestaVersion.objects.filter(pk__in=leidas).exclude(
            respuesta__consulta__conformidades=[]
        )
        pueden, trabas = repartir(filas.select_related("respuesta__consulta"), asientos, usuario)
        trabas |= {pk: "Esa respuesta no existe." for pk in leidas if pk not in pueden}
        hechos = [
            decidir_conformidades(
                leidas=suyas,
                mandato=mandato,
                sentido=datos["sentido"],
                nota=datos["nota"],
                por=usuario,
            )
            for mandato in asientos
            if (suyas := {p: leidas[p] for p, mios in pueden.items() if mios[:1] == [mandato]})
        ]
        return Response(_cuerpo(hechos, trabas), status=201)


class ConflictoView(DeIntegrante):
    serializer_class = formas.DeclararConflictoSerializer

    @extend_schema(
        tags=["Foro"], summary="Integrantes: declarar un conflicto de interés",
        request=formas.DeclararConflictoSerializer, responses={201: formas.ConflictoSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        usuario, asientos = self.quien(request)
        datos = self.enviado(request)
        version = sellada(pk)
        hecho = declarar_conflicto(
            mandato=(repartir([version], asientos, usuario)[0][pk] or asientos)[0],
            consulta=version.respuesta.consulta,
            respuesta=version.respuesta if datos["alcance"] == "respuesta" else None,
            motivo=datos["motivo"],
            por=usuario,
        )
        contexto = self.get_serializer_context()
        return Response(formas.ConflictoSerializer(hecho, context=contexto).data, status=201)


class DeOficial(RecursoAbierto):
    """A POST on one sealed version, by the officials of its institution."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = formas.DejarSerializer

    def leer(self, request: Request, pk: int, n: int) -> tuple[RespuestaVersion, User, str]:
        quien = cuenta_de(request)
        version = RespuestaVersion.objects.filter(respuesta=pk, n=n, sellada_en__isnull=False)
        fila = version.select_related("respuesta").first()
        if fila is None:
            raise Http404
        if not puede_publicar(quien, fila.respuesta):
            raise SinPermiso("Esta respuesta es de otra institución.")
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        return fila, quien, datos.validated_data["motivo"]


class DejarView(DeOficial):
    @extend_schema(
        tags=["Respuestas"], summary="Oficiales: dejar sin efecto una respuesta sellada",
        request=formas.DejarSerializer, responses=formas.SinEfectoSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int, n: int) -> Response:
        version, quien, motivo = self.leer(request, pk, n)
        hecha = dejar_sin_efecto(version=version, motivo=motivo, por=quien)
        return Response(formas.SinEfectoSerializer(hecha).data)


class RetomarView(DeOficial):
    @extend_schema(
        tags=["Respuestas"], summary="Oficiales: volver a un borrador con el texto sellado",
        request=formas.DejarSerializer, responses=formas.SinEfectoSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int, n: int) -> Response:
        version, quien, motivo = self.leer(request, pk, n)
        retomar(version=version, por=quien, motivo=motivo)
        version.refresh_from_db()
        return Response(formas.SinEfectoSerializer(version).data)


def _cuerpo(hechos: list[Decididas], trabas: dict[int, str]) -> dict[str, Any]:
    trabas = trabas | {pk: e.mensaje for h in hechos for pk, e in h.rechazadas.items()}
    return {
        "decididas": [c.version_id for h in hechos for c in h.conformidades],
        "publicadas": [v.pk for h in hechos for v in h.publicadas],
        "rechazadas": [{"id": pk, "motivo": motivo} for pk, motivo in trabas.items()],
    }
