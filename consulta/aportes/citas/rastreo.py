"""One quote looked for in the next version: first where its fragment went, then anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consulta.aportes.citas.localizar import Cita, Lugar, seguir, seguir_suelta
from consulta.aportes.palabras import Texto


@dataclass(frozen=True, slots=True)
class Rastro:
    """The last sure place of a quote: `[inicio, fin)` of a fragment of a version."""

    version: int
    fragmento: int
    inicio: int
    fin: int


def rastrear(
    rastro: Rastro,
    antes: Mapping[int, Texto],
    ahora: Mapping[int, Texto],
    aristas: Mapping[int, Sequence[int]],
) -> Lugar | None:
    """Where the quote stands in `ahora`; None when no place is sure.

    `antes` and `ahora` are the texts of the version of `rastro` and of the one looked in, by the id
    of the fragment; `aristas` says which fragments each one became.
    """
    origen = antes[rastro.fragmento]
    cita = Cita(origen, rastro.inicio, rastro.fin)
    destinos = [(pk, ahora[pk]) for pk in aristas.get(rastro.fragmento, ()) if pk in ahora]
    return seguir(cita, destinos) or seguir_suelta(cita, antes.values(), ahora.items())
