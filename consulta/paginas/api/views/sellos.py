"""The chain of seals for programs: reading it, proving, verifying; and the author's own receipt."""

import json
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun import cadena
from comun.errores import SinPermiso
from comun.limites import direccion_de, gastar
from comun.registro import Evento, Sello
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor
from consulta.aportes.recibos import recibo_de
from consulta.aportes.verificar import leer_recibo, verificar_huella, verificar_recibo
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import (
    MAYOR_ID,
    DetalleAbierto,
    Filtros,
    ListaAbierta,
    PaginaPorCursor,
    RecursoAbierto,
    leer_filtros,
)
from consulta.paginas.api.serializers import sellos as formas
from consulta.paginas.views.codigo import aporte_por_codigo

ETIQUETA = ["Recibos y sellos"]
MAYOR_SELLO = 2**31 - 1


class PorNumero(PaginaPorCursor):
    """Oldest first, as one walks a chain."""

    ordering = "n"


class FiltrosDeSellos(Filtros):
    desde = serializers.IntegerField(
        required=False, min_value=1, max_value=MAYOR_SELLO, help_text="Número del primer sello."
    )


@extend_schema(tags=ETIQUETA, summary="Listar los sellos, del más antiguo al más nuevo",
               parameters=[FiltrosDeSellos])  # fmt: skip
class SellosView(ListaAbierta):
    queryset = Sello.objects.all()
    serializer_class = formas.SelloSerializer
    pagination_class = PorNumero
    filtros_class = FiltrosDeSellos

    def filtrar(self, filas: Any, filtros: dict[str, Any]) -> Any:
        return filas.filter(n__gte=filtros["desde"]) if "desde" in filtros else filas


@extend_schema(tags=ETIQUETA, summary="Leer un sello con la suma de cada una de sus hojas")
class SelloView(DetalleAbierto):
    serializer_class = formas.SelloDetalleSerializer

    def get_object(self) -> Sello:
        return _sello(self.kwargs["n"])


class PruebaView(RecursoAbierto):
    serializer_class = formas.PruebaSerializer

    @extend_schema(tags=ETIQUETA, summary="Leer la prueba de que un evento está en su sello")
    def get(self, request: Request, n: int, seq: int) -> Response:
        leer_filtros(request, Filtros)
        sello = _sello(n)
        evento = Evento.objects.filter(seq=min(seq, MAYOR_ID)).first()
        if evento is None or not sello.desde <= seq <= sello.hasta:
            raise Http404
        prueba = cadena.probar(evento)
        if prueba is None:
            raise Http404
        dicho = {
            "sello": prueba.sello,
            "indice": prueba.indice,
            "camino": prueba.camino,
            "hoja": cadena.hoja_de(evento).hex(),
        }
        return Response(formas.PruebaSerializer(dicho, context=self.get_serializer_context()).data)


class VerificarView(RecursoAbierto):
    """Anyone may ask; nothing is written."""

    permission_classes = [permissions.AllowAny]
    lectura_publica = False
    serializer_class = formas.VerificacionSerializer

    @extend_schema(
        tags=ETIQUETA, summary="Verificar un recibo, o un folio y su huella",
        request=formas.VerificacionSerializer, responses=formas.ComprobacionSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        forma = formas.VerificacionSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        datos = forma.validated_data
        if "recibo" in datos:
            resultado = verificar_recibo(leer_recibo(json.dumps(datos["recibo"])))
        else:
            confirmados = Aporte.objects.confirmados().select_related("consulta")
            aporte = por_folio(confirmados, datos["folio"].strip()).first()
            resultado = verificar_huella(aporte, datos["huella"])
        return Response(formas.ComprobacionSerializer(resultado).data)


class PorCodigoSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField(max_length=40, help_text="El código privado del recibo.")


class ReciboView(RecursoAbierto):
    """recibo.json, for its author alone; kept by no cache."""

    lectura_publica = False
    serializer_class = PorCodigoSerializer

    def get_permissions(self) -> list[Any]:
        """Reading takes a session; asking with the code takes none."""
        if self.request is not None and self.request.method == "GET":
            return [permissions.IsAuthenticated()]
        return [permissions.AllowAny()]

    @extend_schema(
        tags=ETIQUETA, summary="Leer el recibo verificable de un aporte propio",
        responses={200: {"type": "object", "additionalProperties": True}},
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        cuenta = cuenta_de(request)
        aporte = por_folio(Aporte.objects.publicos(), folio).select_related("autoria").first()
        if aporte is None:
            raise Http404
        if not es_autor(cuenta, aporte):
            raise SinPermiso("El recibo es de quien escribió el aporte.")
        return _recibo(aporte)

    @extend_schema(
        tags=ETIQUETA, summary="Leer el recibo verificable con el código privado, sin sesión",
        request=PorCodigoSerializer,
        responses={200: {"type": "object", "additionalProperties": True}},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        datos = PorCodigoSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        gastar("codigo", direccion_de(request))
        return _recibo(aporte_por_codigo(folio, datos.validated_data["codigo"]))


def _recibo(aporte: Aporte) -> Response:
    recibo = recibo_de(aporte, ahora=timezone.now())
    if recibo is None:
        raise Http404
    return Response(recibo)


def _sello(n: int) -> Sello:
    return get_object_or_404(Sello, n=min(n, MAYOR_SELLO))
