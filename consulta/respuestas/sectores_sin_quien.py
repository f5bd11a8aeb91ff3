"""Sectors whose approval is asked and from which nobody may give it: all their members are barred.

There is no way round: the secretariat names another member, or officials take the answer back. Whoever
stands in for a member is barred with them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consulta.respuestas.conformidad import ultimas_decisiones
from consulta.respuestas.impedimentos import EN_TERCERA, trabas_de_cada_uno
from consulta.respuestas.models import RespuestaVersion
from foro.enums import Sector
from foro.models import Mandato


@dataclass(frozen=True, slots=True)
class SectorSinQuien:
    """A sector that cannot decide on one answer: its members in force, each with what bars them."""

    sector: str
    texto: str
    impedidos: tuple[tuple[str, str], ...]

    @property
    def frase(self) -> str:
        """Who is barred and why, in one line."""
        if not self.impedidos:
            return f"{self.texto}: no tiene integrantes con mandato vigente"
        quienes = "; ".join(f"{nombre}: {por_que}" for nombre, por_que in self.impedidos)
        return f"{self.texto}: {quienes}"


def sectores_sin_quien(
    versiones: Iterable[RespuestaVersion], hoy: date
) -> dict[int, list[SectorSinQuien]]:
    """Of each sealed answer that waits (with `respuesta__consulta`), the sectors that have said nothing
    and cannot, by its id; answers without any are left out. Five queries."""
    faltan: dict[str, list[RespuestaVersion]] = defaultdict(list)
    filas = list(versiones)
    dichas = ultimas_decisiones([v.pk for v in filas])
    for version in filas:
        for sector in version.respuesta.consulta.conformidades:
            if (version.pk, sector) not in dichas:
                faltan[sector].append(version)
    if not faltan:
        return {}
    impedidos: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    pueden: set[tuple[int, str]] = set()
    mandatos = list(
        Mandato.objects.vigentes(hoy)
        .de_sectores(faltan)
        .filter(cuenta__is_active=True)
        .select_related("cuenta", "organizacion")
        .order_by("pk")
    )
    esperan = {v.pk: v for suyas in faltan.values() for v in suyas}
    trabas = trabas_de_cada_uno(esperan.values(), [(m, m.cuenta) for m in mandatos])
    for mandato in mandatos:
        for version in faltan[mandato.sector]:
            if traba := trabas[version.pk, mandato.pk]:
                dicho = (mandato.nombre, str(EN_TERCERA[traba]))
                impedidos[version.pk, mandato.sector].append(dicho)
            else:
                pueden.add((version.pk, mandato.sector))
    hallados: dict[int, list[SectorSinQuien]] = defaultdict(list)
    for sector, suyas in faltan.items():
        for version in suyas:
            if (version.pk, sector) not in pueden:
                hallados[version.pk].append(
                    SectorSinQuien(
                        sector, str(Sector(sector).label), tuple(impedidos[version.pk, sector])
                    )
                )
    return dict(hallados)
