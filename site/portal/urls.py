"""Addresses of the whole portal. What others may rely on is listed in docs/contrato.md."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cuentas.acceso import acceso_a_administracion
from portal.altcha import reto
from portal.correo import correo, correos
from portal.estilos import catalogo
from portal.retiradas import imagen
from portal.salud import salud
from portal.seo import robots
from portal.sitemaps import SITEMAPS

urlpatterns = [
    path("salud/", salud, name="salud"),
    path("altcha/", reto, name="altcha"),
    path("_estilos/", catalogo, name="estilos"),
    path("correo/", correos, name="correos"),
    path("correo/<str:archivo>/<int:n>/", correo, name="correo"),
    path("cuenta/administracion/", acceso_a_administracion, name="acceso_a_administracion"),
    path("cuenta/", include("allauth.urls")),
    # One document describes the whole API; allauth's own page would ask a third party for its script.
    re_path(
        r"^_allauth/openapi\.(?:json|yaml)$", RedirectView.as_view(pattern_name="api_documento")
    ),
    path("_allauth/openapi.html", RedirectView.as_view(pattern_name="api_docs")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v2/", include("portal.api.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("archivos/", include(wagtaildocs_urls)),
    # Only images: documents go through /archivos/, which asks who may read them. Where a web server
    # or an object store has the images, this is never reached: what is withdrawn is deleted there.
    path("media/images/<path:path>", imagen),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("cuentas.urls")),
    path("", include("search.urls")),
    path("", include("noticias.urls")),
    path("", include("biblioteca.urls")),
    path("", include("consulta.paginas.urls")),
    path("", include(wagtail_urls)),
]
