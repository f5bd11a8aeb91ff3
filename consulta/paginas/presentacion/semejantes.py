"""Proposals like the one being written, as the form and its preview list them."""

from dataclasses import dataclass
from datetime import datetime

from consulta.aportes.models import Aporte
from consulta.aportes.semejanza.semejantes import semejantes
from consulta.paginas.presentacion.aportes import FilaAporte, filas_de
from consulta.procesos.models import Consulta


@dataclass(slots=True)
class VistaSemejante:
    """A proposal alike: its row, and how many support it."""

    pk: int
    folio: str
    fila: FilaAporte
    apoyos: int


def vistas_semejantes(
    consulta: Consulta, titulo: str, problema: str, ahora: datetime, menos: int | None = None
) -> list[VistaSemejante]:
    """The most alike first; a constant number of queries, two where there is none."""
    hallados = [s.aporte_id for s in semejantes(consulta, titulo, problema, menos=menos)]
    if not hallados:
        return []
    aportes = {a.pk: a for a in Aporte.objects.filter(pk__in=hallados).con_texto()}
    en_orden = [aportes[pk] for pk in hallados if pk in aportes]
    filas = filas_de(en_orden, ahora=ahora)
    return [
        VistaSemejante(a.pk, a.folio, fila, a.apoyos)
        for a, fila in zip(en_orden, filas, strict=True)
    ]
