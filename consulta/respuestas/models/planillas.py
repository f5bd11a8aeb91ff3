"""Spreadsheets of answers that came back from an institution: rows read, judged, and then made drafts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EstadoDeFila, EstadoDePlanilla
from consulta.respuestas.models.respuestas import Lote
from cuentas.models import Institucion


class Planilla(models.Model):
    """One file. `contenido` is kept until its rows are read; `lote` holds the drafts they became.
    `avance_en` is when the last piece of it was done (UTC)."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="+")
    institucion = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    lote = models.ForeignKey(
        Lote, on_delete=models.PROTECT, null=True, blank=True, related_name="planillas"
    )
    nombre = models.CharField(_("nombre"), max_length=200)
    sha256 = models.CharField(max_length=64)
    contenido = models.BinaryField(null=True, editable=True)
    estado = models.CharField(
        _("estado"),
        max_length=10,
        choices=EstadoDePlanilla.choices,
        default=EstadoDePlanilla.LEYENDO,
    )
    error = models.TextField(_("por qué no se pudo leer"), blank=True)
    total = models.PositiveIntegerField(_("filas"), default=0)
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    subida_en = models.DateTimeField(_("subida"))
    avance_en = models.DateTimeField(_("último avance"), null=True, blank=True, editable=False)
    aplicada_en = models.DateTimeField(_("aplicada"), null=True, blank=True)

    class Meta:
        verbose_name = _("planilla de respuestas")
        verbose_name_plural = _("planillas de respuestas")
        ordering = ["-subida_en", "-pk"]

    def __str__(self) -> str:
        return self.nombre


class FilaDePlanilla(models.Model):
    """One row of a file: `n` is its row in the sheet, `punto` the number of the point it answers (None:
    the whole), `datos` the fields of the form it gives, `celda` and `reparo` what is wrong with it."""

    planilla = models.ForeignKey(Planilla, on_delete=models.CASCADE, related_name="filas")
    n = models.PositiveIntegerField(_("fila"))
    folio = models.CharField(_("folio"), max_length=40, blank=True)
    aporte = models.ForeignKey(
        Aporte, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    punto = models.PositiveSmallIntegerField(_("punto"), null=True, blank=True)
    sello = models.CharField(max_length=200, blank=True)
    datos = models.JSONField(_("datos"), default=dict, blank=True)
    estado = models.CharField(_("estado"), max_length=10, choices=EstadoDeFila.choices)
    celda = models.CharField(_("celda"), max_length=12, blank=True)
    reparo = models.TextField(_("reparo"), blank=True)

    class Meta:
        verbose_name = _("fila de una planilla")
        verbose_name_plural = _("filas de planillas")
        ordering = ["planilla", "n"]
        constraints = [
            models.UniqueConstraint(fields=["planilla", "n"], name="fila_de_planilla_unica")
        ]
        indexes = [models.Index(fields=["planilla", "estado", "n"], name="fila_de_planilla_estado")]

    def __str__(self) -> str:
        return f"{self.planilla_id}: {self.n}"
