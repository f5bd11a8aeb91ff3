"""The table of a member of the forum: from which seat they may decide on each sealed answer."""

from collections.abc import Iterable, Sequence

from consulta.respuestas.impedimentos import trabas_de_cada_uno
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import User
from foro.models import Mandato


def repartir(
    versiones: Iterable[RespuestaVersion], asientos: Sequence[Mandato], por: User
) -> tuple[dict[int, list[Mandato]], dict[int, str]]:
    """The seats from which `por` may decide on each version, their own first; and why not on the
    others, by id. Three queries."""
    filas = list(versiones)
    pueden: dict[int, list[Mandato]] = {v.pk: [] for v in filas}
    trabas: dict[int, list[str]] = {v.pk: [] for v in filas}
    dichas = trabas_de_cada_uno(filas, [(mandato, por) for mandato in asientos])
    for mandato in asientos:
        for pk in pueden:
            if traba := dichas[pk, mandato.pk]:
                trabas[pk].append(str(traba.label))
            else:
                pueden[pk].append(mandato)
    return pueden, {pk: razones[0] for pk, razones in trabas.items() if razones and not pueden[pk]}
