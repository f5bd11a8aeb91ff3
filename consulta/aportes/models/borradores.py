"""What an account is still writing: saved by itself, private, gone when it is sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BorradorDeAporte(models.Model):
    """The fields of one form, known by the path of its page. Nobody but its author reads it."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="borradores"
    )
    lugar = models.CharField(_("dirección del formulario"), max_length=200)
    campos = models.JSONField(_("campos"), default=dict)
    guardado_en = models.DateTimeField(_("guardado"))

    class Meta:
        verbose_name = _("borrador de un aporte")
        verbose_name_plural = _("borradores de aportes")
        constraints = [
            models.UniqueConstraint(fields=["cuenta", "lugar"], name="borrador_uno_por_lugar")
        ]
        indexes = [models.Index(fields=["guardado_en"], name="borrador_por_fecha")]

    def __str__(self) -> str:
        return f"borrador de {self.cuenta_id} en {self.lugar}"
