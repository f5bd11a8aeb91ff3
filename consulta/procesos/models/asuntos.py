"""What one may speak of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.procesos.models.borradores import Fragmento
from consulta.procesos.models.consultas import Consulta


class Asunto(models.Model):
    """That which one may speak of: a consultation as a whole, or one fragment of its draft."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="asuntos")
    fragmento = models.OneToOneField(
        Fragmento, on_delete=models.PROTECT, null=True, blank=True, related_name="asunto"
    )

    class Meta:
        verbose_name = _("asunto")
        constraints = [
            models.UniqueConstraint(
                fields=["consulta"], condition=Q(fragmento=None), name="asunto_general_unico"
            )
        ]

    def __str__(self) -> str:
        return str(self.fragmento or self.consulta)

    def get_absolute_url(self) -> str:
        return (self.fragmento or self.consulta).get_absolute_url()
