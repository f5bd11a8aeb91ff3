"""Rules of assignment, to read: any official may know why a row came to them."""

from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.cola import ReglaSerializer
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DE_CONSULTAS
from consulta.paginas.api.views.cola import oficial
from consulta.respuestas.models import Regla


class FiltrosDeReglas(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)


class ReglasView(RecursoAbierto):
    serializer_class = ReglaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Leer las reglas que asignan aportes",
        parameters=[FiltrosDeReglas], responses=ReglaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        oficial(request)
        filas = Regla.objects.select_related("consulta", "tema", "institucion")
        filtros = leer_filtros(request, FiltrosDeReglas)
        if "consulta" in filtros:
            filas = filas.filter(consulta__slug=filtros["consulta"])
        filas = filas.order_by("consulta", "orden", "pk")
        return Response(ReglaSerializer(filas, many=True).data)
