"""Business days in Chile: Monday to Friday, without public holidays (domain.md §4).

The holidays are those the law fixes, as the pinned `holidays` knows them; a holiday decreed for one
day counts once its release is installed. Days are days of Santiago.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

PLAZO_HABITUAL = 30
"""What a new consultation proposes: no law fixes a term, so each one says its own."""

SABADO = 5
UN_DIA = timedelta(days=1)


@lru_cache(maxsize=64)
def feriados(anio: int) -> frozenset[date]:
    """The public holidays of a year, whole: a shared calendar that grows is not safe in threads."""
    return frozenset(holidays.country_holidays("CL", years=anio))


def es_habil(dia: date) -> bool:
    """Whether offices are open."""
    return dia.weekday() < SABADO and dia not in feriados(dia.year)


@lru_cache(maxsize=4_096)
def sumar_habiles(dia: date, n: int) -> date:
    """The `n`-th business day after `dia`, which itself does not count; `dia` for none."""
    while n > 0:
        dia += UN_DIA
        n -= es_habil(dia)
    return dia


def habiles_entre(desde: date, hasta: date) -> int:
    """Business days after `desde` up to `hasta`, that one included: `habiles_entre(d,
    sumar_habiles(d, n)) == n`. Negative when `hasta` comes first."""
    if hasta < desde:
        return -habiles_entre(hasta, desde)
    dias = (hasta - desde).days
    return sum(es_habil(desde + timedelta(days=i)) for i in range(1, dias + 1))
