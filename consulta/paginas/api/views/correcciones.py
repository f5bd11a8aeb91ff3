"""What a contribution said before each correction, as its page tells it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.correcciones import VersionDeAporteSerializer
from consulta.paginas.presentacion.versiones import vistas_de_versiones
from consulta.paginas.views.aportes import aporte_de_folio


class VersionesDeAporteView(RecursoAbierto):
    serializer_class = VersionDeAporteSerializer
    pagination_class = None

    @extend_schema(
        tags=["Aportes"], summary="Leer las versiones de un aporte, palabra por palabra",
        responses=VersionDeAporteSerializer(many=True), operation_id="aporte_versiones_list",
    )  # fmt: skip
    def get(self, request: Request, folio: str) -> Response:
        leer_filtros(request, Filtros)
        aporte = aporte_de_folio(folio)
        versiones = vistas_de_versiones(aporte) if aporte.es_visible else []
        contexto = self.get_serializer_context()
        return Response(VersionDeAporteSerializer(versiones, many=True, context=contexto).data)
