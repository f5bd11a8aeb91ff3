"""Addresses of a contribution and of what one does with it. A reverse per link would be dear in a thread."""

from functools import cache
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from consulta.procesos.models import Asunto

_MUESTRA = "FOLIO"


@cache
def _patron(nombre: str) -> str:
    """The path of `paginas:<nombre>` around a folio; empty where the site has no such page."""
    try:
        return reverse(f"paginas:{nombre}", args=[_MUESTRA])
    except NoReverseMatch:
        return ""


def direccion(nombre: str, folio: str) -> str:
    """Address of the page or action `nombre` of a contribution; empty where there is none."""
    return _patron(nombre).replace(_MUESTRA, folio)


def pagina_de(asunto: Asunto) -> str:
    """Where the thread of `asunto` is read: a paragraph, the draft as a whole, or the consultation."""
    if asunto.fragmento is None and asunto.consulta.recibe_observaciones:
        return reverse("paginas:borrador_comentarios", args=[asunto.consulta.slug])
    return asunto.get_absolute_url()


def ingreso_y_vuelta(ruta: str, folio: str) -> str:
    """Sign in, and come back to that contribution in the page `ruta`."""
    return f"{_ingreso()}?next={quote(ruta, safe='')}%23aporte-{folio}"


@cache
def _ingreso() -> str:
    return reverse("account_login")
