"""What a contribution said before each correction, word by word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.versiones import vistas_de_versiones
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.vigencia import revalidable


@revalidable
@publica
@require_safe
def versiones(request: HttpRequest, folio: str) -> HttpResponse:
    """Every public version, the latest first, each compared with the one before."""
    fila = aporte_de_folio(folio)
    if fila.folio != folio:
        return redirect("paginas:versiones", fila.folio, permanent=True)
    return TemplateResponse(
        request,
        "paginas/versiones.html",
        {
            "seo": seo(
                f"Versiones de {fila.folio}", reverse("paginas:versiones", args=[fila.folio])
            ),
            "migas": migas(
                (fila.consulta.titulo, fila.consulta.get_absolute_url()),
                (fila.folio, fila.get_absolute_url()),
                ("Versiones", ""),
            ),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "titulo": titulo_de(fila),
            "versiones": vistas_de_versiones(fila) if fila.es_visible else [],
        },
    )
