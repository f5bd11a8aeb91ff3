"""The front page, and the page that is only text."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from comun.bloques import CUERPO
from comun.paginas import PaginaBase
from portal.portada import portada
from portal.seo import organizacion


class InicioPage(PaginaBase):
    """The front door. What it lists it finds by itself; the editor writes its greeting."""

    antetitulo = models.CharField(
        _("antetítulo"),
        max_length=80,
        blank=True,
        help_text=_("Una línea corta sobre el titular."),
    )
    titular = models.CharField(
        _("titular"),
        max_length=120,
        help_text=_("Lo primero que se lee. Una promesa, en una frase."),
    )
    bajada = models.TextField(
        _("bajada"), max_length=320, blank=True, help_text=_("Dos líneas bajo el titular.")
    )
    cuerpo = StreamField(
        CUERPO,
        verbose_name=_("texto al final"),
        blank=True,
        help_text=_("Opcional. Aparece después de las noticias."),
    )

    max_count = 1
    subpage_types: ClassVar[list[str]] = [
        "noticias.NoticiasIndexPage",
        "noticias.AgendaPage",
        "biblioteca.BibliotecaIndexPage",
        "portal.PaginaEstandar",
        "portal.ContactoPage",
    ]
    template = "portal/inicio.html"
    prioridad_sitemap = 1.0

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", help_text=_("Nombre interno de la portada.")),
        MultiFieldPanel(
            [FieldPanel("antetitulo"), FieldPanel("titular"), FieldPanel("bajada")],
            heading=_("Saludo"),
        ),
        FieldPanel("resumen"),
        FieldPanel("imagen"),
        FieldPanel("cuerpo"),
    ]

    class Meta:
        verbose_name = _("portada")

    def datos_estructurados(self, request: HttpRequest) -> dict[str, Any]:
        return organizacion()

    def get_context(
        self, request: HttpRequest, *args: Any, ahora: datetime | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return contexto | portada(ahora=ahora or timezone.now())


class PaginaEstandar(PaginaBase):
    """A page of text: accessibility, privacy, how it works."""

    cuerpo = StreamField(CUERPO, verbose_name=_("cuerpo"), blank=True)

    subpage_types: ClassVar[list[str]] = ["portal.PaginaEstandar"]
    template = "portal/estandar.html"
    prioridad_sitemap = 0.4

    content_panels: ClassVar[list[Any]] = [*PaginaBase.encabezado_panels, FieldPanel("cuerpo")]

    class Meta:
        verbose_name = _("página de texto")
        verbose_name_plural = _("páginas de texto")
