"""Search for programs: `GET /api/v2/buscar/?q=…`."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.buscador import Tipo
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DireccionField
from search.busqueda import Resultado, buscar
from search.pedido import LARGO, leer
from search.pregunta import FECHA, PAGINAS, POR_PAGINA, RELEVANCIA, Pregunta


class FiltrosDeBusqueda(Filtros):
    q = serializers.CharField(
        help_text=f"Palabras, un folio o una «frase exacta». Se leen los primeros {LARGO} caracteres."
    )
    tipo = serializers.ChoiceField(Tipo.choices, required=False)
    orden = serializers.ChoiceField(
        [(RELEVANCIA, "Primero lo más relevante"), (FECHA, "Primero lo más reciente")],
        required=False,
    )
    pagina = serializers.IntegerField(required=False, min_value=1, max_value=PAGINAS)


class ParteSerializer(serializers.Serializer[Any]):
    texto = serializers.CharField()
    marcado = serializers.BooleanField(help_text="Si es una palabra que se buscó.")


class ResultadoSerializer(serializers.Serializer[Any]):
    tipo = serializers.ChoiceField(Tipo.choices)
    titulo = serializers.CharField()
    contexto = serializers.CharField(help_text="Dónde está: la consulta, el plan.")
    direccion = DireccionField(source=None)
    fecha = serializers.DateTimeField(allow_null=True)
    extracto = serializers.SerializerMethodField(help_text="Por qué se encontró, como texto.")
    partes = serializers.SerializerMethodField(help_text="Lo mismo, en trozos.")

    def get_extracto(self, resultado: Resultado) -> str:
        return "".join(texto for texto, _marcado in resultado.extracto)

    @extend_schema_field(ParteSerializer(many=True))
    def get_partes(self, resultado: Resultado) -> list[dict[str, Any]]:
        return [{"texto": texto, "marcado": marcado} for texto, marcado in resultado.extracto]


class BusquedaSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(help_text="Del tipo que se pidió.")
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField(
        help_text=f"De {POR_PAGINA} resultados; {PAGINAS} como máximo."
    )
    por_tipo = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Cuántos hay de cada tipo, sea cual sea el filtro.",
    )
    alguna = serializers.BooleanField(
        help_text="Nada tiene todas las palabras; esto tiene algunas."
    )
    reducida = serializers.BooleanField(
        help_text="El buscador no respondió; lo hizo la base de datos en su lugar."
    )
    resultados = ResultadoSerializer(many=True)


class BuscarView(RecursoAbierto):
    serializer_class = BusquedaSerializer

    @extend_schema(
        tags=["Búsqueda"], summary="Buscar en todo lo público", parameters=[FiltrosDeBusqueda],
        responses=BusquedaSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        filtros = leer_filtros(request, FiltrosDeBusqueda)
        respuesta = buscar(
            Pregunta(
                pedido=leer(filtros["q"]),
                tipos=(filtros["tipo"],) if "tipo" in filtros else (),
                orden=filtros.get("orden", RELEVANCIA),
                pagina=filtros.get("pagina", 1),
            )
        )
        datos = {
            "total": respuesta.total,
            "pagina": respuesta.pregunta.pagina,
            "paginas": -(-respuesta.alcanzables // POR_PAGINA),
            "por_tipo": respuesta.por_tipo,
            "alguna": respuesta.alguna,
            "reducida": respuesta.reducida,
            "resultados": respuesta.resultados,
        }
        return Response(self.get_serializer(datos).data)
