"""News: the permanent record of activities (SY03)."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from comun.bloques import CUERPO
from comun.buscador import Tipo
from comun.fechas import comienzo_del_dia
from comun.paginas import PANEL_DE_RETIRO, PaginaBase, Retirable
from noticias.listas import lista_de_noticias
from noticias.querysets import NoticiaManager


class EtiquetaDeNoticia(TaggedItemBase):
    """That a news page carries a tag."""

    content_object = ParentalKey(
        "noticias.NoticiaPage", on_delete=models.CASCADE, related_name="etiquetadas"
    )

    class Meta:
        verbose_name = _("etiqueta de noticia")
        verbose_name_plural = _("etiquetas de noticias")


class NoticiasIndexPage(PaginaBase):
    """The list of news, by date, with filters by tag and year."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["noticias.NoticiaPage"]
    template = "noticias/indice.html"
    prioridad_sitemap = 0.8

    class Meta:
        verbose_name = _("índice de noticias")
        verbose_name_plural = _("índices de noticias")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        noticias = NoticiaPage.objects.child_of(self).publicas()
        return super().get_context(request, *args, **kwargs) | lista_de_noticias(request, noticias)


class NoticiaPage(Retirable, PaginaBase):
    """One piece of news, at a stable address, signed by the unit that publishes it."""

    fecha = models.DateField(
        _("fecha"),
        default=timezone.localdate,
        help_text=_("Con la que se ordena y se cita. No programa la publicación."),
    )
    unidad = models.CharField(
        _("quién publica"),
        max_length=160,
        help_text=_("La unidad o red que firma. Por ejemplo: Secretaría Técnica."),
    )
    etiquetas = ClusterTaggableManager(
        through=EtiquetaDeNoticia,
        blank=True,
        verbose_name=_("etiquetas"),
        help_text=_("Separadas por comas. Use las que ya existen cuando sirvan."),
    )
    cuerpo = StreamField(CUERPO, verbose_name=_("cuerpo"), blank=True)

    objects = NoticiaManager()

    parent_page_types: ClassVar[list[str]] = ["noticias.NoticiasIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "noticias/noticia.html"
    prioridad_sitemap = 0.6
    tipo_og = "article"
    ficha_tipo = Tipo.NOTICIA

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("fecha"), FieldPanel("unidad"), FieldPanel("etiquetas")],
            heading=_("Datos de la noticia"),
        ),
        FieldPanel("resumen"),
        FieldPanel("imagen"),
        FieldPanel("cuerpo"),
        PANEL_DE_RETIRO,
    ]

    class Meta:
        verbose_name = _("noticia")
        verbose_name_plural = _("noticias")

    def publicado(self) -> datetime | None:
        return comienzo_del_dia(self.fecha) if self.fecha else None

    def ficha_claves(self) -> list[str]:
        """Words it is found by in the archive, beside its text."""
        return [self.unidad, *self.etiquetas.names()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context(request, *args, **kwargs)
        contexto["indice_url"] = self.get_parent().get_url(request) if self.depth else ""
        contexto["etiquetas"] = self.etiquetas.all().order_by("name")
        contexto["otras"] = (
            NoticiaPage.objects.publicas().exclude(pk=self.pk).recientes().para_tarjetas()[:3]
        )
        return contexto
