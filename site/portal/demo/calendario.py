"""The demo's dates, all told from the day it is loaded, as people live them in Santiago."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from comun.fechas import SANTIAGO, comienzo_del_dia

PRIMERA_HORA, ULTIMA_HORA = 8, 23
"""Between them people write; replies that would fall at night wait for the morning."""


@dataclass(frozen=True)
class Calendario:
    """Days are counted from `hoy`: -3 is three days ago."""

    hoy: date

    def dia(self, n: int) -> date:
        return self.hoy + timedelta(days=n)

    def comienzo(self, n: int) -> datetime:
        """First instant of that day, in UTC."""
        return comienzo_del_dia(self.dia(n))

    def a_las(self, n: int, hora: str) -> datetime:
        """That day at «18:30», in UTC."""
        return datetime.combine(self.dia(n), time.fromisoformat(hora), tzinfo=SANTIAGO).astimezone(
            UTC
        )

    @property
    def corte(self) -> datetime:
        """Nothing of the demo was said after this: the evening before `hoy`."""
        return self.comienzo(0) - timedelta(minutes=30)

    def momento(self, azar: random.Random, desde: datetime, hasta: datetime) -> datetime:
        """An instant of `[desde, hasta)` at which people are awake."""
        for _ in range(20):
            instante = desde + (hasta - desde) * azar.random()
            if PRIMERA_HORA <= instante.astimezone(SANTIAGO).hour < ULTIMA_HORA:
                return instante
        return desde + (hasta - desde) / 2

    def despues_de(self, azar: random.Random, previo: datetime, hasta: datetime) -> datetime:
        """When somebody replies to what was said at `previo`: within four days, before `hasta`."""
        plazo = min(hasta - previo, timedelta(days=4))
        instante = previo + plazo * (0.04 + 0.6 * azar.random() ** 2)
        local = instante.astimezone(SANTIAGO)
        if local.hour < PRIMERA_HORA:
            manana = instante + timedelta(hours=PRIMERA_HORA - local.hour)
            return manana if manana < hasta else instante
        return instante
