"""Reading folios as people and programs write them."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet

PATRON = r"[A-Za-z][A-Za-z0-9]{1,11}-[0-9]{4,9}"
_FOLIO = re.compile(rf"\A{PATRON}\Z")
_PARTE = re.compile(r"\A(?:([A-Za-z][A-Za-z0-9]{0,11})(?:-([0-9]{1,9}))?|([0-9]{1,9}))\Z")


def leer_folio(folio: str) -> tuple[str, int] | None:
    """«P7B-0001» as (P7B, 1), in capitals or not; None when it is no folio."""
    if not _FOLIO.match(folio):
        return None
    sigla, _, n = folio.upper().partition("-")
    return sigla, int(n)


def por_folio(aportes: AporteQuerySet, folio: str) -> AporteQuerySet:
    """Those of `aportes` with that folio: one or none."""
    par = leer_folio(folio)
    return aportes.filter(consulta__sigla=par[0], n=par[1]) if par else aportes.none()


def por_parte_de_folio(aportes: AporteQuerySet, parte: str) -> AporteQuerySet:
    """By a whole folio, its letters or its number alone; none when `parte` is no part of one."""
    partes = _PARTE.match(parte.strip())
    if partes is None:
        return aportes.none()
    sigla, n, solo_numero = partes.groups()
    if solo_numero:
        return aportes.filter(n=int(solo_numero))
    if n:
        return aportes.filter(consulta__sigla=sigla.upper(), n=int(n))
    return aportes.filter(consulta__sigla__startswith=sigla.upper())


def aportes_de(folios: Iterable[str]) -> dict[str, Aporte]:
    """The confirmed contributions with those folios, by canonical folio; one query."""
    por_sigla: dict[str, list[int]] = defaultdict(list)
    for folio in folios:
        if par := leer_folio(folio):
            por_sigla[par[0]].append(par[1])
    if not por_sigla:
        return {}
    cuales = Q()
    for sigla, numeros in por_sigla.items():
        cuales |= Q(consulta__sigla=sigla, n__in=numeros)
    filas = Aporte.objects.confirmados().filter(cuales).select_related("consulta", "autoria")
    return {aporte.folio: aporte for aporte in filas}
