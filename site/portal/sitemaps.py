"""The sitemap: public pages of the CMS, and the public addresses of participation."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from wagtail.models import Page

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta, Proceso
from consulta.seguimiento.models import Compromiso, Plan

POR_ARCHIVO = 2000


class _DelPortal(Sitemap):
    """Addresses are absolute on DIRECCION_BASE, whatever host was asked."""

    limit = POR_ARCHIVO

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.DIRECCION_BASE).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.DIRECCION_BASE).scheme

    def get_latest_lastmod(self) -> datetime | None:
        return None


class PaginasSitemap(_DelPortal):
    """Pages of the CMS that anyone may see."""

    def items(self) -> Any:
        return Page.objects.live().public().filter(depth__gt=1).order_by("path").specific()

    def get_urls(
        self, page: Any = 1, site: Any = None, protocol: Any = None
    ) -> list[dict[str, Any]]:
        return [
            {"alternates": [], **fila, "priority": str(fila.get("priority", ""))}
            for pagina in self.paginator.page(page).object_list
            for fila in pagina.get_sitemap_urls()
        ]

    def get_latest_lastmod(self) -> datetime | None:
        publicas = Page.objects.live().public().filter(depth__gt=1)
        ultima: datetime | None = publicas.aggregate(ultima=Max("last_published_at"))["ultima"]
        return ultima


class ProcesosSitemap(_DelPortal):
    priority = 0.9

    def items(self) -> "QuerySet[Proceso]":
        return Proceso.objects.order_by("pk")


class ConsultasSitemap(_DelPortal):
    priority = 0.9

    def items(self) -> "QuerySet[Consulta]":
        return Consulta.objects.publicadas().order_by("pk")


class PlanesSitemap(_DelPortal):
    priority = 0.7

    def items(self) -> "QuerySet[Plan]":
        return Plan.objects.order_by("pk")


class CompromisosSitemap(_DelPortal):
    priority = 0.7

    def items(self) -> "QuerySet[Compromiso]":
        return Compromiso.objects.select_related("plan").order_by("pk")


class AportesSitemap(_DelPortal):
    """Heads of threads: a reply shows on the page of its thread."""

    priority = 0.4

    def items(self) -> "QuerySet[Aporte]":
        return (
            Aporte.objects.publicos().vigentes().raices().select_related("consulta").order_by("pk")
        )

    def lastmod(self, item: Aporte) -> datetime | None:
        return item.respondido_en or item.confirmado_en


SITEMAPS: dict[str, type[Sitemap]] = {
    "paginas": PaginasSitemap,
    "procesos": ProcesosSitemap,
    "consultas": ConsultasSitemap,
    "planes": PlanesSitemap,
    "compromisos": CompromisosSitemap,
    "aportes": AportesSitemap,
}
