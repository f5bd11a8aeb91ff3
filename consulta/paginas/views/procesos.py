"""Processes: the list, and the page that says where one is."""

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import pagina
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.consultas import balances, vista_de_consulta
from consulta.paginas.presentacion.procesos import (
    cifras_de_etapas,
    linea_de,
    momento_de,
    tabla_de_fechas,
)
from consulta.procesos.models import Consulta, Proceso
from consulta.seguimiento.models import Plan

COLUMNAS = [{"titulo": t} for t in ("Etapa", "Previsto", "Realizado", "Estado")]


@publica
@require_safe
def procesos(request: HttpRequest) -> TemplateResponse:
    """Every process, the latest first, with its stages."""
    ahora = timezone.now()
    page_obj = pagina(request, Proceso.objects.prefetch_related("etapas").order_by("-pk"))
    filas = []
    for fila in page_obj:
        etapas = list(fila.etapas.all())
        filas.append(
            {
                "proceso": fila,
                "linea": linea_de(fila, etapas, ahora),
                "momento": momento_de(fila, etapas, ahora),
            }
        )
    return TemplateResponse(
        request,
        "paginas/procesos.html",
        {
            "seo": seo(
                "Procesos",
                reverse("paginas:procesos"),
                "Los procesos de cocreación y consulta, con sus etapas y fechas.",
            ),
            "migas": migas(("Procesos", "")),
            "filas": filas,
            "page_obj": page_obj,
        },
    )


@publica
@require_safe
def proceso(request: HttpRequest, slug: str) -> TemplateResponse:
    """Where a process is, what one can do now, what comes next; its dates, figures and consultations."""
    fila = get_object_or_404(
        Proceso.objects.prefetch_related(
            "etapas",
            Prefetch("etapas__consultas", queryset=Consulta.objects.publicadas().con_contexto()),
        ),
        slug=slug,
    )
    ahora = timezone.now()
    etapas = list(fila.etapas.all())
    consultas = [c for etapa in etapas for c in etapa.consultas.all()]
    sumas = balances(consultas, dia_de(ahora))
    return TemplateResponse(
        request,
        "paginas/proceso.html",
        {
            "seo": seo(fila.titulo, fila.get_absolute_url(), fila.resumen),
            "migas": migas(("Procesos", reverse("paginas:procesos")), (fila.titulo, "")),
            "datos_demo": fila.es_demostracion,
            "proceso": fila,
            "plan": Plan.objects.filter(proceso=fila).first(),
            "etapas": etapas,
            "linea": linea_de(fila, etapas, ahora),
            "momento": momento_de(fila, etapas, ahora),
            "columnas": COLUMNAS,
            "fechas": tabla_de_fechas(fila, etapas, ahora),
            "cifras": cifras_de_etapas(etapas),
            "consultas": [vista_de_consulta(c, sumas[c.pk], ahora) for c in consultas],
        },
    )
