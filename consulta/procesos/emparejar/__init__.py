"""Which fragment of one version became which of the next: proposals, with how sure they are.

1. Texts that are equal and appear once on each side are anchors.
2. Every other new fragment looks for candidates by its words, and around the place its neighbours point to.
3. Pairs are chosen for the whole text at once, the best first: words, order and heading count. Three
   rounds, since what was chosen changes what the neighbours say.
4. What is left over joins as a part: a fragment that was split, or several that became one.
5. What still is alone at the same place on both sides probably is the same, rewritten: said with doubt.

What repeats word for word is paired only where its neighbours agree, and what nothing supports stays
unpaired: a missing match is seen and added, a wrong one carries a person's comment to the wrong place.
"""

from collections.abc import Sequence

from consulta.procesos.emparejar.lexico import Lexico
from consulta.procesos.emparejar.pares import Pares
from consulta.procesos.emparejar.partes import agregar_partes
from consulta.procesos.emparejar.seguridad import Enlace, medir
from consulta.procesos.emparejar.tipos import clasificar
from consulta.procesos.trozos import Trozo

__all__ = ["Enlace", "candidatas", "clasificar", "emparejar"]


def emparejar(antes: Sequence[Trozo], ahora: Sequence[Trozo]) -> list[Enlace]:
    """Edges between positions of `antes` and `ahora`, in the order of `ahora`. Same texts, same edges."""
    if not antes or not ahora:
        return []
    lexico = Lexico(antes, ahora)
    pares = Pares(lexico)
    pares.elegir()
    aristas = agregar_partes(lexico, pares)
    en_parte = [par for par, parte in aristas.items() if parte is not None]
    huecos = pares.llenar_huecos({i for i, _j in en_parte}, {j for _i, j in en_parte})
    aristas |= dict.fromkeys(huecos)
    textos = [dict(enumerate(t.texto for t in lado)) for lado in (antes, ahora)]
    tipos = clasificar(list(aristas), *textos)
    return [
        Enlace(i, j, tipos[i, j], medir(lexico, pares, i, j, parte=aristas[i, j]))
        for i, j in sorted(aristas, key=lambda par: (par[1], par[0]))
    ]


def candidatas(antes: Sequence[Trozo], trozo: Trozo, cuantas: int = 6) -> list[tuple[int, int]]:
    """Positions of `antes` that read most like `trozo`, with how much they do, 0–100; best first."""
    lexico = Lexico(antes, [trozo])
    parecidos = ((round(100 * lexico.parecido(i, 0)), i) for i in range(len(antes)))
    mejores = sorted((p for p in parecidos if p[0] >= 10), key=lambda p: (-p[0], p[1]))
    return [(i, parecido) for parecido, i in mejores[:cuantas]]
