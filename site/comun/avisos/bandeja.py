"""What was told to an account, as the site lists it."""

from datetime import datetime

from django.db.models import QuerySet

from comun.registro import Aviso

MUCHOS = 99


def avisos_de(cuenta: int) -> QuerySet[Aviso]:
    """Everything the site lists for an account, the latest first."""
    return Aviso.objects.filter(cuenta=cuenta).exclude(texto="").order_by("-creado_en", "-pk")


def sin_leer(cuenta: int) -> QuerySet[Aviso]:
    """Those it has not read, `MUCHOS` + 1 at most: what is counted of them goes no further."""
    return avisos_de(cuenta).filter(leido_en=None).order_by().only("pk")[: MUCHOS + 1]


def marcar_leidos(*, cuenta: int, ahora: datetime, ids: list[int] | None = None) -> int:
    """Mark as read those of `ids`, or all; returns how many were not. Others' are never touched."""
    filas = avisos_de(cuenta).filter(leido_en=None).order_by()
    if ids is not None:
        filas = filas.filter(pk__in=ids)
    return filas.update(leido_en=ahora)
