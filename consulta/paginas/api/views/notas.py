"""Private notes and questions between institutions over the API. Each reads what is theirs to read."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import SinPermiso
from consulta.aportes.models import Aporte
from consulta.paginas.api.cola import AnotarSerializer, ContestarSerializer, NotaSerializer
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.api.views.asignar import institucion_de
from consulta.paginas.api.views.orden import Acto
from consulta.respuestas.flows.anotar import anotar, contestar
from consulta.respuestas.notas import notas_que_lee
from consulta.respuestas.permissions import puede_anotar
from cuentas.models import User


def quien_anota(request: Request) -> User:
    """Who asks. Raises SinPermiso when notes are not theirs to read."""
    quien = cuenta_de(request)
    if not puede_anotar(quien):
        raise SinPermiso("Las notas internas son de quienes responden.")
    return quien


def _una(nota: Any) -> dict[str, Any]:
    return dict(NotaSerializer(nota).data)


class NotasView(Acto):
    serializer_class = AnotarSerializer

    @extend_schema(
        tags=["Cola"], summary="Leer las notas internas de un aporte",
        responses=NotaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        quien = quien_anota(request)
        aporte = por_folio(Aporte.objects.confirmados(), folio).first()
        if aporte is None:
            raise Http404
        filas = notas_que_lee(quien).filter(aporte=aporte).order_by("en", "pk")
        filas = filas.select_related("institucion", "para", "por")
        return Response(NotaSerializer(filas, many=True).data)

    @extend_schema(
        tags=["Cola"], summary="Escribir una nota interna, o preguntar a otra institución",
        request=AnotarSerializer, responses={201: NotaSerializer},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        quien_anota(request)
        aporte, quien, datos = self.leer(request, folio)
        para = datos["pregunta_a"]
        nota = anotar(
            aporte=aporte,
            texto=datos["texto"],
            para=institucion_de(para, "pregunta_a") if para else None,
            por=quien,
        )
        return Response(_una(nota), status=201)


class ContestarView(RecursoAbierto):
    serializer_class = ContestarSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Contestar lo que otra institución preguntó",
        request=ContestarSerializer, responses={201: NotaSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        quien = quien_anota(request)
        pregunta = notas_que_lee(quien).filter(pk=pk).first()
        if pregunta is None:
            raise Http404
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        nota = contestar(pregunta=pregunta, por=quien, **datos.validated_data)
        return Response(_una(nota), status=201)
