"""A folio that someone typed: whose contribution it is, if one may read it."""

import re

from consulta.aportes.fichas import en_archivo

FOLIO = re.compile(r"\s*([A-Za-z][A-Za-z0-9]{1,11})-0*([1-9]\d{0,8})\s*", re.ASCII)


def direccion_de_folio(texto: str) -> str:
    """Address of the public contribution whose folio is the whole of `texto`; empty for anything else."""
    folio = FOLIO.fullmatch(texto)
    if folio is None:
        return ""
    sigla, n = folio.groups()
    aporte = (
        en_archivo()
        .filter(consulta__sigla=sigla.upper(), n=int(n))
        .select_related("consulta")
        .first()
    )
    return aporte.get_absolute_url() if aporte else ""
