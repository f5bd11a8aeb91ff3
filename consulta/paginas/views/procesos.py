"""Processes: the list, and the page that says where one is."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.avisos import direccion_absoluta
from comun.fechas import dia_de
from comun.listas import pagina
from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.calendario import calendario_de
from consulta.paginas.presentacion.consultas import balances, vista_de_consulta
from consulta.paginas.presentacion.plazos import excepciones_de, prorrogas_de
from consulta.paginas.presentacion.procesos import (
    cifras_de_etapas,
    insignia_de,
    linea_de,
    momento_de,
    tabla_de_fechas,
)
from consulta.procesos.models import Consulta, Etapa, Proceso
from consulta.seguimiento.models import Plan

CONSULTAS = Consulta.objects.publicadas().con_contexto().prefetch_related("excepciones")
COLUMNAS = [{"titulo": t} for t in ("Etapa", "Previsto", "Realizado", "Diferencia", "Estado")]


@publica
@require_safe
def procesos(request: HttpRequest) -> TemplateResponse:
    """Every process with its stages: first those one can take part in now, then the latest."""
    ahora = timezone.now()
    abiertas = Etapa.objects.abiertas(ahora).filter(proceso=OuterRef("pk"))
    page_obj = pagina(
        request,
        Proceso.objects.prefetch_related("etapas__prorrogas").order_by(
            Exists(abiertas).desc(), "-pk"
        ),
    )
    respondiendo = _respondiendo(page_obj)
    filas = []
    for fila in page_obj:
        etapas = list(fila.etapas.all())
        momento = momento_de(fila, etapas, ahora, por_responder=fila.pk in respondiendo)
        filas.append(
            {
                "proceso": fila,
                "linea": linea_de(fila, etapas, ahora, fila.get_absolute_url()),
                "momento": momento,
                "insignia": insignia_de(fila, momento),
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


def _respondiendo(filas: Iterable[Proceso]) -> set[int]:
    """Those of `filas` that still owe an answer. One query, that stops at the first it finds of each."""
    pendientes = Aporte.objects.publicos().pendientes().filter(consulta=OuterRef("pk"))
    consultas = Consulta.objects.publicadas().filter(etapa__proceso__in=[f.pk for f in filas])
    return set(consultas.filter(Exists(pendientes)).values_list("etapa__proceso", flat=True))


@publica
@require_safe
def proceso(request: HttpRequest, slug: str) -> TemplateResponse:
    """Where a process is, what one can do now, what comes next; its dates, figures and consultations."""
    fila = get_object_or_404(
        Proceso.objects.prefetch_related(
            "etapas__prorrogas",
            Prefetch("etapas__consultas", queryset=CONSULTAS),
        ),
        slug=slug,
    )
    ahora = timezone.now()
    etapas = list(fila.etapas.all())
    consultas = [c for etapa in etapas for c in etapa.consultas.all()]
    sumas = balances(consultas, dia_de(ahora))
    vistas = [vista_de_consulta(c, sumas[c.pk], ahora) for c in consultas]
    calendario = reverse("paginas:calendario_de_proceso", args=[fila.slug])
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
            "momento": momento_de(
                fila, etapas, ahora, por_responder=sum(v.balance.pendientes for v in vistas)
            ),
            "llamados": [v for v in vistas if v.abierta and v.accion],
            "prorrogas": prorrogas_de(etapas),
            "excepciones": excepciones_de(consultas),
            "calendario": calendario,
            "webcal": f"webcal://{urlsplit(direccion_absoluta(calendario)).netloc}{calendario}",
            "columnas": COLUMNAS,
            "fechas": tabla_de_fechas(fila, etapas, ahora),
            "cifras": cifras_de_etapas(etapas),
            "consultas": vistas,
        },
    )


@publica
@require_safe
def calendario_de_proceso(request: HttpRequest, slug: str) -> HttpResponse:
    """The stages of a process for a calendar program."""
    fila = get_object_or_404(Proceso.objects.prefetch_related("etapas__prorrogas"), slug=slug)
    respuesta = HttpResponse(
        calendario_de(fila, fila.etapas.all()), content_type="text/calendar; charset=utf-8"
    )
    respuesta["Content-Disposition"] = f'inline; filename="{fila.slug}.ics"'
    return respuesta
