"""Search for programs: `GET /api/v2/buscar/?q=…`."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.buscador import Tipo
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DireccionField
from search.busqueda import FECHA, PAGINAS, POR_PAGINA, RELEVANCIA, Pregunta, Resultado, buscar
from search.pedido import LARGO, leer


class FiltrosDeBusqueda(Filtros):
    q = serializers.CharField(
        help_text=f'Words, a folio, a "phrase". The first {LARGO} characters are read.'
    )
    tipo = serializers.ChoiceField(Tipo.choices, required=False)
    orden = serializers.ChoiceField(
        [(RELEVANCIA, "Most relevant first"), (FECHA, "Newest first")], required=False
    )
    pagina = serializers.IntegerField(required=False, min_value=1, max_value=PAGINAS)


class ParteSerializer(serializers.Serializer[Any]):
    texto = serializers.CharField()
    marcado = serializers.BooleanField(help_text="Whether it is a word that was looked for.")


class ResultadoSerializer(serializers.Serializer[Any]):
    tipo = serializers.ChoiceField(Tipo.choices)
    titulo = serializers.CharField()
    contexto = serializers.CharField(help_text="Where it stands: the consultation, the plan.")
    direccion = DireccionField(source=None)
    fecha = serializers.DateTimeField(allow_null=True)
    extracto = serializers.SerializerMethodField(help_text="Why it was found, as plain text.")
    partes = serializers.SerializerMethodField(help_text="The same, in pieces.")

    def get_extracto(self, resultado: Resultado) -> str:
        return "".join(texto for texto, _marcado in resultado.extracto)

    @extend_schema_field(ParteSerializer(many=True))
    def get_partes(self, resultado: Resultado) -> list[dict[str, Any]]:
        return [{"texto": texto, "marcado": marcado} for texto, marcado in resultado.extracto]


class BusquedaSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(help_text="Of the kind asked for.")
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField(help_text=f"Of {POR_PAGINA}; at most {PAGINAS}.")
    por_tipo = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many of each kind, whatever the filter."
    )
    alguna = serializers.BooleanField(
        help_text="Nothing has all the words; these have some of them."
    )
    reducida = serializers.BooleanField(
        help_text="The search engine did not answer; the database did in its place."
    )
    resultados = ResultadoSerializer(many=True)


class BuscarView(RecursoAbierto):
    serializer_class = BusquedaSerializer

    @extend_schema(
        tags=["Búsqueda"], summary="Search everything public", parameters=[FiltrosDeBusqueda],
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
