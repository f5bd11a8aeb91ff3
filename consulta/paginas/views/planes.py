"""Plans and commitments: the lasting place where one sees what a contribution led to."""

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.listas import pagina
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.planes import cuantos_llegaron, llegaron_a, vista_de_compromiso
from consulta.paginas.presentacion.procesos import datos_de_fuente
from consulta.seguimiento.models import Compromiso, Plan

POR_PAGINA = 20


@publica
@require_safe
def planes(request: HttpRequest) -> TemplateResponse:
    """Every plan, the latest first."""
    page_obj = pagina(
        request,
        Plan.objects.select_related("proceso")
        .annotate(cuantos=Count("compromisos"))
        .order_by("-numero"),
    )
    return TemplateResponse(
        request,
        "paginas/planes.html",
        {
            "seo": seo(
                "Planes de acción",
                reverse("paginas:planes"),
                "Los planes de acción de Estado Abierto y el avance de cada compromiso.",
            ),
            "migas": migas(("Planes", "")),
            "page_obj": page_obj,
        },
    )


@publica
@require_safe
def plan(request: HttpRequest, numero: int) -> TemplateResponse:
    """A plan and its commitments."""
    fila = get_object_or_404(Plan.objects.select_related("proceso"), numero=numero)
    llegaron = cuantos_llegaron(fila)
    compromisos = fila.compromisos.select_related("plan", "institucion").order_by("numero")
    return TemplateResponse(
        request,
        "paginas/plan.html",
        {
            "seo": seo(fila.titulo, fila.get_absolute_url(), fila.resumen),
            "migas": migas(("Planes", reverse("paginas:planes")), (fila.titulo, "")),
            "datos_demo": fila.proceso is not None and fila.proceso.es_demostracion,
            "plan": fila,
            "cifras": datos_de_fuente(fila.cifras),
            "compromisos": [vista_de_compromiso(c, llegaron.get(c.pk, 0)) for c in compromisos],
        },
    )


@publica
@require_safe
def compromiso(request: HttpRequest, numero: int, m: int) -> TemplateResponse:
    """One commitment: how far it is, and the contributions that landed in it."""
    fila = get_object_or_404(
        Compromiso.objects.select_related("plan__proceso", "institucion"),
        plan__numero=numero,
        numero=m,
    )
    page_obj = pagina(request, llegaron_a(fila).con_texto(), POR_PAGINA)
    vista = vista_de_compromiso(fila, page_obj.paginator.count)
    proceso = fila.plan.proceso
    datos = [
        {"rotulo": "Responsable", "valor": vista.institucion},
        {"rotulo": "Área", "valor": vista.area},
        {"rotulo": "Valores", "valor": vista.valores},
        {"rotulo": "Origen", "valor": vista.origen},
        {"rotulo": "Plan", "valor": fila.plan.titulo, "url": fila.plan.get_absolute_url()},
    ]
    return TemplateResponse(
        request,
        "paginas/compromiso.html",
        {
            "seo": seo(f"Compromiso {vista.numero}: {vista.titulo}", vista.url, vista.descripcion),
            "migas": migas(
                ("Planes", reverse("paginas:planes")),
                (fila.plan.titulo, fila.plan.get_absolute_url()),
                (f"Compromiso {vista.numero}", ""),
            ),
            "datos_demo": proceso is not None and proceso.es_demostracion,
            "plan": fila.plan,
            "vista": vista,
            "datos": [d for d in datos if d["valor"]],
            "page_obj": page_obj,
            "filas": filas_de(page_obj.object_list, ahora=timezone.now()),
        },
    )
