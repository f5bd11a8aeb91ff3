"""What each edge says happened. It follows from the edges and the texts, so nobody types it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from consulta.procesos.enums import TipoCorrespondencia

Arista = tuple[int, int]


def clasificar(
    aristas: Sequence[Arista], antes: Mapping[int, str], ahora: Mapping[int, str]
) -> dict[Arista, TipoCorrespondencia]:
    """`antes` and `ahora` hold the text, or its hash, at each position.

    Split and merge come first, then change of place, then change of words.
    What kept its place is the longest run of pairs in the same order on both sides; the rest moved.
    """
    salen = Counter(i for i, _j in aristas)
    llegan = Counter(j for _i, j in aristas)
    simples = [(i, j) for i, j in aristas if salen[i] == llegan[j] == 1]
    quietas = en_orden(sorted(simples, key=lambda par: par[1]))
    tipos = {}
    for i, j in aristas:
        if llegan[j] > 1:
            tipos[i, j] = TipoCorrespondencia.UNE
        elif salen[i] > 1:
            tipos[i, j] = TipoCorrespondencia.DIVIDE
        elif (i, j) not in quietas:
            tipos[i, j] = TipoCorrespondencia.MUEVE
        elif antes[i] == ahora[j]:
            tipos[i, j] = TipoCorrespondencia.IGUAL
        else:
            tipos[i, j] = TipoCorrespondencia.CAMBIA
    return tipos


def en_orden(pares: Sequence[Arista]) -> set[Arista]:
    """The longest subsequence of `pares`, sorted by the newer side, that grows on the older one: what
    kept its order. The rest are the fewest moves that explain the new one."""
    finales: list[int] = []
    donde: list[int] = []
    previo: list[int | None] = []
    for n, (i, _j) in enumerate(pares):
        lugar = bisect_left(finales, i)
        previo.append(donde[lugar - 1] if lugar else None)
        finales[lugar : lugar + 1] = [i]
        donde[lugar : lugar + 1] = [n]
    elegidas: set[Arista] = set()
    actual = donde[-1] if donde else None
    while actual is not None:
        elegidas.add(pares[actual])
        actual = previo[actual]
    return elegidas
