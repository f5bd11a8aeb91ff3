"""The ledger's sums, per consultation and for the whole site, in one query."""

from dataclasses import fields
from datetime import date

from django.db.models import Count, Q

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, RECIBIDO, RESPONDIDO, Balance, vencido_q

SUMAS = [campo.name for campo in fields(Balance)]


def balances_por_consulta(hoy: date) -> dict[int, Balance]:
    """Sums of every announced consultation that received something, by its id."""
    filas = (
        Aporte.objects.publicos()
        .order_by()
        .values("consulta")
        .annotate(
            recibidos=Count("pk", filter=RECIBIDO),
            respondidos=Count("pk", filter=RESPONDIDO),
            pendientes=Count("pk", filter=PENDIENTE),
            retirados=Count("pk", filter=RECIBIDO & Q(situacion=Situacion.RETIRADO)),
            removidos=Count("pk", filter=RECIBIDO & Q(situacion=Situacion.REMOVIDO)),
            vencidos=Count("pk", filter=vencido_q(hoy)),
        )
    )
    return {
        fila["consulta"]: Balance(**{suma: fila[suma] for suma in SUMAS})  # type: ignore[literal-required]
        for fila in filas
    }


def sumar(balances: list[Balance]) -> Balance:
    """The sums of several ledgers together."""
    return Balance(**{suma: sum(getattr(b, suma) for b in balances) for suma in SUMAS})
