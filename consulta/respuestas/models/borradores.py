"""What is being written: drafts of answers, shared by the people of one institution."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.models.respuestas import Lote, Respuesta
from cuentas.models import Institucion

DE_DESTINO = ("destino", "fragmento", "compromiso", "evento", "porque_nada")
"""Fields that say where a contribution landed: a row has all of its own, or none."""


def combinar(comunes: dict[str, Any], propios: dict[str, Any]) -> dict[str, Any]:
    """What holds for a row: its own words first, then those of the draft."""
    de_comunes = dict(comunes)
    if any(propios.get(campo) for campo in DE_DESTINO):
        de_comunes = {c: v for c, v in comunes.items() if c not in DE_DESTINO}
    return de_comunes | {campo: valor for campo, valor in propios.items() if valor}


class Borrador(models.Model):
    """An answer, or the next version of `respuesta`, as far as it was written: one text for the
    contributions of its rows. `solo_redaccion`: the next version decides what the published one decided,
    in other words. `editor` saved last, at `modificado_en` (UTC).

    `datos` are the fields of the form that hold for every row that does not say otherwise. Savings
    that follow each other are one event: `anotado_en` is when the last one was recorded. `rama` and
    `rama_hasta` are those of the version it will become.
    """

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="+")
    institucion = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    respuesta = models.ForeignKey(
        Respuesta, on_delete=models.CASCADE, null=True, blank=True, related_name="borradores"
    )
    lote = models.ForeignKey(
        Lote, on_delete=models.SET_NULL, null=True, blank=True, related_name="borradores"
    )
    rama = models.ForeignKey(
        Aporte, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rama_hasta = models.DateTimeField(_("comentarios hasta"), null=True, blank=True)
    datos = models.JSONField(_("datos comunes"), default=dict, blank=True)
    razon = models.TextField(_("razón"), blank=True)
    motivo_cambio = models.TextField(_("motivo del cambio"), blank=True)
    solo_redaccion = models.BooleanField(_("solo mejora la redacción"), default=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    creado_en = models.DateTimeField(_("creado"))
    modificado_en = models.DateTimeField(_("modificado"))
    anotado_en = models.DateTimeField(_("anotado"), null=True, blank=True)

    class Meta:
        verbose_name = _("borrador de respuesta")
        verbose_name_plural = _("borradores de respuestas")
        ordering = ["-modificado_en", "-pk"]
        indexes = [
            models.Index(fields=["-modificado_en", "-id"], name="borrador_recientes"),
            models.Index(
                fields=["institucion", "-modificado_en", "-id"], name="borrador_de_institucion"
            ),
        ]

    def __str__(self) -> str:
        return f"Borrador {self.pk}"

    def datos_de(self, aporte: Aporte) -> dict[str, Any]:
        """The fields of the form for one of its contributions, as they were typed; one query."""
        fila = self.filas.filter(aporte=aporte).first()
        propios = fila.datos if fila is not None else {}
        comunes = {"razon": self.razon, "motivo_cambio": self.motivo_cambio}
        return combinar(self.datos, propios) | comunes


class FilaDeBorrador(models.Model):
    """One contribution that a draft will answer; `datos` are fields of the form, complete or not.

    An institution writes about a contribution in one draft only. `version_leida` is the version of
    its words that was before those who write.
    """

    borrador = models.ForeignKey(Borrador, on_delete=models.CASCADE, related_name="filas")
    institucion = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="filas_de_borrador")
    datos = models.JSONField(_("datos"), default=dict, blank=True)
    version_leida = models.PositiveSmallIntegerField(_("versión leída"), null=True, blank=True)

    class Meta:
        verbose_name = _("fila de un borrador")
        verbose_name_plural = _("filas de borradores")
        ordering = ["borrador", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["institucion", "aporte"], name="fila_de_borrador_unica")
        ]

    def __str__(self) -> str:
        return f"{self.borrador_id}: {self.aporte_id}"


class Presencia(models.Model):
    """An account has a text open: seen last at `en` (UTC). `lugar` names the text."""

    lugar = models.CharField(max_length=60)
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presencias"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("presencia")
        verbose_name_plural = _("presencias")
        constraints = [models.UniqueConstraint(fields=["lugar", "cuenta"], name="presencia_unica")]
        indexes = [models.Index(fields=["en"], name="presencia_en")]

    def __str__(self) -> str:
        return f"{self.cuenta_id} en {self.lugar}"
