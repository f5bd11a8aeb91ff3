"""The words a proposal is about, by which others like it are found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models.aporte import Aporte
from consulta.procesos.models import Consulta


class Palabra(models.Model):
    """A stem of the title or the problem of a proposal, as it stands now; `peso` is more in the title."""

    consulta = models.ForeignKey(
        Consulta, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    aporte = models.ForeignKey(Aporte, on_delete=models.CASCADE, related_name="palabras")
    raiz = models.CharField(_("raíz"), max_length=32)
    peso = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("palabra de una propuesta")
        verbose_name_plural = _("palabras de propuestas")
        indexes = [
            models.Index(fields=["consulta", "raiz", "aporte", "peso"], name="palabra_buscar")
        ]

    def __str__(self) -> str:
        return f"{self.raiz} en {self.aporte_id}"
