"""Calendars to subscribe to: addresses that do not move with the pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from noticias.calendario import calendario
from noticias.models import EventoPage

TIPO = "text/calendar; charset=utf-8"


@require_safe
def agenda_ics(request: HttpRequest) -> HttpResponse:
    """Every public activity, past ones included."""
    eventos = EventoPage.objects.publicos().por_orden()
    contenido = calendario(eventos, ahora=timezone.now())
    return HttpResponse(contenido, content_type=TIPO, headers=_como("agenda"))


@require_safe
def evento_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity. 404 when it is not public."""
    evento = get_object_or_404(EventoPage.objects.publicos(), slug=slug)
    contenido = calendario([evento], ahora=timezone.now(), nombre=evento.title)
    return HttpResponse(contenido, content_type=TIPO, headers=_como("evento"))


def _como(nombre: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{nombre}.ics"'}
