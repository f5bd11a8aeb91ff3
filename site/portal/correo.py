"""The mails of a machine without a mail server, read in the browser: `/correo/`.

Only where `CORREO_CARPETA` is set, which production never does. Nothing of a mail is drawn as HTML:
one reads its plain text and the addresses in it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

POR_PAGINA = 20
NOMBRE = re.compile(r"[A-Za-z0-9_-]{1,80}\.log")
SEPARADOR = b"\n" + b"-" * 79 + b"\n"
ENLACE = re.compile(r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:)]")


@dataclass(slots=True)
class CorreoLeido:
    """One mail of a file. A file has as many as one connection sent."""

    archivo: str
    n: int
    de: str
    para: str
    asunto: str
    fecha: datetime | None
    texto: str = ""
    enlaces: tuple[str, ...] = ()
    con_html: bool = False


class _Enlaces(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.vistos: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        direccion = dict(attrs).get("href") or ""
        if tag == "a" and direccion.startswith(("http://", "https://")):
            self.vistos.append(direccion)


@never_cache
@require_safe
def correos(request: HttpRequest) -> TemplateResponse:
    """The mails, newest first: by the second of their name, and within it by when they were written."""
    hallados = [a for a in carpeta().glob("*.log") if NOMBRE.fullmatch(a.name)]
    archivos = [a.name for a in sorted(hallados, key=_momento, reverse=True)]
    page_obj = Paginator(archivos, POR_PAGINA).get_page(request.GET.get("pagina"))
    leidos = [c for nombre in page_obj for c in reversed(leer(nombre))]
    return TemplateResponse(
        request, "portal/correos.html", {"correos": leidos, "page_obj": page_obj}
    )


@never_cache
@require_safe
def correo(request: HttpRequest, archivo: str, n: int) -> TemplateResponse:
    """One mail: headers, plain text, addresses."""
    leidos = leer(archivo)
    if n >= len(leidos):
        raise Http404("No hay tal correo")
    return TemplateResponse(request, "portal/correo.html", {"correo": leidos[n]})


def _momento(archivo: Path) -> tuple[str, int]:
    segundo, _guion, _resto = archivo.name.rpartition("-")
    return segundo, archivo.stat().st_mtime_ns


def carpeta() -> Path:
    """The folder of the mails. Raises Http404 where mails are really sent."""
    if settings.CORREO_CARPETA is None:
        raise Http404("Aquí los correos se envían")
    return Path(settings.CORREO_CARPETA)


def leer(nombre: str) -> list[CorreoLeido]:
    """The mails of one file, in the order they were sent. Raises Http404 for any other name."""
    if NOMBRE.fullmatch(nombre) is None:
        raise Http404("No es un archivo de correo")
    try:
        crudo = (carpeta() / nombre).read_bytes()
    except FileNotFoundError as falta:
        raise Http404("No hay tal archivo") from falta
    partes = [p for p in crudo.replace(b"\r\n", b"\n").split(SEPARADOR) if p.strip()]
    return [_leido(nombre, n, parte) for n, parte in enumerate(partes)]


def _leido(archivo: str, n: int, crudo: bytes) -> CorreoLeido:
    mensaje = BytesParser(policy=policy.default).parsebytes(crudo.lstrip(b"\n"))
    texto, html = _cuerpo(mensaje, "plain"), _cuerpo(mensaje, "html")
    enlaces = _Enlaces()
    enlaces.feed(html)
    return CorreoLeido(
        archivo=archivo,
        n=n,
        de=str(mensaje["From"] or ""),
        para=str(mensaje["To"] or ""),
        asunto=str(mensaje["Subject"] or "(sin asunto)"),
        fecha=_instante(getattr(mensaje["Date"], "datetime", None)),
        texto=texto,
        enlaces=tuple(dict.fromkeys([*ENLACE.findall(texto), *enlaces.vistos])),
        con_html=bool(html),
    )


def _instante(dicho: datetime | None) -> datetime | None:
    """What the header says, in UTC where it says no zone («-0000»: RFC 5322 §3.3)."""
    return dicho.replace(tzinfo=UTC) if dicho is not None and dicho.tzinfo is None else dicho


def _cuerpo(mensaje: EmailMessage, clase: str) -> str:
    parte = mensaje.get_body(preferencelist=(clase,))
    if parte is None:
        return ""
    contenido = parte.get_content()
    return contenido if isinstance(contenido, str) else ""
