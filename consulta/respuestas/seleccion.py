"""What an official marked in the queue: some rows, or every row of a filter.

A form sends `ids` (repeated) or, when all of the filter was meant, `filtro`: a query string as the
queue writes it. Any page that does something to many rows reads it from here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from consulta.aportes.models import Aporte
from consulta.respuestas.filtros import FiltrosDeCola
from cuentas.models import User

MARCADAS_MAXIMO = 2_000
"""Boxes one form may mark: a page has 50."""


@dataclass(frozen=True)
class Seleccion:
    """The rows meant. `filtro` is empty when they were marked one by one."""

    filas: "QuerySet[Aporte]"
    marcadas: tuple[int, ...] = ()
    filtro: str = ""

    def ids(self) -> list[int]:
        """Their ids, in the order of the queue; one query."""
        return list(self.filas.values_list("pk", flat=True))


def seleccion_de(datos: QueryDict, usuario: User, *, hasta: datetime | None = None) -> Seleccion:
    """Read it from what a form sent. With `hasta` (UTC), rows of a filter confirmed after are not meant:
    nobody saw them when the number was shown."""
    filas: QuerySet[Aporte] = Aporte.objects.confirmados()
    if "filtro" in datos:
        filtro = str(datos["filtro"]).replace("\x00", "")[:2_000]
        filtros = FiltrosDeCola(QueryDict(filtro), usuario, propios=False)
        filas = filtros.ordenar(filtros.aplicar(filas))
        if hasta is not None:
            filas = filas.filter(confirmado_en__lte=hasta)
        return Seleccion(filas, filtro=filtros.cadena())
    escritos = datos.getlist("ids")[:MARCADAS_MAXIMO]
    ids = tuple(
        dict.fromkeys(int(i) for i in escritos if i.isascii() and i.isdigit() and len(i) < 19)
    )
    filas = filas.filter(pk__in=ids).order_by("vence_el", "enviado_en", "pk")
    return Seleccion(filas, marcadas=ids)
