"""Where an act leads back to."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def pagina_de_vuelta(request: HttpRequest) -> str:
    """The page one was in (`siguiente`), when it is one of this site; empty otherwise."""
    siguiente = request.POST.get("siguiente", "")
    if not url_has_allowed_host_and_scheme(siguiente, allowed_hosts={request.get_host()}):
        return ""
    partes = urlsplit(siguiente)
    # Without its host, «//otro/» would be the name of another site; a bare word, that of a view.
    if not partes.path.startswith("/") or partes.path.startswith("//"):
        return ""
    return f"{partes.path}?{partes.query}" if partes.query else partes.path
