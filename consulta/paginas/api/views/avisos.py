"""One's own notices over the API: reading them, marking them read, choosing how to be told."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.avisos.bandeja import avisos_de, marcar_leidos
from comun.avisos.preferencias import modos_de, preferir
from comun.clases import PREDETERMINADO, Clase, Modo
from comun.registro import Aviso
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, IdField, ListaAbierta, RecursoAbierto
from consulta.paginas.api.serializers.campos import DireccionField

CON_SESION = [permissions.IsAuthenticated]


class AvisoSerializer(serializers.ModelSerializer[Aviso]):
    clase = serializers.ChoiceField(Clase.choices, help_text="De qué trata.")
    direccion = DireccionField(source="url", help_text="Adónde lleva; vacía si a ninguna parte.")
    creado_en = serializers.DateTimeField()
    leido = serializers.SerializerMethodField()

    class Meta:
        model = Aviso
        fields = ["id", "clase", "texto", "direccion", "creado_en", "leido"]

    def get_leido(self, aviso: Aviso) -> bool:
        return aviso.leido_en is not None


class LeidosSerializer(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=IdField(), required=False, max_length=500, help_text="Cuáles; sin esto, todos."
    )


class CuantosSerializer(serializers.Serializer[Any]):
    marcados = serializers.IntegerField(help_text="Cuántos no estaban leídos todavía.")


class PreferenciasSerializer(serializers.Serializer[Any]):
    respuestas = serializers.ChoiceField(Modo.choices, required=False)
    hilos = serializers.ChoiceField(Modo.choices, required=False)
    procesos = serializers.ChoiceField(Modo.choices, required=False)
    encargos = serializers.ChoiceField(Modo.choices, required=False)


class FiltrosDeAvisos(Filtros):
    pendientes = serializers.BooleanField(required=False, help_text="Solo los que no ha leído.")


class AvisosView(ListaAbierta):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = AvisoSerializer
    filtros_class = FiltrosDeAvisos
    queryset = Aviso.objects.none()

    @extend_schema(tags=["Avisos"], summary="Leer los avisos propios", parameters=[FiltrosDeAvisos])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return avisos_de(cuenta_de(self.request).pk)

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        return filas.filter(leido_en=None) if filtros.get("pendientes") else filas


class LeerAvisosView(RecursoAbierto):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = LeidosSerializer

    @extend_schema(
        tags=["Avisos"],
        summary="Marcar avisos como leídos",
        request=LeidosSerializer,
        responses=CuantosSerializer,
    )
    def post(self, request: Request) -> Response:
        datos = LeidosSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        marcados = marcar_leidos(
            cuenta=cuenta_de(request).pk,
            ids=datos.validated_data.get("ids"),
            ahora=timezone.now(),
        )
        return Response({"marcados": marcados})


class PreferenciasView(RecursoAbierto):
    permission_classes = CON_SESION
    lectura_publica = False
    serializer_class = PreferenciasSerializer

    @extend_schema(
        tags=["Avisos"], summary="Cómo llega cada clase de aviso", responses=PreferenciasSerializer
    )
    def get(self, request: Request) -> Response:
        return Response(modos_de(f"cuenta:{cuenta_de(request).pk}"))

    @extend_schema(
        tags=["Avisos"],
        summary="Elegir cómo llega cada clase de aviso",
        request=PreferenciasSerializer,
        responses=PreferenciasSerializer,
    )
    def patch(self, request: Request) -> Response:
        datos = PreferenciasSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        destino = f"cuenta:{cuenta_de(request).pk}"
        preferir(destino=destino, modos=datos.validated_data, ahora=timezone.now())
        return Response(modos_de(destino))


assert set(PREDETERMINADO) == set(PreferenciasSerializer().fields)  # noqa: S101 — one field each
