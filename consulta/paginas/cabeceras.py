"""What every public page says to caches, and to machines that read its head."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from comun.avisos import direccion_absoluta
from cuentas.models import User

Vista = Callable[..., HttpResponseBase]
DESCRIPCION = 160


def publica(vista: Vista) -> Vista:
    """A page anyone may read. What is drawn for a signed-in person is theirs: no shared cache keeps it."""

    @wraps(vista)
    def con_cabeceras(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        respuesta = vista(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(respuesta, private=True)
        return respuesta

    return con_cabeceras


def persona(request: HttpRequest) -> User:
    """Who asks, as the permissions take it: they ask first whether anyone is signed in."""
    return cast(User, request.user)


def cuenta(request: HttpRequest) -> User | None:
    """Who asks, for flows that also serve whoever has no account."""
    return persona(request) if request.user.is_authenticated else None


def breve(texto: str, largo: int = DESCRIPCION) -> str:
    """`texto` on one line, of at most `largo` characters; what is cut ends with a whole word and «…»."""
    junto = " ".join(texto.split())
    if len(junto) <= largo:
        return junto
    corto = junto[: largo - 1]
    if " " in corto and not junto[largo - 1].isspace():
        corto = corto.rpartition(" ")[0]
    return corto.rstrip(" ,;:.") + "…"


def seo(
    titulo: str,
    ruta: str,
    descripcion: str = "",
    *,
    tipo: str = "website",
    datos: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Inputs of components/seo.html; `ruta` is the canonical path, `datos` goes to the `json_ld` tag."""
    return {
        "titulo": titulo,
        "descripcion": breve(descripcion),
        "canonical": direccion_absoluta(ruta),
        "imagen": direccion_absoluta("/static/img/compartir.png"),
        "tipo": tipo,
        "datos": datos,
    }


def migas(*pares: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs after the front page: (title, address); the last one is where one is."""
    return [
        {"titulo": "Portada", "url": "/"},
        *({"titulo": titulo, "url": url} for titulo, url in pares),
    ]
