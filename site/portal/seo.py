"""What machines that visit the portal are told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comun.avisos import direccion_absoluta

PRIVADAS = [
    "/admin/",
    "/cuenta/",
    "/_allauth/",
    "/mis-aportes/",
    "/correo/",
    "/_estilos/",
    "/buscar/",
]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`robots.txt`: all that is public is welcome; results of searches and accounts are not pages."""
    lineas = ["User-agent: *", *(f"Disallow: {ruta}" for ruta in PRIVADAS), "Allow: /", ""]
    lineas.append(f"Sitemap: {direccion_absoluta('/sitemap.xml')}")
    return HttpResponse("\n".join(lineas) + "\n", content_type="text/plain; charset=utf-8")


def organizacion() -> dict[str, object]:
    """The portal and its site search, for schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITIO_NOMBRE,
        "url": direccion_absoluta("/"),
        "inLanguage": "es-CL",
        "publisher": {"@type": "Organization", "name": "Mesa Nacional de Estado Abierto"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{direccion_absoluta('/buscar/')}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }
