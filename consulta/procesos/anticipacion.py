"""How long before its opening a consultation is announced (INV-03; OGP, MR 3.1): in days of Santiago."""

from datetime import datetime

from comun.fechas import dia_de
from consulta.procesos.models import Consulta, Etapa, Excepcion

DIAS = 14
"""Least days between the announcement and the opening, unless someone says in public why not."""


def dias_entre(anuncio: datetime, inicio: datetime) -> int:
    """Days on the calendar from the announcement to the opening; negative once it is open."""
    return (dia_de(inicio) - dia_de(anuncio)).days


def falta_anticipacion(etapa: Etapa, ahora: datetime) -> bool:
    """Whether announcing a consultation of `etapa` at `ahora` needs a public exception."""
    return etapa.inicio is not None and dias_entre(ahora, etapa.inicio) < DIAS


def dias_prometidos(consulta: Consulta, excepcion: Excepcion | None) -> int:
    """The days its opening must keep from the announcement: fourteen, or what its exception admits."""
    if excepcion is None or excepcion.dias is None:
        return DIAS
    return min(DIAS, excepcion.dias)
