"""A long draft lies on several pages: each is light, and begins at a heading where it can."""

from collections.abc import Sequence
from dataclasses import dataclass

from consulta.procesos.enums import TipoFragmento
from consulta.procesos.models import Fragmento

LARGO = 36_000
"""Characters of text on a page: with its frame, a page stays under 100 kB compressed."""
FRAGMENTOS = 140
HOLGURA = 0.6
"""From this part of a page on, the next main heading begins another one."""


@dataclass(frozen=True, slots=True)
class Parte:
    """The fragments `desde` to `hasta`, both included, of a version, by their place."""

    n: int
    desde: int
    hasta: int


def partir(indice: Sequence[Fragmento]) -> list[Parte]:
    """The pages of a draft; one at least."""
    if not indice:
        return [Parte(1, 1, 0)]
    alto = min((f.nivel for f in indice if f.tipo == TipoFragmento.TITULO), default=0)
    comienzos = [indice[0].orden]
    largo = cuantos = 0
    for f in indice:
        titulo = f.tipo == TipoFragmento.TITULO
        lleno = max((largo + len(f.texto)) / LARGO, (cuantos + 1) / FRAGMENTOS)
        if cuantos and (
            lleno > 1.4
            or (titulo and lleno > 1)
            or (titulo and f.nivel == alto and lleno > HOLGURA)
        ):
            comienzos.append(f.orden)
            largo = cuantos = 0
        largo, cuantos = largo + len(f.texto), cuantos + 1
    if len(comienzos) > 1 and largo < LARGO * 0.1 and cuantos < FRAGMENTOS * 0.1:
        comienzos.pop()
    finales = [c - 1 for c in comienzos[1:]] + [indice[-1].orden]
    return [Parte(i, a, b) for i, (a, b) in enumerate(zip(comienzos, finales, strict=True), 1)]


def parte_de(partes: Sequence[Parte], orden: int) -> Parte:
    """The page that has the fragment `orden`; the first one when none has."""
    return next((p for p in partes if p.desde <= orden <= p.hasta), partes[0])
