"""The most contested answers, and what authors say of theirs in figures."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.lectura import (
    Filtros,
    IdField,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
    leer_filtros,
)
from consulta.paginas.api.serializers import despues as formas
from consulta.paginas.api.serializers.campos import DE_OPCIONES
from consulta.paginas.presentacion.discutidas import filas_de
from consulta.respuestas.discutidas import ABIERTA, RESUELTA, discutidas, opiniones
from consulta.respuestas.enums import Responde


class FiltrosDeOpiniones(Filtros):
    consulta = serializers.SlugField(required=False)
    institucion = IdField(required=False, help_text=DE_OPCIONES)


class FiltrosDeDiscutidas(FiltrosDeOpiniones):
    responde = serializers.ChoiceField(Responde.choices, required=False)
    revision = serializers.ChoiceField(
        [(ABIERTA, "Abierta"), (RESUELTA, "Resuelta")], required=False
    )


class PorPuntos(PaginaPorCursor):
    ordering = ("-peso", "-id")


@extend_schema(
    tags=["Respuestas"], summary="Listar las respuestas más discutidas",
    parameters=[FiltrosDeDiscutidas], responses=formas.DiscutidaSerializer(many=True),
)  # fmt: skip
class MasDiscutidasView(ListaAbierta):
    serializer_class = formas.DiscutidaSerializer
    filtros_class = FiltrosDeDiscutidas
    pagination_class = PorPuntos

    def get_queryset(self) -> QuerySet[Any]:
        return discutidas()

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        return discutidas(**filtros)

    def paginate_queryset(self, queryset: Any) -> Any:
        pagina = super().paginate_queryset(queryset) or []
        por_pk = {f.pk: f for f in filas_de(discutidas().filter(pk__in=[a.pk for a in pagina]))}
        return [por_pk[a.pk] for a in pagina if a.pk in por_pk]


class OpinionesView(RecursoAbierto):
    serializer_class = formas.OpinionesSerializer

    @extend_schema(
        tags=["Respuestas"],
        summary="Contar a cuántos autores les responde la respuesta vigente",
        parameters=[FiltrosDeOpiniones],
        responses=formas.OpinionesSerializer,
    )
    def get(self, request: Request) -> Response:
        total, *por = opiniones(**leer_filtros(request, FiltrosDeOpiniones))
        return Response(formas.OpinionesSerializer({"total": total, "por_institucion": por}).data)
