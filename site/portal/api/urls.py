"""Everything below /api/v2/."""

from django.urls import include, path, re_path

from portal.api.paginas import enrutador
from portal.api.views import docs, indice, no_existe, openapi
from search.api import BuscarView

urlpatterns = [
    path("", indice, name="api_indice"),
    path("openapi.json", openapi, name="api_documento"),
    path("docs/", docs, name="api_docs"),
    path("", include("consulta.paginas.api.urls")),
    path("buscar/", BuscarView.as_view(), name="api_buscar"),
    path("", enrutador.urls),
    # With its final slash, so that an address that lacks one is still sent to the one that has it.
    re_path(r"^(?:.+/)$", no_existe, name="api_no_existe"),
]
