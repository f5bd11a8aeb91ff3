"""What search engines are told of an activity (schema.org)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from noticias.models import EventoPage

_MODO = "https://schema.org/{}EventAttendanceMode"


def evento_de_schema_org(evento: "EventoPage", direccion: str) -> dict[str, Any]:
    """`Event` of schema.org; instants in UTC. `direccion` is its absolute address."""
    estado = "EventCancelled" if evento.esta_suspendida else "EventScheduled"
    lugares: list[dict[str, Any]] = []
    if evento.lugar or evento.region:
        lugares.append(
            {
                "@type": "Place",
                "name": evento.lugar or str(evento.get_region_display()),
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": evento.lugar,
                    "addressRegion": str(evento.get_region_display()) if evento.region else "",
                    "addressCountry": "CL",
                },
            }
        )
    if evento.enlace:
        lugares.append({"@type": "VirtualLocation", "url": evento.enlace})
    datos: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": evento.title,
        "description": evento.descripcion_breve(),
        "startDate": evento.inicio.isoformat(),
        "endDate": evento.fin.isoformat(),
        "eventStatus": f"https://schema.org/{estado}",
        "url": direccion,
        "organizer": {"@type": "Organization", "name": evento.organiza},
        "isAccessibleForFree": True,
        "inLanguage": "es-CL",
    }
    if lugares:
        modo = "Mixed" if len(lugares) == 2 else "Online" if evento.enlace else "Offline"
        datos["location"] = lugares if len(lugares) > 1 else lugares[0]
        datos["eventAttendanceMode"] = _MODO.format(modo)
    return datos
