"""Shared texts over the API: read by anyone, decided by moderators and the secretariat."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from consulta.aportes import campanas
from consulta.aportes.enums import ClaseGrupo, EstadoCampana, VerMiembros
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    devolver_a_campana,
    modelo_de,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.permissions import puede_revisar_campanas
from consulta.aportes.semejanza.parecidos import texto_completo
from consulta.paginas.api.campanas import (
    CampanaConTextoSerializer,
    CampanaDelEscritorioSerializer,
    CampanaSerializer,
    ConfirmarCampanaSerializer,
    DeshacerCampanaSerializer,
    FoliosSerializer,
    MiembroSerializer,
)
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import aportes_de
from consulta.paginas.api.lectura import Filtros, ListaAbierta, RecursoAbierto
from consulta.paginas.presentacion.campanas import de_consulta, vista_de
from consulta.procesos.models import Consulta
from cuentas.models import User

ESTADOS = [(e.value, str(e.label)) for e in EstadoCampana]
QUIENES = [(v.value, str(v.label)) for v in VerMiembros]


class FiltrosDeCampanas(Filtros):
    consulta = serializers.SlugField()


class FiltrosDelEscritorio(Filtros):
    consulta = serializers.SlugField(required=False)
    estado = serializers.ChoiceField(ESTADOS, required=False)


class FiltrosDeMiembros(Filtros):
    ver = serializers.ChoiceField(QUIENES, required=False)


def revisora(request: Request) -> User:
    """Who asks. Raises SinPermiso when shared texts are not theirs to decide about."""
    quien = cuenta_de(request)
    if not puede_revisar_campanas(quien):
        raise SinPermiso("Solo moderación y secretaría revisan textos compartidos.")
    return quien


class TextosCompartidosView(ListaAbierta):
    serializer_class = CampanaSerializer
    filtros_class = FiltrosDeCampanas
    queryset = Consulta.objects.none()

    @extend_schema(
        tags=["Aportes"], summary="Listar los textos que varias personas enviaron a una consulta",
        parameters=[FiltrosDeCampanas], responses=CampanaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        consulta = get_object_or_404(Consulta.objects.publicadas(), slug=filtros["consulta"])
        return de_consulta(consulta)

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        return [vista_de(fila) for fila in super().paginate_queryset(queryset) or []]


class TextoCompartidoView(RecursoAbierto):
    serializer_class = CampanaConTextoSerializer

    @extend_schema(
        tags=["Aportes"], summary="Leer un texto que varias personas enviaron",
        responses=CampanaConTextoSerializer,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        grupo = get_object_or_404(
            Grupo.objects.select_related("consulta"),
            pk=pk, clase=ClaseGrupo.CAMPANA, deshecho_en=None, consulta__publicada=True,
        )  # fmt: skip
        modelo = modelo_de(grupo)
        if modelo is None:
            raise Http404
        vista = CampanaSerializer(vista_de(grupo), context=self.get_serializer_context()).data
        return Response(
            {
                **vista,
                "consulta": grupo.consulta.slug,
                "folio": modelo.folio,
                "texto": texto_completo(modelo),
            }
        )


class CampanasView(ListaAbierta):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = CampanaDelEscritorioSerializer
    filtros_class = FiltrosDelEscritorio
    queryset = Grupo.objects.none()

    @extend_schema(
        tags=["Moderación"], summary="Listar los textos compartidos por revisar y los revisados",
        parameters=[FiltrosDelEscritorio], responses=CampanaDelEscritorioSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        revisora(request)
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        return campanas.campanas(filtros.get("estado", ""), filtros.get("consulta", ""))


class MiembrosView(ListaAbierta):
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False
    serializer_class = MiembroSerializer
    filtros_class = FiltrosDeMiembros
    queryset = Grupo.objects.none()

    @extend_schema(
        tags=["Moderación"], summary="Leer quiénes enviaron un texto compartido y qué agregó cada uno",
        parameters=[FiltrosDeMiembros], responses=MiembroSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        revisora(request)
        self.grupo = get_object_or_404(Grupo, pk=kwargs["pk"], clase=ClaseGrupo.CAMPANA)
        return super().get(request, *args, **kwargs)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        return campanas.miembros(self.grupo, filtros.get("ver", VerMiembros.TODOS))

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        modelo = modelo_de(self.grupo)
        comun = texto_completo(modelo) if modelo is not None else ""
        return campanas.con_cambios(super().paginate_queryset(queryset) or [], comun)


class ActoDeCampana(RecursoAbierto):
    """A POST on one group: checked, done by its flow, told."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def leer(self, request: Request, pk: int) -> tuple[Grupo, User, dict[str, Any]]:
        """The group, who asks, and what was sent."""
        quien = revisora(request)
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        grupo = get_object_or_404(Grupo, pk=pk, clase=ClaseGrupo.CAMPANA)
        return grupo, quien, dict(datos.validated_data)

    def contar(self, grupo: Grupo) -> Response:
        """The group as it stands now."""
        fila = Grupo.objects.select_related("consulta").get(pk=grupo.pk)
        return Response(CampanaDelEscritorioSerializer(fila).data)


class ConfirmarCampanaView(ActoDeCampana):
    serializer_class = ConfirmarCampanaSerializer

    @extend_schema(
        tags=["Moderación"], summary="Confirmar que es un mismo texto y ponerle título",
        request=ConfirmarCampanaSerializer, responses=CampanaDelEscritorioSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        grupo, quien, datos = self.leer(request, pk)
        revisar_campana(grupo=grupo, por=quien, **datos)
        return self.contar(grupo)


class SacarDeCampanaView(ActoDeCampana):
    serializer_class = FoliosSerializer

    @extend_schema(
        tags=["Moderación"], summary="Sacar aportes de un texto compartido",
        request=FoliosSerializer, responses=CampanaDelEscritorioSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        grupo, quien, datos = self.leer(request, pk)
        sacar_de_campana(grupo=grupo, aportes=_miembros(grupo, datos["folios"]), por=quien)
        return self.contar(grupo)


class DevolverACampanaView(ActoDeCampana):
    serializer_class = FoliosSerializer

    @extend_schema(
        tags=["Moderación"], summary="Devolver a un texto compartido aportes que se habían sacado",
        request=FoliosSerializer, responses=CampanaDelEscritorioSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        grupo, quien, datos = self.leer(request, pk)
        devolver_a_campana(grupo=grupo, aportes=_miembros(grupo, datos["folios"]), por=quien)
        return self.contar(grupo)


class DeshacerCampanaView(ActoDeCampana):
    serializer_class = DeshacerCampanaSerializer

    @extend_schema(
        tags=["Moderación"], summary="Deshacer un texto compartido: cada aporte queda por separado",
        request=DeshacerCampanaSerializer, responses=CampanaDelEscritorioSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        grupo, quien, datos = self.leer(request, pk)
        deshacer_campana(grupo=grupo, por=quien, **datos)
        return self.contar(grupo)


def _miembros(grupo: Grupo, folios: list[str]) -> list[Aporte]:
    """Raises DatoInvalido naming the first that was never in the group."""
    hallados = aportes_de(folios)
    suyos = set(
        grupo.miembros.filter(aporte__in=hallados.values()).values_list("aporte_id", flat=True)
    )
    for folio in folios:
        aporte = hallados.get(folio.upper())
        if aporte is None or aporte.pk not in suyos:
            raise DatoInvalido(f"{folio} no está en este grupo.", campo="folios")
    return list(hallados.values())
