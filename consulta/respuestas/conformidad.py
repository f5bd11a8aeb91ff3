"""Which approvals a sealed version has, and which it lacks.

A sector is satisfied when the newest decision of its members approves; what a member decided counts
for nothing once they declared an interest. `Consulta.conformidades` says which sectors are asked.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from comun.fechas import dia_de
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import APRUEBAN
from consulta.respuestas.models import ConflictoDeInteres, Conformidad, RespuestaVersion
from foro.enums import Sector
from foro.models import Mandato


def con_conflicto(mandato: str, consulta: str, respuesta: str) -> Exists:
    """Whether the member of a row declared an interest in its response or in the whole consultation;
    the three name the columns of the row."""
    suyos = ConflictoDeInteres.objects.filter(
        mandato=OuterRef(mandato), consulta=OuterRef(consulta)
    )
    return Exists(suyos.filter(Q(respuesta=None) | Q(respuesta=OuterRef(respuesta))))


def ultimas_decisiones(versiones: Iterable[int]) -> dict[tuple[int, str], str]:
    """The newest decision that counts of each sector about each version (ids); one query."""
    filas = Conformidad.objects.filter(version__in=list(versiones)).exclude(
        con_conflicto("mandato", "version__respuesta__consulta", "version__respuesta")
    )
    pares = filas.order_by("en", "pk").values_list("version_id", "mandato__sector", "sentido")
    return {(version, sector): sentido for version, sector, sentido in pares}


def sectores_que_faltan(versiones: Iterable[RespuestaVersion]) -> dict[int, list[str]]:
    """Names of the sectors each version still needs, by its id; one query, none where nothing is asked.

    The versions come with `respuesta__consulta`.
    """
    pedidos = {v.pk: list(v.respuesta.consulta.conformidades) for v in versiones}
    if not any(pedidos.values()):
        return {pk: [] for pk in pedidos}
    ultima = ultimas_decisiones(pedidos)
    return {
        pk: [str(Sector(s).label) for s in sectores if ultima.get((pk, s)) not in APRUEBAN]
        for pk, sectores in pedidos.items()
    }


def esperan_en(consulta: Consulta) -> int:
    """How many sealed answers of `consulta` wait to be published."""
    return RespuestaVersion.objects.presentadas().filter(respuesta__consulta=consulta).count()


def ultimo_dia_decidido(mandato: Mandato) -> date | None:
    """The last day of Santiago on which somebody decided from that seat."""
    ultima = Conformidad.objects.filter(mandato=mandato).order_by("-en").first()
    return dia_de(ultima.en) if ultima is not None else None
