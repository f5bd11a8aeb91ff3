"""Which approvals a sealed version has, and which it lacks.

A sector is satisfied when the newest decision of its members approves. `Consulta.conformidades` says
which sectors a response needs.
"""

from collections.abc import Iterable

from consulta.respuestas.enums import APRUEBAN
from consulta.respuestas.models import Conformidad, RespuestaVersion
from foro.enums import Sector


def sectores_que_faltan(versiones: Iterable[RespuestaVersion]) -> dict[int, list[str]]:
    """Names of the sectors each version still needs, by its id; one query, none where nothing is asked.

    The versions come with `respuesta__consulta`.
    """
    pedidos = {v.pk: list(v.respuesta.consulta.conformidades) for v in versiones}
    if not any(pedidos.values()):
        return {pk: [] for pk in pedidos}
    ultima: dict[tuple[int, str], str] = {}
    filas = Conformidad.objects.filter(version__in=pedidos).order_by("en", "pk")
    for version, sector, sentido in filas.values_list("version_id", "mandato__sector", "sentido"):
        ultima[version, sector] = sentido
    return {
        pk: [str(Sector(s).label) for s in sectores if ultima.get((pk, s)) not in APRUEBAN]
        for pk, sectores in pedidos.items()
    }
