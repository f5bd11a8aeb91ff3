"""What in a text looks like somebody's RUN or telephone, so that a person is asked before it is public.

It must be right rather than complete: whoever is asked for nothing stops reading the question. A RUN
counts only with its verifying digit right (módulo 11) and in the range of persons, since the RUT of a
company is public; a telephone only as they are dialled in Chile.
"""

import re
from dataclasses import dataclass

MENOR_RUN, MAYOR_RUN = 1_000_000, 50_000_000
"""Persons have numbers in `[MENOR_RUN, MAYOR_RUN)`; companies begin at fifty million."""

RUN, TELEFONO = "RUN", "teléfono"

_RUN = re.compile(
    r"(?<![\w.,$-])(?P<n>\d{1,2}\.\d{3}\.\d{3}|\d{7,8})\s?[-‐‑–]\s?(?P<dv>[\dkK])(?![\w-]|[.,]\d)"
)
_RUN_SIN_GUION = re.compile(
    r"\b(?:RUN|RUT|c[ée]dula)\b\W{0,3}(?:n[°ºo]\.?\s*)?"
    r"(?P<n>\d{1,2}\.\d{3}\.\d{3}|\d{7,8})(?P<dv>[\dkK])(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_SEP = r"[ .-]?"
_TELEFONO = re.compile(
    # A mobile: nine digits from a 9, as people group them.
    rf"(?<![\w.,$+/-])(?<!\$ )(?:\(?\+?56\)?{_SEP})?\(?0?9\)?{_SEP}\d{{4}}{_SEP}\d{{4}}(?![\w-]|[.,]\d)"
    rf"|(?<![\w.,$+/-])(?<!\$ )(?:\(?\+?56\)?{_SEP})?9 ?\d{{2}} \d{{3}} \d{{3}}(?![\w-]|[.,]\d)"
    # A landline: with the country, or with its area in brackets.
    rf"|(?<![\w.,$/-])\(?\+56\)?{_SEP}\(?(?:2{_SEP}\d{{4}}|[3-7]\d\)?{_SEP}\d{{1,3}}){_SEP}\d{{4}}(?![\w-]|[.,]\d)"
    rf"|(?<![\w.,$/-])\(0?(?:2|[3-7]\d)\) ?\d{{2,4}}{_SEP}\d{{3,4}}{_SEP}(?:\d{{2}})?(?![\w-]|[.,]\d)"
)
_FIJO_DICHO = re.compile(
    r"\b(?:tel[ée]fono|fono|tel\.?|ll[aá]m\w+ al)\W{0,3}"
    r"(?:2 ?\d{4} ?\d{4}|[2-7]\d ?\d{3} ?\d{4})(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_DINERO = re.compile(r"\s*(?:pesos|d[oó]lares|euros|UF\b|UTM\b|millones|mil\b|%)", re.IGNORECASE)


@dataclass(frozen=True)
class Dato:
    """`clase` is RUN or TELEFONO; `texto` as it was written."""

    clase: str
    texto: str


def datos_personales(texto: str) -> list[Dato]:
    """Each RUN of a person and each telephone in `texto`, in order, once."""
    hallados = [
        (m.start(), Dato(RUN, m.group().strip()))
        for patron in (_RUN, _RUN_SIN_GUION)
        for m in patron.finditer(texto)
        if es_run_de_persona(m["n"], m["dv"])
    ]
    hallados += [
        (m.start(), Dato(TELEFONO, m.group().strip()))
        for patron in (_TELEFONO, _FIJO_DICHO)
        for m in patron.finditer(texto)
        if not _DINERO.match(texto, m.end())
    ]
    return list(dict.fromkeys(dato for _lugar, dato in sorted(hallados, key=lambda h: h[0])))


def es_run_de_persona(numero: str, dv: str) -> bool:
    """Whether `dv` verifies `numero` (dots allowed), and the number is one that persons have."""
    n = int(numero.replace(".", ""))
    return MENOR_RUN <= n < MAYOR_RUN and digito_verificador(n) == dv.upper()


def digito_verificador(numero: int) -> str:
    """Módulo 11 over the digits from the right, times 2 to 7 and again: «0» to «9» or «K»."""
    suma = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(str(numero))))
    resto = 11 - suma % 11
    return {11: "0", 10: "K"}.get(resto, str(resto))
