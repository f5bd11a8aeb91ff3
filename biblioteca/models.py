"""The library: what the forum and the plans left written (SY04)."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Page

from biblioteca.enums import Licencia, TipoDocumento
from biblioteca.forms_documento import DocumentoForm
from biblioteca.listas import lista_de_documentos
from biblioteca.querysets import DocumentoManager
from comun.bloques import CUERPO
from comun.buscador import Tipo
from comun.fechas import comienzo_del_dia
from comun.paginas import PANEL_DE_RETIRO, PaginaBase, Retirable


class BibliotecaIndexPage(PaginaBase):
    """The list of documents, with facets by type, plan, year and source."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["biblioteca.DocumentoPage"]
    template = "biblioteca/indice.html"
    prioridad_sitemap = 0.8

    class Meta:
        verbose_name = _("índice de la biblioteca")
        verbose_name_plural = _("índices de la biblioteca")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        documentos = DocumentoPage.objects.child_of(self).publicos()
        return super().get_context(request, *args, **kwargs) | lista_de_documentos(
            request, documentos
        )


class DocumentoPage(Retirable, PaginaBase):
    """One document. Published, it stays: a withdrawal leaves this page, which says why (INV-06)."""

    tipo = models.CharField(
        _("tipo"), max_length=16, choices=TipoDocumento.choices, default=TipoDocumento.OTRO
    )
    fecha = models.DateField(_("fecha del documento"), help_text=_("La que lleva escrita."))
    fuente = models.CharField(
        _("fuente"),
        max_length=200,
        help_text=_("Quién lo hizo o lo entregó. Por ejemplo: Mesa Nacional de Estado Abierto."),
    )
    plan_numero = models.PositiveSmallIntegerField(
        _("plan de acción"),
        null=True,
        blank=True,
        help_text=_("Número del plan al que se refiere, si es de uno."),
    )
    archivo = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("archivo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Una vez publicado no se reemplaza: para corregirlo, suba otro archivo y elíjalo aquí."
        ),
    )
    sin_archivo = models.BooleanField(
        _("no tenemos el archivo"),
        default=False,
        help_text=_(
            "Márquelo solo si se sabe que el documento existe y el archivo no se encontró."
        ),
    )
    licencia = models.CharField(
        _("licencia"), max_length=12, choices=Licencia.choices, default=Licencia.CC_BY
    )
    cuerpo = StreamField(CUERPO, verbose_name=_("descripción"), blank=True)

    objects = DocumentoManager()
    base_form_class = DocumentoForm

    parent_page_types: ClassVar[list[str]] = ["biblioteca.BibliotecaIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "biblioteca/documento.html"
    ficha_tipo = Tipo.DOCUMENTO
    prioridad_sitemap = 0.6

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("resumen"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("tipo"), FieldPanel("fecha")]),
                FieldPanel("fuente"),
                FieldPanel("plan_numero"),
                FieldPanel("archivo"),
                FieldPanel("sin_archivo"),
                FieldPanel("licencia"),
            ],
            heading=_("Ficha del documento"),
        ),
        FieldPanel("cuerpo"),
        PANEL_DE_RETIRO,
    ]

    class Meta:
        verbose_name = _("documento")
        verbose_name_plural = _("documentos")
        indexes = [models.Index(fields=["-fecha", "tipo"], name="documento_por_fecha")]

    def publicado(self) -> datetime | None:
        return comienzo_del_dia(self.fecha) if self.fecha else None

    def ficha_claves(self) -> list[str]:
        """Words it is found by in the archive, beside its text."""
        plan = f"Plan {self.plan_numero}" if self.plan_numero else ""
        archivo = self.archivo.filename if self.archivo else ""
        return [str(self.get_tipo_display()), self.fuente, plan, archivo]

    @property
    def formato(self) -> str:
        """«PDF», «DOCX»: the kind of its file, in capitals; empty without a file."""
        return self.archivo.file_extension.upper() if self.archivo else ""

    @property
    def peso(self) -> str:
        """Size of its file as people read it; empty without a file."""
        return filesizeformat(self.archivo.get_file_size()) if self.archivo else ""

    @property
    def licencia_enlace(self) -> str:
        return Licencia(self.licencia).enlace

    def datos_estructurados(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "DigitalDocument",
            "name": self.title,
            "description": self.descripcion_breve(),
            "genre": str(self.get_tipo_display()),
            "datePublished": self.fecha.isoformat(),
            "author": {"@type": "Organization", "name": self.fuente},
            "license": self.licencia_enlace,
            "url": self.direccion(request),
            "inLanguage": "es-CL",
        }
