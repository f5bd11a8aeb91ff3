"""Consultations, and the themes contributions are classified by."""

from datetime import date, datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comun.fechas import dia_de, ultimo_dia
from consulta.procesos.avisos_de_plazo import avisos_habituales
from consulta.procesos.enums import PlazoDesde, TipoEtapa, Verbo
from consulta.procesos.habiles import sumar_habiles
from consulta.procesos.models.procesos import Etapa
from consulta.procesos.querysets import ConsultaQuerySet

PLAZO_MAXIMO = 250
"""Business days: about a year."""


class Tema(models.Model):
    """A theme contributions are classified by."""

    nombre = models.CharField(_("nombre"), max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("tema")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Consulta(models.Model):
    """A call to contribute, inside one stage, which gives it its window."""

    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="consultas")
    titulo = models.CharField(_("título"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    sigla = models.CharField(
        _("sigla"),
        max_length=12,
        unique=True,
        help_text=_("Encabeza los folios: P7B da P7B-0001. Letras mayúsculas y números."),
    )
    resumen = models.TextField(_("resumen"))
    que_se_puede_cambiar = models.TextField(_("qué se puede cambiar"))
    que_no_se_puede_cambiar = models.TextField(_("qué no se puede cambiar"), blank=True)
    quien_decide = models.TextField(_("quién decide"))
    responder_antes_de = models.DateField(_("responder antes de"), null=True, blank=True)
    publicada = models.BooleanField(_("publicada"), default=False)
    anunciada_en = models.DateTimeField(_("anunciada"), null=True, blank=True, editable=False)
    pide_postura = models.BooleanField(
        _("pide postura"),
        default=False,
        help_text=_("Cada comentario dice si está a favor, neutral o en contra."),
    )
    acepta_invitados = models.BooleanField(
        _("acepta aportes sin cuenta"),
        default=True,
        help_text=_("Quien no tiene cuenta confirma su aporte por correo, en 48 horas."),
    )
    acepta_adjuntos = models.BooleanField(_("acepta archivos adjuntos"), default=True)
    plazo_habiles = models.PositiveSmallIntegerField(
        _("plazo para responder, en días hábiles"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(PLAZO_MAXIMO)],
        help_text=_("De lunes a viernes sin feriados. Si falta, vale «responder antes de»."),
    )
    plazo_desde = models.CharField(
        _("el plazo corre desde"),
        max_length=10,
        choices=PlazoDesde.choices,
        default=PlazoDesde.CIERRE,
    )
    avisos_de_plazo = models.JSONField(
        _("avisar antes de que venza, en días hábiles"),
        default=avisos_habituales,
        blank=True,
        help_text=_("Con cuántos días hábiles de anticipación se avisa a quienes responden."),
    )
    conformidades = models.JSONField(
        _("conformidades que pide cada respuesta"),
        default=list,
        blank=True,
        help_text=_("Sectores del foro que deben dar su conformidad antes de publicar."),
    )
    respondida_en = models.DateTimeField(
        _("respondida"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Cuándo se cerró con todos sus aportes respondidos."),
    )
    config = models.JSONField(_("configuración"), default=dict, blank=True)

    objects: ClassVar[ConsultaQuerySet] = ConsultaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("consulta")
        ordering = ["-etapa__inicio", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sigla__regex=r"^[A-Z][A-Z0-9]{1,11}$"), name="consulta_sigla_valida"
            )
        ]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("paginas:consulta", args=[self.slug])

    @property
    def recibe_propuestas(self) -> bool:
        return Verbo.PROPONER in TipoEtapa(self.etapa.tipo).permite

    @property
    def recibe_observaciones(self) -> bool:
        return Verbo.OBSERVAR in TipoEtapa(self.etapa.tipo).permite

    @cached_property
    def tiene_borrador(self) -> bool:
        """Whether a version of its draft is published. `con_contexto()` brings it along."""
        return self.versiones.publicadas().exists()

    def vence_el(self, recibido: datetime) -> date | None:
        """The last day, in Santiago, on which what came in at `recibido` is answered in time: counted
        in business days from that day or from the last one of the stage, or the day that is named.

        None where no day is promised. Needs `etapa`.
        """
        if self.plazo_habiles is not None and self.plazo_desde == PlazoDesde.RECEPCION:
            return sumar_habiles(dia_de(recibido), self.plazo_habiles)
        return self.responde_hasta

    @property
    def responde_hasta(self) -> date | None:
        """The day by which all is answered: what came in on the last day of the stage, too."""
        if self.plazo_habiles is None or self.etapa.fin is None:
            return self.responder_antes_de
        return sumar_habiles(ultimo_dia(self.etapa.fin), self.plazo_habiles)

    @property
    def promesa(self) -> str:
        """When one is answered, in words."""
        hasta = self.responde_hasta
        if hasta is None:
            return str(_("Cada aporte tendrá una respuesta escrita y fundada."))
        dia = date_format(hasta, "DATE_FORMAT")
        if self.plazo_habiles is None or self.etapa.fin is None:
            return _(
                "Cada aporte tendrá una respuesta escrita y fundada a más tardar el %(dia)s."
            ) % {"dia": dia}
        cuanto = ngettext("%(n)s día hábil", "%(n)s días hábiles", self.plazo_habiles) % {
            "n": self.plazo_habiles
        }
        if self.plazo_desde == PlazoDesde.RECEPCION:
            frase = _(
                "Cada aporte tendrá una respuesta escrita y fundada en %(cuanto)s desde que lo "
                "recibimos: el último, a más tardar el %(dia)s."
            )
        else:
            frase = _(
                "Responderemos por escrito y con razones en %(cuanto)s desde el cierre: a más tardar "
                "el %(dia)s."
            )
        return frase % {"cuanto": cuanto, "dia": dia}

    @property
    def espera_borrador(self) -> bool:
        """It is about a draft that nobody can read yet."""
        return self.recibe_observaciones and not self.tiene_borrador
