"""What every page of the site knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def sitio(request: HttpRequest) -> dict[str, Any]:
    """Name of the site and its main navigation."""
    return {"sitio_nombre": settings.SITIO_NOMBRE, "direccion_base": settings.DIRECCION_BASE}
