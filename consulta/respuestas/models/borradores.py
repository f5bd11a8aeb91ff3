"""What is being written: drafts of answers, shared by the people of one institution."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.models.respuestas import Lote, Respuesta
from cuentas.models import Institucion


class Borrador(models.Model):
    """An answer, or the correction of `respuesta`, as far as it was written: one text for the
    contributions of its rows. `editor` saved last, at `modificado_en` (UTC)."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="+")
    institucion = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    respuesta = models.ForeignKey(
        Respuesta, on_delete=models.CASCADE, null=True, blank=True, related_name="borradores"
    )
    lote = models.ForeignKey(
        Lote, on_delete=models.SET_NULL, null=True, blank=True, related_name="borradores"
    )
    razon = models.TextField(_("razón"), blank=True)
    motivo_cambio = models.TextField(_("motivo del cambio"), blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    creado_en = models.DateTimeField(_("creado"))
    modificado_en = models.DateTimeField(_("modificado"))

    class Meta:
        verbose_name = _("borrador de respuesta")
        verbose_name_plural = _("borradores de respuestas")
        ordering = ["-modificado_en", "-pk"]

    def __str__(self) -> str:
        return f"Borrador {self.pk}"

    def datos_de(self, aporte: Aporte) -> dict[str, Any]:
        """The fields of the form for one of its contributions, as they were typed; one query."""
        fila = self.filas.filter(aporte=aporte).first()
        propios = fila.datos if fila is not None else {}
        return {"razon": self.razon, "motivo_cambio": self.motivo_cambio, **propios}


class FilaDeBorrador(models.Model):
    """One contribution that a draft will answer; `datos` are fields of the form, complete or not.

    An institution writes about a contribution in one draft only.
    """

    borrador = models.ForeignKey(Borrador, on_delete=models.CASCADE, related_name="filas")
    institucion = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="filas_de_borrador")
    datos = models.JSONField(_("datos"), default=dict, blank=True)

    class Meta:
        verbose_name = _("fila de un borrador")
        verbose_name_plural = _("filas de borradores")
        ordering = ["borrador", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["institucion", "aporte"], name="fila_de_borrador_unica")
        ]

    def __str__(self) -> str:
        return f"{self.borrador_id}: {self.aporte_id}"
