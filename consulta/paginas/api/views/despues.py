"""After the answer, over the API: what its author says of it, and the one review."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.aportes.models import Aporte
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.api.serializers import despues as formas
from consulta.paginas.api.views.aportes import quien
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.revisar import borrar_texto_de_revision, pedir_revision
from consulta.respuestas.models import Opinion, Revision


class _Propia(RecursoAbierto):
    permission_classes = [permissions.AllowAny]

    def aporte(self, folio: str) -> Aporte:
        """The public contribution of that folio. Raises Http404."""
        filas: QuerySet[Aporte] = por_folio(Aporte.objects.publicos(), folio)
        fila = filas.select_related("consulta").first()
        if fila is None:
            raise Http404
        return fila


class OpinionView(_Propia):
    serializer_class = formas.OpinionSerializer

    @extend_schema(
        tags=["Respuestas"], summary="Leer si a quien escribió un aporte le responde su respuesta",
        responses=formas.OpinionSerializer,
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        filas = Opinion.objects.publicas().select_related("version")
        fila = get_object_or_404(filas, aporte=self.aporte(folio))
        return Response(formas.OpinionSerializer(fila).data)

    @extend_schema(
        tags=["Respuestas"],
        summary="Decir si la respuesta a un aporte propio le responde",
        request=formas.OpinarSerializer,
        responses=formas.OpinionSerializer,
    )
    def post(self, request: Request, folio: str) -> Response:
        datos = formas.OpinarSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = quien(request, datos)
        opinion = opinar(aporte=self.aporte(folio), por=por, **datos.validated_data)
        return Response(formas.OpinionSerializer(opinion).data)


class RevisionDeRespuestaView(_Propia):
    serializer_class = formas.RevisionDeRespuestaSerializer

    @extend_schema(
        tags=["Respuestas"], summary="Leer la revisión que pidió quien escribió un aporte",
        responses=formas.RevisionDeRespuestaSerializer,
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        fila = get_object_or_404(_revisiones(), aporte=self.aporte(folio))
        return Response(formas.RevisionDeRespuestaSerializer(fila).data)

    @extend_schema(
        tags=["Respuestas"],
        summary="Pedir una vez que se revise la respuesta a un aporte propio",
        request=formas.PedirRevisionSerializer,
        responses={201: formas.RevisionDeRespuestaSerializer},
    )
    def post(self, request: Request, folio: str) -> Response:
        datos = formas.PedirRevisionSerializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = quien(request, datos)
        revision = pedir_revision(aporte=self.aporte(folio), por=por, **datos.validated_data)
        hecha = _revisiones().get(pk=revision.pk)
        return Response(formas.RevisionDeRespuestaSerializer(hecha).data, status=201)


class BorrarRevisionView(_Propia):
    permission_classes = [permissions.IsAuthenticated]
    serializer_class = formas.BorrarRevisionSerializer
    lectura_publica = False

    @extend_schema(
        tags=["Moderación"],
        summary="Borrar el texto de una revisión; quedan sus fechas",
        request=formas.BorrarRevisionSerializer,
        responses=formas.RevisionDeRespuestaSerializer,
    )
    def post(self, request: Request, folio: str) -> Response:
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        por = cuenta_de(request)
        revision = Revision.objects.filter(aporte=self.aporte(folio)).first()
        if revision is None:
            raise Http404
        dicho: dict[str, Any] = datos.validated_data
        borrar_texto_de_revision(revision=revision, por=por, **dicho)
        hecha = _revisiones().get(pk=revision.pk)
        return Response(formas.RevisionDeRespuestaSerializer(hecha).data)


def _revisiones() -> QuerySet[Revision]:
    return Revision.objects.filter(aporte__situacion="vigente").select_related(
        "aporte", "version", "resuelta_por"
    )
