"""The table of a member of the forum: from which seat they may decide on each sealed answer."""

from collections.abc import Iterable, Sequence

from consulta.respuestas.impedimentos import impedimentos
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import User
from foro.models import Mandato


def repartir(
    versiones: Iterable[RespuestaVersion], asientos: Sequence[Mandato], por: User
) -> tuple[dict[int, list[Mandato]], dict[int, str]]:
    """The seats from which `por` may decide on each version, their own first; and why not on the
    others, by id. Three queries for each seat."""
    filas = list(versiones)
    pueden: dict[int, list[Mandato]] = {v.pk: [] for v in filas}
    trabas: dict[int, list[str]] = {v.pk: [] for v in filas}
    for mandato in asientos:
        for pk, traba in impedimentos(filas, mandato, por).items():
            if traba:
                trabas[pk].append(traba)
            else:
                pueden[pk].append(mandato)
    return pueden, {pk: dichas[0] for pk, dichas in trabas.items() if dichas and not pueden[pk]}
