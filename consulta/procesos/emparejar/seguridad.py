"""How sure a proposed edge is, 0 to 100, and what a person should look at."""

from dataclasses import dataclass

from consulta.procesos.emparejar.lexico import Lexico
from consulta.procesos.emparejar.pares import Pares
from consulta.procesos.enums import TipoCorrespondencia

DUDOSA = 60
"""Below it, a person should look before publishing."""
SEGURA = 85


@dataclass(frozen=True)
class Enlace:
    """One edge between positions of two versions."""

    de: int
    a: int
    tipo: TipoCorrespondencia
    seguridad: int


def medir(lexico: Lexico, pares: Pares, i: int, j: int, *, parte: float | None) -> int:
    """Words first; then how far the next best candidate is, and whether the neighbours agree."""
    if parte is not None:
        return _acotar(40 + 55 * parte)
    parecido, contexto = lexico.parecido(i, j), pares.contexto(i, j)
    if parecido == 1.0:
        return _acotar(70 + 29 * contexto) if pares.repetido(i, j) else 100
    rival = max(
        (lexico.parecido(otra, j) for otra in lexico.por_palabras(j, 4) if otra != i), default=0.0
    )
    ventaja = max(0.0, parecido - rival)
    return _acotar(20 + 45 * parecido + 20 * contexto + 20 * min(1.0, 2 * ventaja))


def _acotar(valor: float) -> int:
    return max(1, min(99, round(valor)))
