"""What every page of the CMS has: a summary, an image, head metadata, breadcrumbs, a place in the sitemap."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page, PagePermissionTester

IMAGEN_PARA_COMPARTIR = "fill-1200x630|format-jpeg"
IMAGEN_DE_TARJETA = "fill-640x360|format-webp"
IMAGEN_POR_OMISION = "img/compartir.png"


class PaginaBase(Page):
    """A public page of the CMS. Listings of it say `.live().public()`, always."""

    resumen = models.TextField(
        _("resumen"),
        max_length=320,
        blank=True,
        help_text=_(
            "Una o dos frases que dicen de qué trata. Aparece bajo el título, en los listados, "
            "en la búsqueda y al compartir el enlace."
        ),
    )
    imagen = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("imagen destacada"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Opcional. Horizontal, de al menos 1200 píxeles de ancho."),
    )
    es_demostracion = models.BooleanField(
        _("datos de demostración"),
        default=False,
        help_text=_("Marca la página como ficticia con una cinta visible."),
    )

    prioridad_sitemap: ClassVar[float] = 0.5
    tipo_og: ClassVar[str] = "website"

    encabezado_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("resumen"),
        FieldPanel("imagen"),
    ]
    content_panels: ClassVar[list[Any]] = encabezado_panels
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "La última parte de la dirección. Si la cambia, la dirección antigua "
                        "seguirá llevando aquí."
                    ),
                ),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("En buscadores y redes sociales"),
        ),
        FieldPanel("es_demostracion"),
    ]

    class Meta:
        abstract = True

    def direccion(self, request: HttpRequest | None = None) -> str:
        """Its absolute public address, whatever host the request came through."""
        return urljoin(settings.DIRECCION_BASE, self.get_url(request) or "/")

    @property
    def imagen_de_tarjeta(self) -> dict[str, Any] | None:
        """Its image as components/tarjeta.html takes it. Free after `para_tarjetas()`. It decorates:
        the title beside it says what the card is about, so its alternative text is empty."""
        if self.imagen is None or not self.muestra_su_contenido:
            return None
        rendicion = self.imagen.get_rendition(IMAGEN_DE_TARJETA)
        return {"url": rendicion.url, "ancho": rendicion.width, "alto": rendicion.height}

    @property
    def muestra_su_contenido(self) -> bool:
        """Whether its image and text may be shown: not once it is withdrawn."""
        return True

    def descripcion_breve(self) -> str:
        """What search engines and social networks show below the title."""
        return str(self.search_description or self.resumen)

    def publicado(self) -> datetime | None:
        """When it came out, for metadata; aware."""
        fecha: datetime | None = self.first_published_at
        return fecha

    def datos_estructurados(self, request: HttpRequest) -> dict[str, Any] | None:
        """schema.org data beyond what every page declares, as a plain dictionary."""
        return None

    def seo(self, request: HttpRequest) -> dict[str, Any]:
        """Inputs of components/seo.html, with `datos` for the `json_ld` tag."""
        imagen = urljoin(settings.DIRECCION_BASE, f"{settings.STATIC_URL}{IMAGEN_POR_OMISION}")
        if self.imagen is not None and self.muestra_su_contenido:
            rendicion = self.imagen.get_rendition(IMAGEN_PARA_COMPARTIR)
            imagen = urljoin(settings.DIRECCION_BASE, rendicion.url)
        return {
            "canonical": self.direccion(request),
            "titulo": self.seo_title or self.title,
            "descripcion": self.descripcion_breve(),
            "imagen": imagen,
            "tipo": self.tipo_og,
            "publicado": self.publicado(),
            "datos": self.datos_estructurados(request),
        }

    def migas(self, request: HttpRequest) -> list[dict[str, str]]:
        """Breadcrumbs from the front page to here; empty on the front page itself. One query."""
        padres = list(self.get_ancestors().live().public().filter(depth__gt=1))
        if not padres:
            return []
        enlaces = [
            {"titulo": "Portada" if p.depth == 2 else p.title, "url": p.get_url(request) or ""}
            for p in padres
        ]
        return [*enlaces, {"titulo": self.title, "url": ""}]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context(request, *args, **kwargs)
        contexto["seo"] = self.seo(request)
        contexto["migas"] = self.migas(request)
        if self.es_demostracion:
            contexto["datos_demo"] = True
        return contexto

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [
            {
                "location": self.direccion(request),
                "lastmod": self.last_published_at or self.latest_revision_created_at,
                "priority": self.prioridad_sitemap,
            }
        ]


class PermisosDeRetirable(PagePermissionTester):
    """Wagtail's own, save for what is not done to a page that came out (INV-06)."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.page.first_published_at is None and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return self.page.first_published_at is None and super().can_unpublish()


class Retirable(models.Model):
    """A page that, once published, is not deleted nor unpublished: it is withdrawn and says why (INV-06)."""

    retirado_motivo = models.TextField(
        _("motivo del retiro"),
        blank=True,
        help_text=_(
            "Déjelo vacío mientras el contenido esté vigente. Lo publicado no se borra: si debe "
            "retirarlo, explique aquí por qué y quién lo decidió. La página seguirá existiendo y "
            "mostrará este motivo en lugar del contenido."
        ),
    )

    class Meta:
        abstract = True

    @property
    def esta_retirada(self) -> bool:
        """Whether its content is withdrawn and only the reason shows."""
        return bool(self.retirado_motivo)

    @property
    def muestra_su_contenido(self) -> bool:
        return not self.esta_retirada

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Nobody is offered to delete or unpublish what was published: its reason stands instead."""
        return PermisosDeRetirable(user, self)

    def clean(self) -> None:
        super().clean()
        if getattr(self, "expire_at", None):
            raise ValidationError(
                {
                    "expire_at": _(
                        "Lo publicado no vence. Para ocultarlo, escriba un motivo de retiro."
                    )
                }
            )


PANEL_DE_RETIRO = MultiFieldPanel(
    [FieldPanel("retirado_motivo")], heading=_("Retirar este contenido"), classname="collapsed"
)
