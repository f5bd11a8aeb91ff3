"""Processes and their dated stages."""

from datetime import UTC, datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consulta.procesos.enums import EstadoEtapa, Regimen, TipoEtapa, Verbo
from consulta.procesos.querysets import EtapaQuerySet, ProcesoQuerySet

HASTA = MaxValueValidator(
    datetime(2200, 1, 1, tzinfo=UTC), _("Revise el año: una etapa no llega tan lejos.")
)
"""A slip of the keyboard, beyond which days cannot be counted either."""


class Proceso(models.Model):
    """A co-creation or consultation process, made of dated stages."""

    titulo = models.CharField(_("título"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    regimen = models.CharField(
        _("régimen"), max_length=20, choices=Regimen.choices, default=Regimen.VIGENTE
    )
    resumen = models.TextField(_("resumen"), blank=True)
    nota_fuente = models.TextField(_("nota sobre la fuente"), blank=True)

    objects: ClassVar[ProcesoQuerySet] = ProcesoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("proceso")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("paginas:proceso", args=[self.slug])

    @property
    def es_historico(self) -> bool:
        return self.regimen == Regimen.HISTORICO

    @property
    def es_demostracion(self) -> bool:
        return self.regimen == Regimen.DEMOSTRACION


class Etapa(models.Model):
    """A stage: planned and actual dates. `[inicio, fin)` in UTC; null where the source has none."""

    proceso = models.ForeignKey(Proceso, on_delete=models.PROTECT, related_name="etapas")
    tipo = models.CharField(_("tipo"), max_length=20, choices=TipoEtapa.choices)
    orden = models.PositiveSmallIntegerField(_("orden"))
    titulo = models.CharField(_("título"), max_length=120, blank=True)
    descripcion = models.TextField(_("descripción"), blank=True)
    prevista_inicio = models.DateTimeField(
        _("inicio previsto"), null=True, blank=True, validators=[HASTA]
    )
    prevista_fin = models.DateTimeField(
        _("fin previsto"), null=True, blank=True, validators=[HASTA]
    )
    inicio = models.DateTimeField(_("inicio"), null=True, blank=True, validators=[HASTA])
    fin = models.DateTimeField(_("fin"), null=True, blank=True, validators=[HASTA])
    cifras = models.JSONField(
        _("cifras de la fuente"),
        default=dict,
        blank=True,
        help_text=_("Totales que da la fuente cuando no se conocen los textos."),
    )

    objects: ClassVar[EtapaQuerySet] = EtapaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("etapa")
        ordering = ["proceso", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["proceso", "orden"], name="etapa_orden_unico"),
            models.CheckConstraint(
                condition=Q(inicio=None) | Q(fin=None) | Q(fin__gt=F("inicio")),
                name="etapa_termina_despues_de_empezar",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def nombre(self) -> str:
        return self.titulo or self.get_tipo_display()

    def estado(self, ahora: datetime) -> EstadoEtapa:
        """Where the stage is at `ahora`, by the server's clock."""
        if self.inicio is None or self.fin is None:
            return EstadoEtapa.SIN_FECHA
        if ahora < self.inicio:
            return EstadoEtapa.FUTURA
        return EstadoEtapa.ABIERTA if ahora < self.fin else EstadoEtapa.CERRADA

    def permite(self, verbo: Verbo, ahora: datetime) -> bool:
        """Whether participants may do `verbo` here at `ahora`; never in a historical process."""
        return (
            not self.proceso.es_historico
            and self.estado(ahora) is EstadoEtapa.ABIERTA
            and verbo in TipoEtapa(self.tipo).permite
        )
