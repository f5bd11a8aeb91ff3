"""The stages of a process as iCalendar (RFC 5545): instants in UTC, one identity per stage for ever."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.utils.formats import date_format
from icalendar import Calendar, Event, vText, vUri

from comun.auditoria import nombre_de
from comun.avisos import direccion_absoluta
from comun.fechas import SANTIAGO
from comun.registro import Evento
from consulta.procesos.models import Etapa, Proceso

PRODID = "-//Mesa Nacional de Estado Abierto//Procesos//ES"
CAMBIAN = ("editar_etapa", "prorrogar_etapa")
"""Events after which a calendar must take the stage again."""


def calendario_de(proceso: Proceso, etapas: Iterable[Etapa]) -> bytes:
    """A VCALENDAR with each stage that has a date; `etapas` come with their `prorrogas`.

    Planned dates are TENTATIVE, actual ones CONFIRMED. SEQUENCE counts the changes of the stage and
    DTSTAMP is the last one, so that an unchanged process gives the same file.
    """
    con_fecha = [e for e in etapas if e.inicio or e.prevista_inicio]
    cambios = _cambios(con_fecha)
    calendario = Calendar()
    calendario.add("prodid", PRODID)
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", proceso.titulo)
    calendario.add("x-wr-timezone", "America/Santiago")
    for etapa in con_fecha:
        calendario.add_component(_vevent(proceso, etapa, *cambios.get(nombre_de(etapa), (0, None))))
    contenido: bytes = calendario.to_ical()
    return contenido


def _cambios(etapas: list[Etapa]) -> dict[str, tuple[int, datetime | None]]:
    """How often each stage changed, and when last; one query."""
    filas = (
        Evento.objects.filter(objeto__in=[nombre_de(e) for e in etapas], verbo__in=CAMBIAN)
        .order_by()
        .values_list("objeto")
        .annotate(veces=Count("seq"), ultimo=Max("en"))
    )
    return {objeto: (veces, ultimo) for objeto, veces, ultimo in filas}


def _vevent(proceso: Proceso, etapa: Etapa, veces: int, ultimo: datetime | None) -> Event:
    inicio, fin = etapa.inicio or etapa.prevista_inicio, etapa.fin or etapa.prevista_fin
    assert inicio is not None  # noqa: S101 (the caller keeps those that have one)
    cambio = (ultimo or inicio).astimezone(UTC)
    direccion = direccion_absoluta(proceso.get_absolute_url())
    vevent = Event()
    vevent.add("uid", f"etapa-{etapa.pk}@{urlsplit(settings.DIRECCION_BASE).hostname}")
    vevent.add("dtstamp", cambio)
    vevent.add("last-modified", cambio)
    vevent.add("sequence", veces)
    vevent.add("dtstart", inicio.astimezone(UTC))
    if fin is not None and fin > inicio:
        vevent.add("dtend", fin.astimezone(UTC))
    vevent.add("summary", f"{etapa.nombre} · {proceso.titulo}")
    vevent.add("status", "CONFIRMED" if etapa.inicio and etapa.fin else "TENTATIVE")
    vevent.add("transp", "TRANSPARENT")
    vevent["url"] = vUri(direccion)
    lineas = [etapa.descripcion, *_prorrogas(etapa), direccion]
    vevent["description"] = vText("\n".join(linea for linea in lineas if linea))
    return vevent


def _prorrogas(etapa: Etapa) -> list[str]:
    return [
        f"Plazo extendido: terminaba el {_dia(p.fin_anterior)} y termina el {_dia(p.fin_nuevo)}. {p.razon}"
        for p in etapa.prorrogas.all()
    ]


def _dia(en: datetime) -> str:
    return f"{date_format(en.astimezone(SANTIAGO), 'DATE_FORMAT')} a las {en.astimezone(SANTIAGO):%H:%M}"
