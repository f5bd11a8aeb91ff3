"""The words a comment quotes, and where they stand in each version of the text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import EstadoAncla
from consulta.aportes.models.aporte import Aporte
from consulta.procesos.models import Fragmento, VersionBorrador

LARGO_CONTEXTO = 64


class Ancla(models.Model):
    """A quote in one version: the original, and one more per version published after it.

    `inicio` is the offset of `cita` in the text of `fragmento`, in characters. Without fragment it is
    an orphan, which a person puts in its place or declares gone. `seguridad` is 0–100.
    """

    aporte = models.ForeignKey(Aporte, on_delete=models.CASCADE, related_name="anclas")
    version = models.ForeignKey(VersionBorrador, on_delete=models.PROTECT, related_name="anclas")
    fragmento = models.ForeignKey(
        Fragmento, on_delete=models.PROTECT, null=True, blank=True, related_name="anclas"
    )
    inicio = models.PositiveIntegerField(_("posición"), null=True, blank=True)
    cita = models.TextField(_("cita"))
    prefijo = models.CharField(_("texto anterior"), max_length=LARGO_CONTEXTO, blank=True)
    sufijo = models.CharField(_("texto posterior"), max_length=LARGO_CONTEXTO, blank=True)
    estado = models.CharField(
        _("estado"), max_length=10, choices=EstadoAncla.choices, default=EstadoAncla.ORIGINAL
    )
    seguridad = models.PositiveSmallIntegerField(_("seguridad"), default=100)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("cita")
        constraints = [
            models.UniqueConstraint(fields=["aporte", "version"], name="ancla_una_por_version"),
            models.CheckConstraint(
                condition=Q(fragmento=None, inicio=None)
                | Q(fragmento__isnull=False, inicio__isnull=False),
                name="ancla_con_lugar_o_huerfana",
            ),
            models.CheckConstraint(condition=~Q(cita=""), name="ancla_con_cita"),
        ]
        indexes = [
            models.Index(
                fields=["version"],
                condition=Q(estado="huerfana"),
                name="ancla_huerfanas",
            )
        ]

    def __str__(self) -> str:
        return f"«{self.cita[:40]}» de {self.aporte_id}"
