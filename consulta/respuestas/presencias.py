"""Who has a text open now. A warning to colleagues, never a lock."""

from datetime import datetime, timedelta

from django.utils import timezone

from consulta.respuestas.models import Presencia
from cuentas.models import User

VIVA = timedelta(seconds=30)
CADA = 10
"""Seconds between two signs of life of a page."""


def latir(*, lugar: str, por: User, ahora: datetime | None = None) -> None:
    """`por` has `lugar` open. Kept an hour at most and no event of the audit trail: it is not an act."""
    Presencia.objects.update_or_create(
        lugar=lugar, cuenta=por, defaults={"en": ahora or timezone.now()}
    )


def otros_en(lugar: str, por: User, ahora: datetime | None = None) -> list[str]:
    """Names of the others who had it open within 30 seconds; one query."""
    desde = (ahora or timezone.now()) - VIVA
    filas = Presencia.objects.filter(lugar=lugar, en__gte=desde).exclude(cuenta=por)
    return [p.cuenta.nombre_interno for p in filas.select_related("cuenta").order_by("cuenta")]


def lugar_de_borrador(pk: int) -> str:
    return f"borrador:{pk}"


def lugar_de_aporte(aporte: int, institucion: int) -> str:
    """Where an institution writes about one contribution, before there is a draft too."""
    return f"aporte:{aporte}:{institucion}"
