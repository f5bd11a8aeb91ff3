"""Pages that a browser or a cache may keep, as long as it asks whether they changed.

For a visitor without a session a page is a function of its address, of the code, of the day and of what
has been written. Every mutation is an event of the audit trail, so one cheap query over the newest
events tells whether anything was written since: when nothing was, the answer is 304 and no page is
drawn. It tells too often rather than too late: anything written anywhere makes every page new.

Never for who is signed in, has words kept in a session or a message waiting. A page with the form of a
guest is kept by that one browser only: its validator holds the cookie that goes with the form's token, and
whoever has sent something has a session.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from typing import Any

import django
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from rest_framework.request import Request

from comun.fechas import dia_de
from comun.registro import Evento
from consulta.aportes.models import Ancla, Grupo, Pertenece
from consulta.procesos.models import Etapa

Vista = Callable[..., HttpResponseBase]

CRECEN = (Evento, Ancla, Pertenece)
"""What is only added to: the trail, and what workers write without an event of its own."""

ULTIMAS = 2_000
"""How many of the newest rows are also counted. Ids are taken before a transaction ends: one that began
earlier may end later, and adds rows below the newest. Greater than what is written while one lasts."""

DE_HTMX = ("HX-Request", "HX-History-Restore-Request")
"""By which a page and a piece of it, at one address, are told apart."""

CODIGO = ("site", "consulta", "noticias", "biblioteca", "search")
FUENTES = frozenset({".py", ".html", ".css", ".js", ".svg", ".po"})


def revalidable(vista: Vista) -> Vista:
    """An anonymous GET of `vista` carries a validator, and is answered 304 to who brings it back."""

    @wraps(vista)
    def con_validador(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.DEBUG or not _es_de_cualquiera(request):
            return vista(request, *args, **kwargs)
        # Before the page is drawn: what is written meanwhile makes its validator old, never the page.
        etag = validador(request, timezone.now())
        suyo = _de_quien_tiene(request, etag)
        for cual in (etag, suyo):
            igual = get_conditional_response(request, etag=cual)
            if isinstance(igual, HttpResponse) and igual.status_code == 304:
                return _marcar(igual, cual, de_uno=cual == suyo)
        respuesta = vista(request, *args, **kwargs)
        if isinstance(respuesta, SimpleTemplateResponse) and not respuesta.is_rendered:
            respuesta.add_post_render_callback(lambda r: _marcar_si_se_puede(request, r, etag))
        return respuesta

    return con_validador


def validador(request: HttpRequest, ahora: datetime) -> str:
    """The weak entity tag of this address at `ahora` (UTC), for any visitor; one query."""
    leido = estado(ahora)
    request.estado_leido = leido  # type: ignore[attr-defined]
    partes = (
        version_del_codigo(),
        request.get_full_path(),
        *(request.headers.get(c, "") for c in DE_HTMX),
        dia_de(ahora).isoformat(),
        *leido,
    )
    return f'W/"{hashlib.sha256(repr(partes).encode()).hexdigest()[:32]}"'


@cache
def version_del_codigo() -> str:
    """A sum of everything a page is made with, the same on every machine with the same release."""
    suma = hashlib.sha256(f"{django.get_version()} {settings.DIRECCION_BASE}".encode())
    for archivo in sorted(f for parte in CODIGO for f in (settings.RAIZ / parte).rglob("*.*")):
        if archivo.suffix in FUENTES:
            suma.update(str(archivo.relative_to(settings.RAIZ)).encode())
            suma.update(archivo.read_bytes())
    return suma.hexdigest()


def _es_de_cualquiera(request: HttpRequest) -> bool:
    """Whether nothing on the page can be of one visitor: no session, no message."""
    propias = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return request.method in ("GET", "HEAD") and not any(c in request.COOKIES for c in propias)


def estado_de(request: HttpRequest | Request, ahora: datetime) -> tuple[object, ...]:
    """As `estado`, not read again where the validator of this request did: before anything was counted."""
    leido: tuple[object, ...] | None = getattr(request, "estado_leido", None)
    return estado(ahora) if leido is None else leido


def estado(ahora: datetime) -> tuple[object, ...]:
    """What was written last, which stages have opened and closed, and what the clock has counted; one
    query, whatever was written."""
    columnas: list[str] = []
    for modelo in CRECEN:
        tabla, pk = modelo._meta.db_table, modelo._meta.pk.column
        ultima = f"(SELECT MAX({pk}) FROM {tabla})"  # noqa: S608
        columnas += [ultima, f"(SELECT COUNT(*) FROM {tabla} WHERE {pk} > {ultima} - {ULTIMAS})"]  # noqa: S608
    etapas = Etapa._meta.db_table
    columnas += [f"(SELECT COUNT(*) FROM {etapas} WHERE {c} <= %s)" for c in ("inicio", "fin")]  # noqa: S608
    sumas = ("envios", "personas", "propios")
    columnas += [f"(SELECT SUM({suma}) FROM {Grupo._meta.db_table})" for suma in sumas]  # noqa: S608
    with connection.cursor() as cursor:
        instante = connection.ops.adapt_datetimefield_value(ahora)
        cursor.execute(f"SELECT {', '.join(columnas)}", [instante, instante])
        return tuple(cursor.fetchone())


def _de_quien_tiene(request: HttpRequest, etag: str) -> str:
    """The tag of this page for the one browser whose cookie goes with the tokens of its forms."""
    secreto = str(request.META.get("CSRF_COOKIE", ""))
    return f'W/"{hashlib.sha256(f"{etag}{secreto}".encode()).hexdigest()[:32]}"'


def _marcar_si_se_puede(request: HttpRequest, respuesta: HttpResponse, etag: str) -> None:
    """With a form it is of one browser; with a cookie, a session or an error it is not to be kept."""
    if respuesta.status_code == 200 and not respuesta.cookies and not request.session.modified:
        if "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
            _marcar(respuesta, _de_quien_tiene(request, etag), de_uno=True)
        else:
            _marcar(respuesta, etag)


def _marcar(respuesta: HttpResponse, etag: str, *, de_uno: bool = False) -> HttpResponse:
    respuesta["ETag"] = etag
    if de_uno:
        patch_cache_control(respuesta, private=True, no_cache=True)
    else:
        patch_cache_control(respuesta, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(respuesta, ["Cookie", *DE_HTMX])
    return respuesta
