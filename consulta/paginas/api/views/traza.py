"""The trace over the API: the dated story from its three sides, and a draft without participation."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers import traza as formas
from consulta.paginas.presentacion.historia import (
    Hito,
    historia_de_aporte,
    historia_de_compromiso,
    historia_de_fragmento,
)
from consulta.paginas.presentacion.planes import llegaron_a
from consulta.paginas.presentacion.sin_participacion import sin_participacion, vista_de_lugar
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.procesos.models import Consulta, Fragmento
from consulta.seguimiento.models import Compromiso

LIMITE, MAXIMO = 60, 500
APORTES = 100
"""How many contributions the story of a commitment tells."""


class _Historia(RecursoAbierto):
    serializer_class = formas.HistoriaSerializer

    def contar(self, request: Request, hitos: list[Hito]) -> Response:
        leer_filtros(request, Filtros)
        contexto = self.get_serializer_context()
        return Response(formas.HistoriaSerializer({"hitos": hitos}, context=contexto).data)


class HistoriaDeAporteView(_Historia):
    @extend_schema(tags=["Traza"], summary="Leer la historia de un aporte, con fechas")
    def get(self, request: Request, folio: str) -> Response:
        return self.contar(request, historia_de_aporte(aporte_de_folio(folio)))


class HistoriaDeFragmentoView(_Historia):
    @extend_schema(tags=["Traza"], summary="Leer cómo un párrafo llegó a decir lo que dice")
    def get(self, request: Request, pk: int) -> Response:
        filas = Fragmento.objects.publicos().filter(version__consulta__publicada=True)
        fila = get_object_or_404(filas.select_related("version__consulta"), pk=pk)
        return self.contar(request, historia_de_fragmento(fila))


class HistoriaDeCompromisoView(_Historia):
    @extend_schema(
        tags=["Traza"],
        summary="Leer de qué aportes viene un compromiso: los cien primeros, y su estado hoy",
    )
    def get(self, request: Request, plan: int, numero: int) -> Response:
        filas = Compromiso.objects.select_related("plan__proceso", "institucion")
        fila = get_object_or_404(filas, plan__numero=plan, numero=numero)
        llegaron = (
            llegaron_a(fila).con_texto().select_related("consulta", "autoria", "organizacion")
        )
        return self.contar(request, historia_de_compromiso(fila, list(llegaron[:APORTES])))


class FiltrosDeLugares(Filtros):
    desde = serializers.IntegerField(
        required=False, min_value=1, max_value=1_000_000, help_text="El primer lugar que se quiere."
    )
    limite = serializers.IntegerField(
        required=False, min_value=1, max_value=MAXIMO, help_text="Lugares por página; 60 si falta."
    )
    cambian = serializers.BooleanField(required=False, help_text="Solo los que serían distintos.")


class SinParticipacionView(RecursoAbierto):
    serializer_class = formas.SinParticipacionSerializer

    @extend_schema(
        tags=["Traza"],
        summary="Leer una versión del borrador sin la participación, por lugares",
        parameters=[FiltrosDeLugares],
    )
    def get(self, request: Request, slug: str, n: int) -> Response:
        filtros = leer_filtros(request, FiltrosDeLugares)
        consulta = get_object_or_404(Consulta.objects.publicadas(), slug=slug)
        versiones = list(consulta.versiones.publicadas().order_by("n"))
        if all(version.n != n for version in versiones):
            raise Http404
        hecho = sin_participacion(versiones, n)
        desde, limite = filtros.get("desde", 1), filtros.get("limite", LIMITE)
        quedan = [
            (i, lugar)
            for i, lugar in enumerate(hecho.lugares, start=1)
            if i >= desde and (lugar.cambia or not filtros.get("cambian"))
        ]
        pagina, resto = quedan[:limite], quedan[limite:]
        datos: dict[str, Any] = {
            "lugares": len(hecho.lugares),
            "cambian": len(hecho.cambian),
            "aportes": hecho.aportes,
            "siguiente": resto[0][0] if resto else None,
            "resultados": [
                {
                    "lugar": i,
                    "orden": vista.orden or None,
                    "cambia": lugar.cambia,
                    "con": lugar.texto,
                    "sin": lugar.sin,
                    "enredado": lugar.enredado,
                    "por": vista.por,
                }
                for i, lugar in pagina
                for vista in [vista_de_lugar(lugar, hecho, i)]
            ],
        }
        return Response(formas.SinParticipacionSerializer(datos).data)
