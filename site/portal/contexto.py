"""What every page of the site knows. Nothing here asks the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

NAVEGACION = [
    ("Participar", "/consultas/"),
    ("Procesos", "/procesos/"),
    ("Planes", "/planes/"),
    ("Noticias", "/noticias/"),
    ("Agenda", "/agenda/"),
    ("Biblioteca", "/biblioteca/"),
    ("Cómo funciona", "/como-funciona/"),
]
"""Main navigation: addresses of docs/contrato.md, which do not move."""

TAMBIEN = {"/consultas/": ("/aportes/", "/mis-aportes/")}
"""Other addresses of a section."""


def navegacion(ruta: str) -> list[dict[str, Any]]:
    """The main menu as seen from the path `ruta`: the section one is in is `activo`."""
    return [
        {"titulo": titulo, "url": url, "activo": ruta.startswith((url, *TAMBIEN.get(url, ())))}
        for titulo, url in NAVEGACION
    ]


def sitio(request: HttpRequest) -> dict[str, Any]:
    """Name of the site and its main navigation."""
    return {
        "sitio_nombre": settings.SITIO_NOMBRE,
        "direccion_base": settings.DIRECCION_BASE,
        "navegacion": navegacion(request.path),
    }
