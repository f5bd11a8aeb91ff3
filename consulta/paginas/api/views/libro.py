"""The public ledger: figures by cut, the rows behind them, and both as files."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.fechas import dia_de, leer_mes
from comun.planillas import filas_csv
from comun.regiones import Region
from consulta.aportes.enums import TipoAutor
from consulta.aportes.models import Aporte
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DE_CONSULTAS, DE_OPCIONES, DE_TEMAS
from consulta.paginas.api.serializers.libro import (
    CifrasSerializer,
    CorteDelLibroSerializer,
    LibroDeCifrasSerializer,
)
from consulta.paginas.api.views.aportes import ListaDeAportes, para_leer
from consulta.paginas.presentacion.libro import ESTADOS, PLAZOS, Nombres, nombres
from consulta.paginas.presentacion.libro_csv import tabla_de
from consulta.paginas.recordado import libro_recordado
from consulta.respuestas.cifras.cortes import TITULOS
from consulta.respuestas.cifras.filtro import NACIONAL, SIN, Filtro, filas
from consulta.respuestas.cifras.planilla import ENCABEZADO, renglones
from consulta.respuestas.cifras.sumas import Cifras
from consulta.respuestas.cifras.vigentes import Texto
from consulta.respuestas.enums import Resultado

CSV = {(200, "text/csv"): OpenApiTypes.STR}
TIPO_CSV = "text/csv; charset=utf-8"
CORTES = [(corte, str(titulo)) for corte, titulo in TITULOS.items()]


class FiltrosDeCifras(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    institucion = serializers.RegexField(
        rf"^([0-9]{{1,18}}|{SIN})$", required=False, help_text=f"{DE_OPCIONES} O «{SIN}»."
    )
    tema = serializers.SlugField(required=False, help_text=f"{DE_TEMAS} O «{SIN}».")
    region = serializers.ChoiceField([*Region.choices, (NACIONAL, "Nacional")], required=False)
    tipo_autor = serializers.ChoiceField([*TipoAutor.choices, (SIN, "No lo dijo")], required=False)
    resultado = serializers.ChoiceField(Resultado.choices, required=False)
    mes = serializers.CharField(required=False, help_text="En que llegó: 2026-11.")
    texto = serializers.ChoiceField(Texto.choices, required=False)
    plazo = serializers.ChoiceField(list(PLAZOS.items()), required=False)

    def validate_mes(self, valor: str) -> str:
        if not leer_mes(valor):
            raise serializers.ValidationError("Escriba el mes como 2026-11.")
        return valor


class FiltrosDeLibro(FiltrosDeCifras):
    corte = serializers.ChoiceField(CORTES, required=False, help_text="Solo ese corte.")


class FiltrosDeFilas(FiltrosDeCifras):
    estado = serializers.ChoiceField(list(ESTADOS.items()), required=False)


@extend_schema(
    tags=["Seguimiento"],
    summary="Las cifras del libro, por cada corte",
    parameters=[FiltrosDeLibro],
    responses=LibroDeCifrasSerializer,
)
class LibroView(RecursoAbierto):
    serializer_class = LibroDeCifrasSerializer

    def get(self, request: Request) -> Response:
        pedido = leer_filtros(request, FiltrosDeLibro)
        corte = pedido.pop("corte", None)
        cortes = (corte,) if corte else tuple(TITULOS)
        libro, _primero = libro_recordado(request, Filtro(**pedido), dia_de(timezone.now()), cortes)
        como = nombres()
        datos = {
            "total": libro.total,
            "cortes": [
                {
                    "corte": c,
                    "titulo": str(TITULOS[c]),
                    "grupos": _grupos(c, libro.cortes[c], como),
                }
                for c in cortes
            ],
        }
        total = CifrasSerializer(datos["total"]).data
        return Response(
            {"total": total, "cortes": CorteDelLibroSerializer(datos["cortes"], many=True).data}
        )


def _grupos(corte: str, grupos: dict[str, Cifras], como: Nombres) -> list[dict[str, Any]]:
    campos = list(CifrasSerializer().fields)
    hechos = []
    for clave in como.orden(corte, grupos):
        nombre, filtro = como.de(corte, clave)
        cifras: dict[str, Any] = {
            str(campo): getattr(grupos[clave], str(campo)) for campo in campos
        }
        hechos.append({**cifras, "nombre": nombre, "filtro": filtro})
    return hechos


@extend_schema(
    tags=["Seguimiento"],
    summary="Los aportes que cuenta una cifra del libro",
    parameters=[FiltrosDeFilas],
)
class FilasView(ListaDeAportes):
    queryset = Aporte.objects.none()
    filtros_class = FiltrosDeFilas

    def filtrar(self, filas_de_nadie: Any, filtros: dict[str, Any]) -> QuerySet[Any]:
        return para_leer(filas(Filtro(**filtros), dia_de(timezone.now())))


@extend_schema(
    tags=["Seguimiento"],
    summary="Los aportes que cuenta una cifra del libro, como CSV",
    parameters=[FiltrosDeFilas],
    responses=CSV,
)
class FilasCSVView(RecursoAbierto):
    def get(self, request: Request) -> StreamingHttpResponse:
        filtro = Filtro(**leer_filtros(request, FiltrosDeFilas))
        cuerpo = filas_csv(ENCABEZADO, renglones(filtro, dia_de(timezone.now())))
        return StreamingHttpResponse(cuerpo, content_type=TIPO_CSV)


@extend_schema(
    tags=["Seguimiento"],
    summary="Un corte del libro, como CSV",
    parameters=[FiltrosDeCifras],
    responses=CSV,
)
class CorteCSVView(RecursoAbierto):
    def get(self, request: Request, corte: str) -> HttpResponse:
        if corte not in TITULOS:
            raise Http404
        filtro = Filtro(**leer_filtros(request, FiltrosDeCifras))
        libro, _primero = libro_recordado(request, filtro, dia_de(timezone.now()), (corte,))
        return HttpResponse(
            b"".join(tabla_de(corte, libro.cortes[corte], nombres())), content_type=TIPO_CSV
        )
