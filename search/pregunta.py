"""What is asked of the archive, and what an engine answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.pedido import Pedido

POR_PAGINA = 20
PAGINAS = 50
"""Nobody turns more pages than this; beyond, one asks better."""

RELEVANCIA = "relevancia"
FECHA = "fecha"


@dataclass(frozen=True)
class Pregunta:
    """What is asked: the words, the kinds wanted (none: all), the order, the page (from 1)."""

    pedido: Pedido
    tipos: tuple[str, ...] = ()
    orden: str = RELEVANCIA
    pagina: int = 1

    @property
    def desde(self) -> int:
        return (self.pagina - 1) * POR_PAGINA


@dataclass(frozen=True)
class Hallados:
    """What an engine answers: ids of the page in order, and how many match of each kind.

    `alguna`: nothing has all the words, these have some of them.
    """

    ids: Sequence[int]
    por_tipo: Mapping[str, int]
    alguna: bool = False


def total_de(por_tipo: Mapping[str, int], tipos: Sequence[str]) -> int:
    """How many there are of `tipos`; of all when none is asked."""
    return sum(n for tipo, n in por_tipo.items() if not tipos or tipo in tipos)
