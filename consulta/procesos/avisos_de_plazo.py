"""How many business days before a due day those who answer are warned: each consultation says its own.

A list of days, the earliest warning first. An empty one is allowed: only what is overdue is told.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido

HABITUALES = (5, 2)
"""What a new consultation proposes: a week of work, and the last moment to ask for a signature."""
CUANTOS = 4
DIAS_MAXIMO = 40
"""Within what the queue can be asked for, 90 days of the calendar."""
CAMPO = "avisos_de_plazo"


def avisos_habituales() -> list[int]:
    """A new list each time: the default of a column."""
    return list(HABITUALES)


def revisar_avisos(dias: Iterable[int]) -> list[int]:
    """Each day once, the earliest warning first. Raises DatoInvalido naming the field."""
    unicos = sorted(set(dias), reverse=True)
    if len(unicos) > CUANTOS:
        raise DatoInvalido(
            _("Son demasiados avisos: escriba %(n)s días distintos como máximo.") % {"n": CUANTOS},
            campo=CAMPO,
        )
    if any(not 1 <= n <= DIAS_MAXIMO for n in unicos):
        raise DatoInvalido(
            _("Cada aviso va de 1 a %(n)s días hábiles antes.") % {"n": DIAS_MAXIMO}, campo=CAMPO
        )
    return unicos


def leer_avisos(texto: str) -> list[int]:
    """What a person wrote, «5, 2» or «5 y 2»; nothing written is no warning. Raises DatoInvalido."""
    partes = [p for p in re.split(r"[,;\s]+|\by\b", texto.strip()) if p]
    if any(not (p.isascii() and p.isdigit() and len(p) < 5) for p in partes):
        raise DatoInvalido(_("Escriba números separados por comas, como «5, 2»."), campo=CAMPO)
    return revisar_avisos(int(p) for p in partes)


def en_texto(dias: Iterable[int]) -> str:
    """«5, 2», as the form shows it."""
    return ", ".join(str(n) for n in dias)
