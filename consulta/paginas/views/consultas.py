"""The list of consultations and the page of one: what can change, who decides, by when."""

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import pagina
from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.lectores import sigue_consulta
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.campanas import de_consulta, vista_de
from consulta.paginas.presentacion.consultas import balances, vista_de_consulta
from consulta.paginas.presentacion.lectura import indice_de
from consulta.paginas.presentacion.plazos import excepciones_de, prorrogas_de
from consulta.paginas.vigencia import revalidable
from consulta.procesos.enums import Regimen
from consulta.procesos.models import Consulta
from consulta.procesos.querysets import abierta_q

CERRADAS_POR_PAGINA = 12
ULTIMOS = 4
COMPARTIDOS = 3


@revalidable
@publica
@require_safe
def consultas(request: HttpRequest) -> TemplateResponse:
    """Open ones first, the one that closes soonest on top; then those to come; then the closed."""
    ahora = timezone.now()
    hoy = dia_de(ahora)
    todas = Consulta.objects.publicadas().con_contexto()
    abierta = abierta_q(ahora, "etapa__") & ~Q(etapa__proceso__regimen=Regimen.HISTORICO)
    futura = Q(etapa__inicio__gt=ahora, etapa__fin__isnull=False)
    abiertas = list(todas.filter(abierta).order_by("etapa__fin", "pk"))
    proximas = list(todas.filter(futura).order_by("etapa__inicio", "pk"))
    cerradas = pagina(
        request,
        todas.exclude(abierta | futura).order_by("-etapa__fin", "-pk"),
        CERRADAS_POR_PAGINA,
    )
    sumas = balances([*abiertas, *proximas, *cerradas.object_list], hoy)
    return TemplateResponse(
        request,
        "paginas/consultas.html",
        {
            "seo": seo(
                "Consultas públicas",
                reverse("paginas:consultas"),
                "Qué está en consulta, hasta cuándo se puede participar y qué se ha respondido.",
            ),
            "migas": migas(("Consultas", "")),
            "abiertas": [vista_de_consulta(c, sumas[c.pk], ahora) for c in abiertas],
            "proximas": [vista_de_consulta(c, sumas[c.pk], ahora) for c in proximas],
            "cerradas": [vista_de_consulta(c, sumas[c.pk], ahora) for c in cerradas],
            "page_obj": cerradas,
        },
    )


@revalidable
@publica
@require_safe
def consulta(request: HttpRequest, slug: str) -> TemplateResponse:
    """The promise of one consultation, its state, its public line, and what has arrived last."""
    fila = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    ahora = timezone.now()
    balance = balances([fila], dia_de(ahora))[fila.pk]
    ultimos = (
        Aporte.objects.publicos()
        .vigentes()
        .de_consulta(fila)
        .raices()
        .con_texto()
        .order_by("-enviado_en", "-pk")[:ULTIMOS]
    )
    return TemplateResponse(
        request,
        "paginas/consulta.html",
        {
            "seo": seo(fila.titulo, fila.get_absolute_url(), fila.resumen),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (fila.titulo, ""),
            ),
            "datos_demo": fila.etapa.proceso.es_demostracion,
            "consulta": fila,
            "vista": vista_de_consulta(fila, balance, ahora),
            "secciones": indice_de(fila) if fila.recibe_observaciones else [],
            "prorrogas": prorrogas_de([fila.etapa]),
            "excepciones": excepciones_de([fila]),
            "ultimos": filas_de(ultimos, ahora=ahora),
            "siguiendo": sigue_consulta(request, fila),
            "url_seguir": reverse("paginas:seguir_consulta", args=[fila.slug]),
            "compartidos": [vista_de(g) for g in de_consulta(fila)[: COMPARTIDOS + 1]],
            "compartidos_a_la_vista": COMPARTIDOS,
        },
    )
