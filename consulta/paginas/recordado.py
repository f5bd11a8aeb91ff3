"""What was counted once and holds for every visitor until something is written.

Adding up a hundred thousand rows costs the same for each who asks. What came out is kept in the cache
under the state of the trail (`vigencia.estado`) that was read *before* counting: whatever is written
meanwhile makes another state, and the next one who asks counts again. Nothing stale is shown, since every
mutation is an event in its own transaction; `SEGUNDOS` bounds what was written by other means, as a backup
restored or a hand on the database.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from comun.fechas import dia_de
from consulta.paginas import vigencia
from consulta.respuestas.cifras.cortes import Libro, libro_de
from consulta.respuestas.cifras.filtro import Filtro, filas

T = TypeVar("T")

SEGUNDOS = 300


def recordado(request: HttpRequest | Request, clave: Sequence[object], hacer: Callable[[], T]) -> T:
    """What `hacer` made, since the last write, for the same `clave` on the same day; one query where
    `request` did not read the state yet, and those of `hacer` where nobody asked before."""
    if settings.DEBUG:
        return hacer()
    ahora = timezone.now()
    partes = (
        vigencia.version_del_codigo(),
        dia_de(ahora),
        vigencia.estado_de(request, ahora),
        *clave,
    )
    nombre = f"recordado:{hashlib.sha256(repr(partes).encode()).hexdigest()[:32]}"
    # Kept in a tuple: what was made may be nothing.
    guardado = cache.get(nombre)
    if guardado is None:
        guardado = (hacer(),)
        cache.set(nombre, guardado, SEGUNDOS)
    return cast(T, guardado[0])


def libro_recordado(
    request: HttpRequest | Request, filtro: Filtro, hoy: date, cortes: tuple[str, ...]
) -> tuple[Libro, datetime | None]:
    """As `libro_de`, with the instant of the first contribution of that consultation or of the site,
    whatever else is filtered; three queries after something was written, one until then."""
    return recordado(
        request,
        ("libro", filtro, hoy, cortes),
        lambda: (libro_de(filtro, hoy, cortes), primer_envio(filtro.consulta, hoy)),
    )


def primer_envio(consulta: str, hoy: date) -> datetime | None:
    """When the first contribution of a consultation (slug; empty: of all) was sent; one query."""
    alcance: Any = filas(Filtro(consulta=consulta), hoy).order_by("enviado_en")
    return cast(datetime | None, alcance.values_list("enviado_en", flat=True).first())
