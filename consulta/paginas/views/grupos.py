"""A merge or a division on its own page, with every origin and its author; and the printable sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models import Aporte, Grupo
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.alrededor import alrededor_de
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.detalle import (
    campos_de,
    datos_de,
    titulo_de,
    versiones_de_respuesta,
)
from consulta.paginas.presentacion.tarjetas import Lector, tarjeta_de_aporte
from consulta.paginas.views.aportes import aporte_de_folio


@publica
@require_safe
def grupo(request: HttpRequest, slug: str, pk: int) -> TemplateResponse:
    """Undone ones stay readable: who stood together, since when, until when and why."""
    fila = get_object_or_404(
        Grupo.objects.exclude(clase=ClaseGrupo.CAMPANA).select_related("consulta__etapa__proceso"),
        pk=pk,
        consulta__slug=slug,
        consulta__publicada=True,
    )
    ahora = timezone.now()
    origenes = Aporte.objects.publicos().filter(pertenencias__grupo=fila).con_texto().order_by("n")
    return TemplateResponse(
        request,
        "paginas/grupo.html",
        {
            "seo": seo(fila.titulo, request.path, fila.texto or fila.motivo),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (fila.consulta.titulo, fila.consulta.get_absolute_url()),
                ("Propuestas", reverse("paginas:propuestas", args=[slug])),
                ("Propuestas tratadas en conjunto", ""),
            ),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "grupo": fila,
            "es_division": fila.clase == ClaseGrupo.DIVISION,
            "filas": filas_de(origenes, ahora=ahora),
        },
    )


@publica
@require_safe
def ficha(request: HttpRequest, folio: str) -> HttpResponse:
    """One contribution as a sheet to print: every field, its answer, folio and address."""
    fila = aporte_de_folio(folio)
    if fila.folio != folio:
        return redirect("paginas:ficha", fila.folio, permanent=True)
    vista = tarjeta_de_aporte(fila, Lector(fila.consulta, timezone.now()))
    return TemplateResponse(
        request,
        "paginas/ficha.html",
        {
            "seo": seo(f"Ficha de {fila.folio}", request.path),
            "migas": migas((fila.folio, fila.get_absolute_url()), ("Ficha para imprimir", "")),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "titulo": titulo_de(fila),
            "vista": vista,
            "campos": campos_de(fila) if fila.es_visible else [],
            "datos": datos_de(fila, con_plazo=vista.estado in ("pendiente", "vencido")),
            "respuestas": versiones_de_respuesta(fila)[:1] if fila.es_visible else [],
            "alrededor": alrededor_de(fila),
            "impresa_en": timezone.now(),
        },
    )
