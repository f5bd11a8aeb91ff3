"""Plans and commitments: the lasting place where an answer says that a contribution landed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consulta.procesos.models import Proceso
from consulta.seguimiento.enums import Area, Semaforo
from cuentas.models import Institucion


class Plan(models.Model):
    """An action plan."""

    numero = models.PositiveSmallIntegerField(_("número"), unique=True)
    titulo = models.CharField(_("título"), max_length=200)
    proceso = models.OneToOneField(
        Proceso, on_delete=models.PROTECT, null=True, blank=True, related_name="plan"
    )
    desde = models.PositiveSmallIntegerField(_("desde"), help_text=_("Año."))
    hasta = models.PositiveSmallIntegerField(_("hasta"), help_text=_("Año."))
    resumen = models.TextField(_("resumen"), blank=True)
    cifras = models.JSONField(_("cifras de la fuente"), default=dict, blank=True)

    class Meta:
        verbose_name = _("plan de acción")
        verbose_name_plural = _("planes de acción")
        ordering = ["-numero"]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("paginas:plan", args=[self.numero])


class Compromiso(models.Model):
    """A commitment of a plan. `avance` is the percentage its institution reported, null if none did."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="compromisos")
    numero = models.PositiveSmallIntegerField(_("número"))
    titulo = models.CharField(_("título"), max_length=240)
    descripcion = models.TextField(_("descripción"), blank=True)
    institucion = models.ForeignKey(
        Institucion,
        verbose_name=_("institución"),
        on_delete=models.PROTECT,
        related_name="compromisos",
    )
    area = models.CharField(_("área"), max_length=2, choices=Area.choices, default=Area.GOBIERNO)
    valores = models.JSONField(_("valores"), default=list, blank=True)
    origen = models.CharField(_("origen"), max_length=80, blank=True)
    avance = models.DecimalField(
        _("avance informado (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    semaforo = models.CharField(_("semáforo"), max_length=10, choices=Semaforo.choices, blank=True)
    nota = models.TextField(_("nota"), blank=True)

    class Meta:
        verbose_name = _("compromiso")
        ordering = ["plan", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "numero"], name="compromiso_numero_unico"),
            models.CheckConstraint(
                condition=Q(avance=None) | Q(avance__gte=0, avance__lte=100),
                name="compromiso_avance_posible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.titulo}"

    def get_absolute_url(self) -> str:
        return reverse("paginas:compromiso", args=[self.plan.numero, self.numero])
