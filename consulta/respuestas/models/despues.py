"""What comes after the answer: what its author thinks of it, one review, and the closing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Responde
from consulta.respuestas.models.respuestas import RespuestaVersion
from consulta.respuestas.querysets import OpinionQuerySet


class Opinion(models.Model):
    """«¿Te responde?», by the author, about the version they read; a newer opinion replaces it."""

    aporte = models.OneToOneField(
        Aporte, on_delete=models.PROTECT, primary_key=True, related_name="opinion"
    )
    version = models.ForeignKey(
        RespuestaVersion, on_delete=models.PROTECT, related_name="opiniones"
    )
    responde = models.CharField(_("¿le responde?"), max_length=10, choices=Responde.choices)
    en = models.DateTimeField(_("en"))

    objects: ClassVar[OpinionQuerySet] = OpinionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("opinión sobre una respuesta")
        verbose_name_plural = _("opiniones sobre respuestas")
        constraints = [
            models.CheckConstraint(condition=Q(responde__in=Responde.values), name="opinion_valida")
        ]

    def __str__(self) -> str:
        return f"{self.aporte_id}: {self.responde}"


class Revision(models.Model):
    """The one review an author may ask for: it reopens the row, and the next published version that
    covers it resolves it. `version` is the answer they ask to have looked at again; `vencia_el` the day
    its first answer was due, which the row forgets when it is given another."""

    aporte = models.OneToOneField(
        Aporte, on_delete=models.PROTECT, primary_key=True, related_name="revision"
    )
    version = models.ForeignKey(RespuestaVersion, on_delete=models.PROTECT, related_name="+")
    texto = models.TextField(_("texto"), null=True)
    pedida_en = models.DateTimeField(_("pedida"))
    vencia_el = models.DateField(_("vencía"), null=True, blank=True)
    resuelta_en = models.DateTimeField(_("resuelta"), null=True, blank=True)
    resuelta_por = models.ForeignKey(
        RespuestaVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="revisiones"
    )

    class Meta:
        verbose_name = _("revisión pedida")
        verbose_name_plural = _("revisiones pedidas")
        ordering = ["-pedida_en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(texto=None) | ~Q(texto=""), name="revision_con_texto"
            ),
            models.CheckConstraint(
                condition=Q(resuelta_en=None, resuelta_por=None)
                | Q(resuelta_en__isnull=False, resuelta_por__isnull=False),
                name="revision_resuelta_por_version",
            ),
        ]

    def __str__(self) -> str:
        return f"revisión de {self.aporte_id}"


class Cierre(models.Model):
    """A consultation became «respondida»: its balance at that instant, frozen (INV-01, INV-02)."""

    consulta = models.OneToOneField(
        Consulta, on_delete=models.PROTECT, primary_key=True, related_name="cierre"
    )
    recibidos = models.PositiveIntegerField(_("recibidos"))
    respondidos = models.PositiveIntegerField(_("respondidos"))
    retirados = models.PositiveIntegerField(_("retirados"))
    removidos = models.PositiveIntegerField(_("removidos"))
    palabras = models.TextField(_("palabras de cierre"), blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("cierre de una consulta")
        verbose_name_plural = _("cierres de consultas")
        constraints = [
            models.CheckConstraint(
                condition=Q(recibidos=F("respondidos") + F("retirados") + F("removidos")),
                name="cierre_cuadra",
            )
        ]

    def __str__(self) -> str:
        return f"cierre de {self.consulta_id}"


_QUEDAN = (
    "EXISTS (SELECT 1 FROM aportes_aporte a WHERE a.consulta_id = NEW.consulta_id "
    "AND a.confirmado_en IS NOT NULL AND a.exige_respuesta AND a.situacion = 'vigente' "
    "AND a.respondido_en IS NULL)"
)
GATILLOS = [
    Gatillo(
        "cierre_i", "respuestas_cierre", "INSERT", _QUEDAN,
        "Quedan aportes sin respuesta: la consulta no puede cerrarse como respondida",
    ),
    Gatillo(
        "cierre_u", "respuestas_cierre", "UPDATE",
        "NEW.en IS DISTINCT FROM OLD.en OR NEW.recibidos IS DISTINCT FROM OLD.recibidos "
        "OR NEW.respondidos IS DISTINCT FROM OLD.respondidos "
        "OR NEW.retirados IS DISTINCT FROM OLD.retirados "
        "OR NEW.removidos IS DISTINCT FROM OLD.removidos "
        "OR NEW.palabras IS DISTINCT FROM OLD.palabras",
        "El cierre de una consulta no se modifica",
    ),
    Gatillo("cierre_d", "respuestas_cierre", "DELETE", "1 = 1", "El cierre de una consulta no se borra"),
    Gatillo("opinion_d", "respuestas_opinion", "DELETE", "1 = 1", "Una opinión se reemplaza, no se borra"),
    Gatillo(
        "revision_u", "respuestas_revision", "UPDATE",
        "(NEW.texto IS NOT NULL AND NEW.texto IS DISTINCT FROM OLD.texto) "
        "OR NEW.version_id IS DISTINCT FROM OLD.version_id "
        "OR NEW.pedida_en IS DISTINCT FROM OLD.pedida_en "
        "OR NEW.vencia_el IS DISTINCT FROM OLD.vencia_el "
        "OR (OLD.resuelta_en IS NOT NULL AND (NEW.resuelta_en IS DISTINCT FROM OLD.resuelta_en "
        "OR NEW.resuelta_por_id IS DISTINCT FROM OLD.resuelta_por_id))",
        "Una revisión pedida no se reescribe",
    ),
    Gatillo("revision_d", "respuestas_revision", "DELETE", "1 = 1", "Una revisión pedida no se borra"),
]  # fmt: skip
