"""The pieces a draft is cut into, before they are rows."""

from dataclasses import dataclass

from consulta.procesos.enums import TipoFragmento


@dataclass(frozen=True)
class Trozo:
    """A fragment to be. `nivel` is that of a heading, 1 to 6; 0 elsewhere.

    A list keeps one line per item with its mark («- » or «1. »), two spaces deeper per level. A table
    keeps one line per row, `| a | b |`. A commitment sheet keeps its title in the first line and one
    field per line after it.
    """

    tipo: TipoFragmento
    texto: str
    nivel: int = 0
