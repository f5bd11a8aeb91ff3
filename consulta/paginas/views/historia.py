"""The dated story of a contribution, of a paragraph and of a commitment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.listas import pagina
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.historia import (
    Hito,
    historia_de_aporte,
    historia_de_compromiso,
    historia_de_fragmento,
)
from consulta.paginas.presentacion.planes import llegaron_a
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.procesos.models import Consulta, Fragmento
from consulta.seguimiento.models import Compromiso

POR_PAGINA = 20


@publica
@require_safe
def de_aporte(request: HttpRequest, folio: str) -> HttpResponse:
    """What became of one contribution."""
    fila = aporte_de_folio(folio)
    if fila.folio != folio:
        return redirect("paginas:historia_de_aporte", fila.folio, permanent=True)
    return _pagina(
        request,
        titulo=f"Historia del aporte {fila.folio}",
        de=titulo_de(fila),
        url_de=fila.get_absolute_url(),
        ruta=reverse("paginas:historia_de_aporte", args=[fila.folio]),
        hitos=historia_de_aporte(fila),
        consulta=fila.consulta,
        arriba=[(f"Aporte {fila.folio}", fila.get_absolute_url())],
    )


@publica
@require_safe
def de_fragmento(request: HttpRequest, slug: str, n: int, orden: int) -> HttpResponse:
    """How one paragraph of a draft came to say what it says."""
    fila = get_object_or_404(
        Fragmento.objects.publicos()
        .filter(version__consulta__publicada=True)
        .select_related("version__consulta__etapa__proceso"),
        version__consulta__slug=slug,
        version__n=n,
        orden=orden,
    )
    return _pagina(
        request,
        titulo=f"Historia del párrafo {orden}",
        de=f"Versión {n}, párrafo {orden}",
        url_de=fila.get_absolute_url(),
        ruta=reverse("paginas:historia_de_fragmento", args=[slug, n, orden]),
        hitos=historia_de_fragmento(fila),
        consulta=fila.version.consulta,
        arriba=[
            (f"Borrador, versión {n}", fila.version.get_absolute_url()),
            (f"Párrafo {orden}", fila.get_absolute_url()),
        ],
    )


@publica
@require_safe
def de_compromiso(request: HttpRequest, numero: int, m: int) -> HttpResponse:
    """The contributions that shaped one commitment, twenty a page."""
    fila = get_object_or_404(
        Compromiso.objects.select_related("plan__proceso", "institucion"),
        plan__numero=numero,
        numero=m,
    )
    llegaron = llegaron_a(fila).con_texto().select_related("consulta", "autoria", "organizacion")
    page_obj = pagina(request, llegaron, POR_PAGINA)
    proceso = fila.plan.proceso
    return _pagina(
        request,
        titulo=f"Historia del compromiso {m}",
        de=str(fila),
        url_de=fila.get_absolute_url(),
        ruta=reverse("paginas:historia_de_compromiso", args=[numero, m]),
        hitos=historia_de_compromiso(fila, list(page_obj)),
        page_obj=page_obj,
        datos_demo=proceso is not None and proceso.es_demostracion,
        raiz=[
            ("Planes", reverse("paginas:planes")),
            (fila.plan.titulo, fila.plan.get_absolute_url()),
        ],
        arriba=[(f"Compromiso {m}", fila.get_absolute_url())],
    )


def _pagina(
    request: HttpRequest,
    *,
    titulo: str,
    de: str,
    url_de: str,
    ruta: str,
    hitos: list[Hito],
    arriba: list[tuple[str, str]],
    consulta: Consulta | None = None,
    raiz: list[tuple[str, str]] | None = None,
    **mas: Any,
) -> TemplateResponse:
    if consulta is not None:
        raiz = [
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
        ]
        mas["datos_demo"] = consulta.etapa.proceso.es_demostracion
    resumen = "De la primera frase que alguien escribió a lo que cambió, con fechas."
    return TemplateResponse(
        request,
        "paginas/historia.html",
        {
            "seo": seo(f"{titulo} · {de}", ruta, resumen),
            "migas": migas(*(raiz or []), *arriba, ("Historia", "")),
            "titulo": titulo,
            "de": de,
            "url_de": url_de,
            "hitos": hitos,
            **mas,
        },
    )
