"""Serving attached files: as downloads, and only while their contribution may be read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from consulta.aportes.models import Adjunto, Aporte
from consulta.aportes.versiones import versiones_publicas
from consulta.paginas.cabeceras import migas, seo
from consulta.paginas.views.aportes import aporte_de_folio

POLITICA = "sandbox; default-src 'none'"
"""Should a browser open it in spite of all, it can run nothing, ask for nothing, know nothing of us."""


@require_safe
def adjunto(request: HttpRequest, folio: str, pk: int, nombre: str) -> HttpResponseBase:
    """One file. Unknown or of an unconfirmed contribution: 404; withdrawn, removed, or taken off in
    the first minutes: 410."""
    aporte = aporte_de_folio(folio)
    archivo = get_object_or_404(Adjunto, pk=pk, aporte=aporte)
    archivo.aporte = aporte
    if not aporte.es_visible or not _de_version_publica(archivo):
        return _retirado(request, aporte)
    if archivo.nombre != nombre:
        raise Http404("No hay un archivo con ese nombre")
    etiqueta = f'"{archivo.sha256}"'
    respuesta: HttpResponseBase | None = get_conditional_response(request, etag=etiqueta)
    if respuesta is None:
        try:
            abierto = archivo.archivo.open("rb")
        except FileNotFoundError as falta:
            raise Http404("El archivo no está") from falta
        respuesta = FileResponse(
            abierto,
            as_attachment=True,
            filename=archivo.nombre,
            content_type=archivo.tipo_mime,
        )
    respuesta["ETag"] = etiqueta
    # It may be withdrawn at any moment: whoever keeps a copy asks first whether it still stands.
    respuesta["Cache-Control"] = "no-cache"
    respuesta["Content-Security-Policy"] = POLITICA
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Cross-Origin-Resource-Policy"] = "same-origin"
    respuesta["X-Robots-Tag"] = "noindex"
    return respuesta


def _de_version_publica(archivo: Adjunto) -> bool:
    """Whether some version the public may read has it: what was mended in the first minutes has not."""
    if archivo.hasta is None:
        return True
    publicas = versiones_publicas(archivo.aporte, archivo.aporte.versiones.all())
    return any(archivo.desde <= v.n <= archivo.hasta and v.texto is not None for v in publicas)


def _retirado(request: HttpRequest, aporte: Aporte) -> HttpResponse:
    return TemplateResponse(
        request,
        "paginas/adjunto_retirado.html",
        {
            "seo": seo("El archivo ya no está", request.path),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (aporte.folio, aporte.get_absolute_url()),
                ("Archivo", ""),
            ),
            "aporte": aporte,
        },
        status=410,
    )
