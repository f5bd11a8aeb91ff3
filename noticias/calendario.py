"""The agenda as iCalendar (RFC 5545): instants in UTC, one identity per activity for ever."""

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event, vText, vUri

from comun.avisos import direccion_absoluta
from noticias.models import EventoPage

PRODID = "-//Mesa Nacional de Estado Abierto//Agenda//ES"


def calendario(
    eventos: Iterable[EventoPage], *, ahora: datetime, nombre: str = "Agenda de Estado Abierto"
) -> bytes:
    """A VCALENDAR with `eventos`. `ahora` is what DTSTAMP says of those never published."""
    calendario = Calendar()
    calendario.add("prodid", PRODID)
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", nombre)
    for evento in eventos:
        calendario.add_component(_vevent(evento, ahora))
    contenido: bytes = calendario.to_ical()
    return contenido


def _vevent(evento: EventoPage, ahora: datetime) -> Event:
    """One VEVENT. DTSTAMP is when it last changed, so that an unchanged file stays unchanged."""
    vevent = Event()
    vevent.add("uid", evento.uid)
    cambio = evento.last_published_at or ahora
    vevent.add("dtstamp", cambio.astimezone(UTC))
    vevent.add("last-modified", cambio.astimezone(UTC))
    vevent.add("dtstart", evento.inicio.astimezone(UTC))
    vevent.add("dtend", evento.fin.astimezone(UTC))
    vevent.add("summary", evento.title)
    vevent.add("categories", [str(evento.get_tipo_display())])
    vevent.add("status", "CANCELLED" if evento.esta_suspendida else "CONFIRMED")
    direccion = direccion_absoluta(evento.url or "/")
    vevent["url"] = vUri(direccion)
    lineas = [evento.resumen, f"Organiza: {evento.organiza}"]
    if evento.enlace:
        lineas.append(f"Conectarse: {evento.enlace}")
    if evento.inscripcion:
        lineas.append(f"Inscripción: {evento.inscripcion}")
    if evento.esta_suspendida:
        lineas.insert(0, f"Suspendida: {evento.suspendido_motivo}")
    vevent["description"] = vText("\n".join(x for x in [*lineas, direccion] if x))
    if evento.donde:
        vevent["location"] = vText(evento.donde)
    return vevent
