"""Order and trust: reports, appeals and blocks. Each is decided by a person, and says why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.aportes.enums import Causa, EstadoReporte
from consulta.aportes.models.aporte import Aporte


class Reporte(models.Model):
    """Someone says a contribution breaks a rule. It hides nothing: a moderator decides."""

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="reportes")
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    causa = models.CharField(_("causa"), max_length=20, choices=Causa.choices)
    texto = models.TextField(_("explicación"), blank=True)
    en = models.DateTimeField(_("reportado"))
    estado = models.CharField(
        _("estado"), max_length=12, choices=EstadoReporte.choices, default=EstadoReporte.ABIERTO
    )
    resuelto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resuelto_en = models.DateTimeField(_("resuelto"), null=True, blank=True)
    nota = models.TextField(_("nota de moderación"), blank=True)

    class Meta:
        verbose_name = _("reporte")
        ordering = ["en", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["aporte", "cuenta"], name="reporte_uno_por_persona")
        ]
        indexes = [
            models.Index(fields=["en"], condition=Q(estado="abierto"), name="reporte_abiertos")
        ]

    def __str__(self) -> str:
        return f"reporte de {self.aporte_id}"


class Apelacion(models.Model):
    """The author asks that a removal be looked at again, by another moderator, once per removal."""

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="apelaciones")
    texto = models.TextField(_("por qué debería volver"))
    en = models.DateTimeField(_("apelado"))
    removido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    acogida = models.BooleanField(_("acogida"), null=True, blank=True)
    razon = models.TextField(_("razón de la decisión"), blank=True)
    resuelta_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resuelta_en = models.DateTimeField(_("resuelta"), null=True, blank=True)

    class Meta:
        verbose_name = _("apelación")
        verbose_name_plural = _("apelaciones")
        ordering = ["en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aporte"], condition=Q(acogida=None), name="apelacion_una_pendiente"
            ),
            models.CheckConstraint(
                condition=Q(acogida=None) | ~Q(razon=""), name="apelacion_resuelta_con_razon"
            ),
        ]

    def __str__(self) -> str:
        return f"apelación de {self.aporte_id}"


class Bloqueo(models.Model):
    """An account may not write from `desde` until `hasta` (UTC; null means until lifted)."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bloqueos"
    )
    desde = models.DateTimeField(_("desde"))
    hasta = models.DateTimeField(_("hasta"), null=True, blank=True)
    motivo = models.TextField(_("motivo"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    levantado_en = models.DateTimeField(_("levantado"), null=True, blank=True)
    levantado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bloqueo")
        ordering = ["-desde"]
        constraints = [
            models.CheckConstraint(condition=~Q(motivo=""), name="bloqueo_con_motivo"),
            models.UniqueConstraint(
                fields=["cuenta"], condition=Q(levantado_en=None), name="bloqueo_uno_vigente"
            ),
        ]

    def __str__(self) -> str:
        return f"bloqueo de {self.cuenta_id}"


GATILLOS = [
    Gatillo("reporte_d", "aportes_reporte", "DELETE", "1 = 1", "Un reporte no se borra"),
    Gatillo("apelacion_d", "aportes_apelacion", "DELETE", "1 = 1", "Una apelación no se borra"),
]
