"""What keeps a thread fast and alive: its sums, supports, who follows it, who saw it when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models.aporte import Aporte
from consulta.procesos.models import Asunto


class Recuento(models.Model):
    """How much was said of an Asunto: every confirmed contribution, and the roots among them.

    Kept by the flow that confirms a contribution, under the lock of its folio; `comprobar_libro`
    recomputes it. Tombstones count: nothing that was received disappears from a number. The three
    stances count only the roots that stand: what was withdrawn or removed takes no side.
    """

    asunto = models.OneToOneField(
        Asunto, on_delete=models.PROTECT, primary_key=True, related_name="recuento"
    )
    total = models.PositiveIntegerField(_("aportes"), default=0)
    raices = models.PositiveIntegerField(_("hilos"), default=0)
    favor = models.PositiveIntegerField(_("a favor"), default=0)
    neutral = models.PositiveIntegerField(_("neutrales"), default=0)
    contra = models.PositiveIntegerField(_("en contra"), default=0)

    class Meta:
        verbose_name = _("recuento de un asunto")
        verbose_name_plural = _("recuentos de asuntos")

    def __str__(self) -> str:
        return f"{self.asunto_id}: {self.total}"


class Apoyo(models.Model):
    """One person's support of one contribution: one each, and they may take it back."""

    aporte = models.ForeignKey(Aporte, on_delete=models.CASCADE, related_name="quienes_apoyan")
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="apoyos"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("apoyo")
        constraints = [
            models.UniqueConstraint(fields=["cuenta", "aporte"], name="apoyo_uno_por_persona")
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} apoya {self.aporte_id}"


class Seguimiento(models.Model):
    """A person follows what is said of an Asunto, or only below one contribution (`raiz`)."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seguimientos"
    )
    asunto = models.ForeignKey(Asunto, on_delete=models.CASCADE, related_name="seguidores")
    raiz = models.ForeignKey(
        Aporte, on_delete=models.CASCADE, null=True, blank=True, related_name="seguidores"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("seguimiento de un hilo")
        verbose_name_plural = _("seguimientos de hilos")
        constraints = [
            models.UniqueConstraint(
                fields=["cuenta", "asunto"],
                condition=models.Q(raiz=None),
                name="seguimiento_de_asunto_unico",
            ),
            models.UniqueConstraint(
                fields=["cuenta", "raiz"],
                condition=models.Q(raiz__isnull=False),
                name="seguimiento_de_hilo_unico",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} sigue {self.raiz_id or self.asunto_id}"


class Visita(models.Model):
    """When a person last began to read an Asunto, or (`raiz`) one thread: «nuevo desde su última visita».

    `en` is the beginning of the visit that is going on or was the last, `antes` that of the one
    before, from which on things are new to them. `veces` counts visits.
    """

    cuenta = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asunto = models.ForeignKey(Asunto, on_delete=models.CASCADE, related_name="+")
    raiz = models.ForeignKey(
        Aporte, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))
    antes = models.DateTimeField(_("visita anterior"), null=True, blank=True)
    veces = models.PositiveIntegerField(_("visitas"), default=1)

    class Meta:
        verbose_name = _("visita")
        constraints = [
            models.UniqueConstraint(
                fields=["cuenta", "asunto"],
                condition=models.Q(raiz=None),
                name="visita_una_por_asunto",
            ),
            models.UniqueConstraint(
                fields=["cuenta", "raiz"],
                condition=models.Q(raiz__isnull=False),
                name="visita_una_por_hilo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} vio {self.raiz_id or self.asunto_id}"
