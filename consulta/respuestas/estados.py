"""The state of a row of the ledger, in one word. The sums themselves are in `aportes.querysets`."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, RECIBIDO, RESPONDIDO, vencido_q


class Estado(models.TextChoices):
    PENDIENTE = "pendiente", _("Pendiente")
    VENCIDO = "vencido", _("Vencido")
    RESPONDIDO = "respondido", _("Respondido")
    RETIRADO = "retirado", _("Retirado")
    REMOVIDO = "removido", _("Removido")
    NO_EXIGE = "no_exige", _("No exige respuesta")


def estado_de(aporte: Aporte, hoy: date) -> Estado:
    """Where it is on the day `hoy` in Santiago. Withdrawn and removed outrank answered (INV-02)."""
    if aporte.situacion != Situacion.VIGENTE:
        return Estado(aporte.situacion)
    if not aporte.exige_respuesta:
        return Estado.NO_EXIGE
    if aporte.esta_respondido:
        return Estado.RESPONDIDO
    vencido = aporte.vence_el is not None and aporte.vence_el < hoy
    return Estado.VENCIDO if vencido else Estado.PENDIENTE


def estado_q(estado: str, hoy: date) -> Q:
    """The rows in `estado`. Overdue ones are also pending: `PENDIENTE` holds both."""
    return {
        Estado.PENDIENTE: PENDIENTE,
        Estado.VENCIDO: vencido_q(hoy),
        Estado.RESPONDIDO: RESPONDIDO,
        Estado.RETIRADO: Q(situacion=Situacion.RETIRADO),
        Estado.REMOVIDO: Q(situacion=Situacion.REMOVIDO),
        Estado.NO_EXIGE: Q(exige_respuesta=False, situacion=Situacion.VIGENTE) & ~RECIBIDO,
    }[Estado(estado)]
