"""The multi-stakeholder forum: who sits in it, for whom, from when to when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cuentas.models import Institucion
from foro.enums import Sector
from foro.querysets import MandatoQuerySet


class Mandato(models.Model):
    """A person sits in the forum for an organisation, from `desde` to `hasta`, both days included;
    `acto` is the act that named them."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona"),
        on_delete=models.PROTECT,
        related_name="mandatos",
    )
    organizacion = models.ForeignKey(
        Institucion,
        verbose_name=_("organización"),
        on_delete=models.PROTECT,
        related_name="mandatos",
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    nombre = models.CharField(
        _("nombre"), max_length=120, help_text=_("Como aparece en el acta. Es público.")
    )
    cargo = models.CharField(_("cargo"), max_length=120, blank=True)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)
    acto = models.CharField(_("acto que lo designa"), max_length=200, blank=True)

    objects: ClassVar[MandatoQuerySet] = MandatoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mandato en el foro")
        verbose_name_plural = _("mandatos en el foro")
        ordering = ["-desde", "nombre"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta=None) | Q(hasta__gte=F("desde")),
                name="mandato_termina_despues_de_empezar",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.organizacion})"
