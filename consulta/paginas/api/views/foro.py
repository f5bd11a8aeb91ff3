"""The forum over the API: who sits in it, what was decided and published, and naming members."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from comun.fechas import dia_de
from consulta.paginas.api.conformidades import (
    ConformidadPublicaSerializer,
    FinDeMandatoSerializer,
    MandatoSerializer,
    NuevoMandatoSerializer,
)
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, IdField, ListaAbierta, RecursoAbierto
from consulta.paginas.api.serializers.campos import DE_CONSULTAS
from consulta.respuestas.decisiones import publicas
from consulta.respuestas.enums import Sentido
from cuentas.models import Institucion, User
from foro.enums import Sector
from foro.flows.mandatos import crear_mandato, terminar_mandato
from foro.models import Mandato
from foro.permissions import puede_gestionar_foro


class FiltrosDeIntegrantes(Filtros):
    al = serializers.DateField(
        required=False, help_text="Quiénes lo integraban ese día; hoy si falta."
    )
    sector = serializers.ChoiceField(Sector.choices, required=False)


class IntegrantesView(ListaAbierta):
    serializer_class = MandatoSerializer
    filtros_class = FiltrosDeIntegrantes
    queryset = Mandato.objects.select_related("organizacion")

    @extend_schema(
        tags=["Foro"], summary="Listar quiénes integran el foro en una fecha",
        parameters=[FiltrosDeIntegrantes], responses=MandatoSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        filas = filas.vigentes(filtros.get("al") or dia_de(timezone.now()))
        return filas.de_sectores([filtros["sector"]]) if "sector" in filtros else filas


class FiltrosDeConformidades(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    sentido = serializers.ChoiceField(
        Sentido.choices, required=False, help_text="«con_disenso» da los disensos."
    )
    respuesta = IdField(required=False)


class ConformidadesView(ListaAbierta):
    serializer_class = ConformidadPublicaSerializer
    filtros_class = FiltrosDeConformidades

    @extend_schema(
        tags=["Foro"], summary="Listar lo que el foro decidió sobre respuestas publicadas",
        parameters=[FiltrosDeConformidades], responses=ConformidadPublicaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return publicas()

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        if "consulta" in filtros:
            filas = filas.filter(version__respuesta__consulta__slug=filtros["consulta"])
        if "sentido" in filtros:
            filas = filas.filter(sentido=filtros["sentido"])
        if "respuesta" in filtros:
            filas = filas.filter(version__respuesta=filtros["respuesta"])
        return filas


class DeSecretaria(RecursoAbierto):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def leer(self, request: Request) -> tuple[User, dict[str, Any]]:
        """Who asks and what was sent. Raises SinPermiso before anything is looked up for them."""
        quien = cuenta_de(request)
        if not puede_gestionar_foro(quien):
            raise SinPermiso("Solo la secretaría técnica dice quiénes integran el foro.")
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        return quien, dict(datos.validated_data)


class MandatosView(DeSecretaria):
    serializer_class = NuevoMandatoSerializer

    @extend_schema(
        tags=["Foro"], summary="Secretaría: nombrar a un integrante del foro",
        request=NuevoMandatoSerializer, responses={201: MandatoSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien, datos = self.leer(request)
        cuenta = User.objects.filter(email__iexact=datos.pop("correo"), is_active=True).first()
        organizacion = Institucion.objects.filter(pk=datos.pop("organizacion")).first()
        if cuenta is None:
            raise DatoInvalido("No hay una cuenta con ese correo.", campo="correo")
        if organizacion is None:
            raise DatoInvalido("No existe esa institución.", campo="organizacion")
        mandato = crear_mandato(por=quien, cuenta=cuenta, organizacion=organizacion, **datos)
        return Response(MandatoSerializer(mandato).data, status=201)


class TerminarView(DeSecretaria):
    serializer_class = FinDeMandatoSerializer

    @extend_schema(
        tags=["Foro"], summary="Secretaría: terminar un mandato",
        request=FinDeMandatoSerializer, responses=MandatoSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        quien, datos = self.leer(request)
        mandato = get_object_or_404(Mandato, pk=pk)
        return Response(
            MandatoSerializer(terminar_mandato(mandato=mandato, por=quien, **datos)).data
        )
