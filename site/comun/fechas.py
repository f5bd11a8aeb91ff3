"""Days, months and years as Santiago lives them, as half-open windows `[inicio, fin)` in UTC.

Chile changes its clocks at midnight: in September a day starts at 01:00 and has 23 hours, in April
one has 25. Nothing here adds 24 hours to find the next day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SANTIAGO = ZoneInfo("America/Santiago")


@dataclass(frozen=True)
class Ventana:
    """`inicio <= instante < fin`, both in UTC."""

    inicio: datetime
    fin: datetime

    def contiene(self, instante: datetime) -> bool:
        """Whether the aware `instante` lies inside."""
        return self.inicio <= instante < self.fin


def dia_de(instante: datetime) -> date:
    """The day it is in Santiago at the aware `instante`."""
    return instante.astimezone(SANTIAGO).date()


def comienzo_del_dia(dia: date) -> datetime:
    """First instant of `dia` in Santiago, in UTC. Where midnight does not exist, it is 01:00."""
    return datetime.combine(dia, time.min, tzinfo=SANTIAGO).astimezone(UTC)


def ventana_del_dia(dia: date) -> Ventana:
    """All of `dia`, which lasts 23, 24 or 25 hours."""
    return Ventana(comienzo_del_dia(dia), comienzo_del_dia(dia + timedelta(days=1)))


def ventana_del_mes(anio: int, mes: int) -> Ventana:
    """All of a month. Raises ValueError when there is no such month."""
    siguiente = date(anio + mes // 12, mes % 12 + 1, 1)
    return Ventana(comienzo_del_dia(date(anio, mes, 1)), comienzo_del_dia(siguiente))


def leer_mes(texto: str) -> tuple[int, int] | None:
    """Year and month of «2026-11»; None when it is anything else."""
    anio, _, mes = texto.partition("-")
    if not (len(anio) == 4 and len(mes) == 2 and (anio + mes).isascii() and (anio + mes).isdigit()):
        return None
    par = int(anio), int(mes)
    return par if 1 <= par[1] <= 12 and 1900 <= par[0] <= 9000 else None


def leer_anio(texto: str) -> int | None:
    """The year «2026»; None when it is anything else."""
    if len(texto) != 4 or not (texto.isascii() and texto.isdigit()):
        return None
    return int(texto) if 1900 <= int(texto) <= 9000 else None


def ultimo_dia(fin: datetime) -> date:
    """The last day of a window that ends at `fin`: what closes at midnight closes the day before."""
    return dia_de(fin - timedelta(microseconds=1))


def cuanto_queda(fin: datetime, ahora: datetime) -> str:
    """How long until `fin`, as one says it: «Quedan 12 días», «Cierra hoy a las 18:00»."""
    if ahora >= fin:
        return "Terminó"
    ultimo = ultimo_dia(fin)
    dias = (ultimo - dia_de(ahora)).days
    local = fin.astimezone(SANTIAGO)
    hora = "la medianoche" if dia_de(fin) != ultimo else f"las {local:%H:%M}"
    if dias == 0:
        return f"Cierra hoy a {hora}"
    if dias == 1:
        return f"Cierra mañana a {hora}"
    return f"Quedan {dias} días"


def cuanto_para(dia: date, hoy: date) -> str:
    """How a due day lies from `hoy`, as one says it: «quedan 12 días», «venció hace 3 días»."""
    dias = (dia - hoy).days
    if dias > 1:
        return f"quedan {dias} días"
    if dias < -1:
        return f"venció hace {-dias} días"
    return {1: "vence mañana", 0: "vence hoy", -1: "venció ayer"}[dias]
