"""The switch «sin la participación» of a draft."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.listas import PAGINA, consulta_sin
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.sin_participacion import (
    POR_PAGINA,
    sin_participacion,
    vista_de_lugar,
)
from consulta.procesos.models import Consulta

SOLO = "solo"
LIMPIO = "limpio"


@publica
@require_safe
def borrador_sin_participacion(request: HttpRequest, slug: str, n: int) -> TemplateResponse:
    """One version with every change traced to a contribution undone: word by word, or as plain text
    (`limpio=1`); all of it, or only what changes (`solo=1`)."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    version = next((v for v in versiones if v.n == n), None)
    if version is None:
        raise Http404("No hay tal versión publicada")
    hecho = sin_participacion(versiones, n)
    solo = request.GET.get(SOLO) == "1"
    pagina = Paginator(hecho.cambian if solo else hecho.lugares, POR_PAGINA).get_page(
        request.GET.get(PAGINA)
    )
    titulo = f"La versión {n} sin la participación"
    return TemplateResponse(
        request,
        "paginas/sin_participacion.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                reverse("paginas:sin_participacion", args=[slug, n]),
                "Qué diría el texto si nadie hubiera participado, palabra por palabra.",
            ),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                (f"Borrador, versión {n}", version.get_absolute_url()),
                ("Sin la participación", ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "version": version,
            "titulo": titulo,
            "hecho": hecho,
            "solo": solo,
            "limpio": request.GET.get(LIMPIO) == "1",
            "page_obj": pagina,
            "lugares": [
                vista_de_lugar(lugar, hecho, pagina.start_index() + i)
                for i, lugar in enumerate(pagina)
            ],
            "base_query": consulta_sin(request),
            "sin_solo": consulta_sin(request, SOLO),
            "sin_limpio": consulta_sin(request, LIMPIO),
        },
    )
