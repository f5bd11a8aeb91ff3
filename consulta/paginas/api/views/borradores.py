"""Comparing two versions of a draft."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.diferencias import Operacion
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.presentacion.comparar import ROTULOS, comparar, detallar
from consulta.paginas.views.comparar import elegidas
from consulta.procesos.models import Consulta

POR_PAGINA = 100


class FiltrosDeComparacion(Filtros):
    de = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    a = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    todo = serializers.BooleanField(required=False, help_text="También lo que no cambió.")
    pagina = serializers.IntegerField(required=False, min_value=1, max_value=10_000)


class CambioSerializer(serializers.Serializer[Any]):
    operacion = serializers.ChoiceField([(o.value, o.value) for o in Operacion])
    texto = serializers.CharField()


class QueCambioSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField()
    resultado = serializers.CharField()


class LugarSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    orden = serializers.IntegerField()


class FilaSerializer(serializers.Serializer[Any]):
    """One place of the text: its fragments in each version, and the words that changed."""

    tipo = serializers.ChoiceField(list(ROTULOS.items()))
    cambia_de_lugar = serializers.BooleanField(source="movida")
    de = LugarSerializer(many=True)
    a = LugarSerializer(many=True)
    cambios = CambioSerializer(many=True)
    cambio_por = QueCambioSerializer(many=True, help_text="Los aportes cuya respuesta lo cambió.")


class ComparacionSerializer(serializers.Serializer[Any]):
    de = serializers.IntegerField()
    a = serializers.IntegerField()
    resumen = serializers.DictField(child=serializers.IntegerField(), help_text="Cuántos por tipo.")
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    resultados = FilaSerializer(many=True)


class CompararView(RecursoAbierto):
    serializer_class = ComparacionSerializer

    @extend_schema(
        tags=["Procesos"], summary="Comparar dos versiones de un borrador, palabra por palabra",
        parameters=[FiltrosDeComparacion], responses=ComparacionSerializer,
        operation_id="borrador_comparar",
    )  # fmt: skip
    def get(self, request: Request, slug: str) -> Response:
        filtros = leer_filtros(request, FiltrosDeComparacion)
        consulta = get_object_or_404(Consulta.objects.publicadas(), slug=slug)
        versiones = list(consulta.versiones.publicadas().order_by("n"))
        de, a = elegidas(request, versiones)
        comparacion = comparar(versiones, de.n, a.n)
        filas = comparacion.filas if filtros.get("todo") else comparacion.cambian
        pagina = Paginator(filas, POR_PAGINA).get_page(filtros.get("pagina", 1))
        detallar(comparacion, list(pagina), versiones)
        return Response(
            ComparacionSerializer(
                {
                    "de": de.n,
                    "a": a.n,
                    "resumen": comparacion.cuentas,
                    "pagina": pagina.number,
                    "paginas": pagina.paginator.num_pages,
                    "resultados": pagina.object_list,
                }
            ).data
        )
