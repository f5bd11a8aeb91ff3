"""The agenda: activities with a beginning and an end (SY01, SY02)."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from comun.bloques import CUERPO
from comun.buscador import Tipo
from comun.paginas import PANEL_DE_RETIRO, PaginaBase, Retirable
from comun.regiones import Region
from noticias.enums import Acceso, TipoEvento
from noticias.estructurados import evento_de_schema_org
from noticias.listas import lista_de_eventos
from noticias.querysets import EventoManager


class AgendaPage(PaginaBase):
    """The list of activities: those to come, and apart those that are over."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["noticias.EventoPage"]
    template = "noticias/agenda.html"
    prioridad_sitemap = 0.8

    class Meta:
        verbose_name = _("agenda")

    def get_context(
        self, request: HttpRequest, *args: Any, ahora: datetime | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        eventos = EventoPage.objects.child_of(self).publicos()
        contexto: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return contexto | lista_de_eventos(request, eventos, ahora=ahora or timezone.now())


class EventoPage(Retirable, PaginaBase):
    """One activity, in `[inicio, fin)`. Called off, it stays and says why."""

    inicio = models.DateTimeField(_("comienza"), help_text=_("Hora de Chile continental."))
    fin = models.DateTimeField(
        _("termina"),
        help_text=_("A esta hora sale del carrusel y pasa a actividades realizadas."),
    )
    tipo = models.CharField(
        _("tipo"), max_length=12, choices=TipoEvento.choices, default=TipoEvento.OTRO
    )
    acceso = models.CharField(
        _("acceso"), max_length=8, choices=Acceso.choices, default=Acceso.ABIERTA
    )
    region = models.CharField(
        _("región"),
        max_length=2,
        choices=Region.choices,
        blank=True,
        help_text=_("Vacío si es en línea o de todo el país."),
    )
    lugar = models.CharField(
        _("lugar"), max_length=240, blank=True, help_text=_("Dirección y comuna, si es presencial.")
    )
    enlace = models.URLField(
        _("enlace para conectarse"), blank=True, help_text=_("Si se puede asistir en línea.")
    )
    inscripcion = models.URLField(
        _("enlace de inscripción"), blank=True, help_text=_("Donde se anota quien quiera asistir.")
    )
    organiza = models.CharField(
        _("quién organiza"),
        max_length=200,
        help_text=_(
            "La institución o red. Por ejemplo: Red de Organizaciones de la Sociedad Civil."
        ),
    )
    destacado = models.BooleanField(
        _("destacar en la portada"),
        default=False,
        help_text=_("Aparece en el carrusel de la portada y sale solo cuando termina."),
    )
    suspendido_motivo = models.TextField(
        _("motivo de la suspensión"),
        blank=True,
        help_text=_("Si la actividad no se hará, diga por qué. Seguirá en la agenda, marcada."),
    )
    cuerpo = StreamField(CUERPO, verbose_name=_("cuerpo"), blank=True)

    objects = EventoManager()

    parent_page_types: ClassVar[list[str]] = ["noticias.AgendaPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "noticias/evento.html"
    ficha_tipo = Tipo.EVENTO
    prioridad_sitemap = 0.6

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("resumen"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("inicio"), FieldPanel("fin")]),
                FieldRowPanel([FieldPanel("tipo"), FieldPanel("acceso")]),
                FieldPanel("organiza"),
                FieldPanel("destacado"),
            ],
            heading=_("Qué y cuándo"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("region"),
                FieldPanel("lugar"),
                FieldPanel("enlace"),
                FieldPanel("inscripcion"),
            ],
            heading=_("Dónde y cómo participar"),
        ),
        FieldPanel("imagen"),
        FieldPanel("cuerpo"),
        MultiFieldPanel(
            [FieldPanel("suspendido_motivo")], heading=_("Suspender"), classname="collapsed"
        ),
        PANEL_DE_RETIRO,
    ]

    class Meta:
        verbose_name = _("actividad")
        verbose_name_plural = _("actividades")
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("inicio")),
                name="evento_termina_despues_de_empezar",
                violation_error_message=_("La actividad debe terminar después de comenzar."),
            )
        ]
        indexes = [models.Index(fields=["fin", "inicio"], name="evento_por_fin")]

    def clean(self) -> None:
        super().clean()
        if self.inicio and self.fin and self.fin <= self.inicio:
            raise ValidationError({"fin": _("La actividad debe terminar después de comenzar.")})

    @property
    def uid(self) -> str:
        """Identity of the activity in calendars: the same for ever, whatever its address (RFC 7986)."""
        return str(self.translation_key)

    @property
    def esta_suspendida(self) -> bool:
        return bool(self.suspendido_motivo)

    @property
    def donde(self) -> str:
        """Where it takes place, in a few words."""
        if self.lugar:
            return self.lugar
        if self.region:
            return str(self.get_region_display())
        return "En línea" if self.enlace else ""

    @property
    def ics_url(self) -> str:
        """Address of its .ics file."""
        return reverse("noticias:evento_ics", args=[self.slug])

    def termino(self, ahora: datetime) -> bool:
        """Whether it is over at `ahora`: from the very instant of its end."""
        return self.fin <= ahora

    def publicado(self) -> datetime | None:
        """When it begins: the date the archive knows it by."""
        return self.inicio

    def ficha_claves(self) -> list[str]:
        """Words it is found by in the archive, beside its text."""
        region = str(self.get_region_display()) if self.region else ""
        return [str(self.get_tipo_display()), self.organiza, self.lugar, region]

    def seo(self, request: HttpRequest) -> dict[str, Any]:
        return super().seo(request) | {"publicado": self.first_published_at}

    def datos_estructurados(self, request: HttpRequest) -> dict[str, Any]:
        return evento_de_schema_org(self, self.direccion(request))

    def get_context(
        self, request: HttpRequest, *args: Any, ahora: datetime | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ahora = ahora or timezone.now()
        contexto["termino"] = self.termino(ahora)
        contexto["en_curso"] = self.inicio <= ahora < self.fin
        return contexto
