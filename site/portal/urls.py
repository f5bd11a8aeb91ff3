"""Addresses of the whole portal. What others may rely on is listed in docs/contrato.md."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.salud import salud

urlpatterns = [
    path("salud/", salud, name="salud"),
    path("cuenta/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("archivos/", include(wagtaildocs_urls)),
    path("", include("consulta.paginas.urls")),
    path("", include(wagtail_urls)),
]
