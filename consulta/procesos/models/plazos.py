"""What was decided about the calendar in public: extensions, and rules set aside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.procesos.enums import Regla
from consulta.procesos.models.consultas import Consulta
from consulta.procesos.models.procesos import Etapa


class Prorroga(models.Model):
    """The announced end of a stage moved forward, before it came, for a published reason (INV-04)."""

    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="prorrogas")
    fin_anterior = models.DateTimeField(_("terminaba"))
    fin_nuevo = models.DateTimeField(_("termina"))
    razon = models.TextField(_("razón"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("decidida"))

    class Meta:
        verbose_name = _("prórroga")
        ordering = ["etapa", "en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin_nuevo__gt=F("fin_anterior")), name="prorroga_hacia_adelante"
            ),
            models.CheckConstraint(condition=~Q(razon=""), name="prorroga_con_razon"),
        ]

    def __str__(self) -> str:
        return f"prórroga de {self.etapa_id}"


class Excepcion(models.Model):
    """A rule of the calendar set aside in public: who, when, why (INV-03)."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="excepciones")
    regla = models.CharField(_("regla"), max_length=20, choices=Regla.choices)
    dias = models.SmallIntegerField(_("días de anticipación"), null=True, blank=True)
    razon = models.TextField(_("razón"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("decidida"))

    class Meta:
        verbose_name = _("excepción")
        verbose_name_plural = _("excepciones")
        constraints = [
            models.UniqueConstraint(fields=["consulta", "regla"], name="excepcion_una_por_regla"),
            models.CheckConstraint(condition=~Q(razon=""), name="excepcion_con_razon"),
        ]

    def __str__(self) -> str:
        return f"{self.regla} en {self.consulta_id}"


_OTRA_PRORROGA = (
    "NEW.etapa_id IS DISTINCT FROM OLD.etapa_id OR NEW.en IS DISTINCT FROM OLD.en "
    "OR NEW.fin_anterior IS DISTINCT FROM OLD.fin_anterior "
    "OR NEW.fin_nuevo IS DISTINCT FROM OLD.fin_nuevo OR NEW.razon IS DISTINCT FROM OLD.razon"
)
_OTRA_EXCEPCION = " OR ".join(
    f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in ("consulta_id", "regla", "dias", "razon", "en")
)
GATILLOS = [
    Gatillo("prorroga_u", "procesos_prorroga", "UPDATE", _OTRA_PRORROGA, "Una prórroga no se modifica"),
    Gatillo("prorroga_d", "procesos_prorroga", "DELETE", "1 = 1", "Una prórroga no se borra"),
    Gatillo("excepcion_u", "procesos_excepcion", "UPDATE", _OTRA_EXCEPCION, "Una excepción no se modifica"),
    Gatillo("excepcion_d", "procesos_excepcion", "DELETE", "1 = 1", "Una excepción no se borra"),
]  # fmt: skip
