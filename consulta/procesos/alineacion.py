"""Two versions of a draft side by side: what each place of the text was and is.

This is the one place that says what «changed», «moved», «split» or «merged» means: the draft, the
comparison, the desk and the API count with it. A paragraph whose words changed has changed, wherever
it stands now; «moved» is the one whose words are the same and which left its order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from consulta.procesos.emparejar.tipos import en_orden
from consulta.procesos.models import Fragmento

IGUAL, CAMBIA, NUEVO, QUITADO = "igual", "cambia", "nuevo", "quitado"
DIVIDE, UNE, REORDENA, MUEVE = "divide", "une", "reordena", "mueve"


@dataclass(slots=True)
class Alineado:
    """One place. `de` and `a` are its fragments in the two versions; either may be none.

    `movida`: it left its order, whatever else happened to it.
    """

    tipo: str
    de: list[Fragmento]
    a: list[Fragmento]
    movida: bool = False


def alinear(
    viejos: Sequence[Fragmento], nuevos: Sequence[Fragmento], llega: Mapping[int, Iterable[int]]
) -> list[Alineado]:
    """Every place of the newer text in order, and what is gone after what stood before it.

    `llega` says which fragments of `nuevos` each of `viejos` became, by id. Both come in order, and
    of each only `orden` and `sha256` are looked at.
    """
    de = {f.pk: f for f in viejos}
    a = {f.pk: f for f in nuevos}
    vienen: dict[int, list[int]] = {}
    van: dict[int, set[int]] = {}
    for viejo, destinos in llega.items():
        for nuevo in destinos:
            vienen.setdefault(nuevo, []).append(viejo)
            van.setdefault(viejo, set()).add(nuevo)
    lugares: list[Alineado] = []
    lugar_de: dict[int, int] = {}
    vistos: set[int] = set()
    for f in nuevos:
        if f.pk in vistos:
            continue
        grupo_de, grupo_a = _grupo(f.pk, van, vienen)
        vistos |= grupo_a
        for pk in grupo_de:
            lugar_de[pk] = len(lugares)
        orden_de = sorted((de[pk] for pk in grupo_de), key=lambda x: x.orden)
        orden_a = sorted((a[pk] for pk in grupo_a), key=lambda x: x.orden)
        lugares.append(Alineado(_tipo(orden_de, orden_a), orden_de, orden_a))
    _ver_cuales_se_mueven(lugares)
    return _con_quitados(lugares, viejos, lugar_de)


def contar(lugares: Iterable[Alineado]) -> Counter[str]:
    """How many places of each kind."""
    return Counter(lugar.tipo for lugar in lugares)


def _grupo(
    pk: int, van: Mapping[int, set[int]], vienen: Mapping[int, Sequence[int]]
) -> tuple[set[int], set[int]]:
    """All that hangs together with the new fragment `pk`: a split, a merge, or both at once."""
    nuevos, viejos, cola = {pk}, set[int](), [pk]
    while cola:
        for viejo in vienen.get(cola.pop(), ()):
            if viejo not in viejos:
                viejos.add(viejo)
                cola += van[viejo] - nuevos
                nuevos |= van[viejo]
    return viejos, nuevos


def _tipo(de: Sequence[Fragmento], a: Sequence[Fragmento]) -> str:
    if not de:
        return NUEVO
    if len(de) == 1 and len(a) == 1:
        return IGUAL if de[0].sha256 == a[0].sha256 else CAMBIA
    if len(de) == 1:
        return DIVIDE
    return UNE if len(a) == 1 else REORDENA


def _ver_cuales_se_mueven(lugares: Sequence[Alineado]) -> None:
    """Of the pairs, those outside the longest run in order, as their edges say (emparejar/tipos.py);
    of what was split or merged, what does not stand between the pairs that kept theirs."""
    pares = [(x.de[0].orden, x.a[0].orden) for x in lugares if len(x.de) == len(x.a) == 1]
    quietos = en_orden(pares)
    desde = 0
    hasta = iter([*sorted(de for de, _a in quietos), inf])
    siguiente = next(hasta)
    for x in lugares:
        if not x.de:
            continue
        if len(x.de) == len(x.a) == 1:
            if (x.de[0].orden, x.a[0].orden) in quietos:
                desde, siguiente = x.de[0].orden, next(hasta)
                continue
            x.movida = True
            if x.tipo == IGUAL:
                x.tipo = MUEVE
        else:
            x.movida = not desde < x.de[0].orden < siguiente


def _con_quitados(
    lugares: list[Alineado], viejos: Sequence[Fragmento], lugar_de: Mapping[int, int]
) -> list[Alineado]:
    """Each fragment that is gone, after what stood before it and is still in its order."""
    tras: dict[int, list[Alineado]] = {}
    lugar = -1
    for f in viejos:
        if f.pk not in lugar_de:
            tras.setdefault(lugar, []).append(Alineado(QUITADO, [f], []))
        elif not lugares[lugar_de[f.pk]].movida:
            lugar = lugar_de[f.pk]
    juntos = list(tras.get(-1, ()))
    for i, x in enumerate(lugares):
        juntos += [x, *tras.get(i, ())]
    return juntos
