"""A draft as it would read with some of its changes undone, word by word.

Each place of the newest text is followed back through the versions: pieces that hang together by their
matches (splits and merges included) are one `Lugar`. A step between two versions that is to be undone
is left out; the later ones are applied to what is left, by a three-way merge of words. Where a later
step rewrote the very words an undone one had brought, the two cannot be told apart: that later step is
left out there too, and the place is marked `enredado`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from merge3 import Merge3

from comun.diferencias import Cambio, comparar_palabras, piezas
from consulta.procesos.linajes import Paso
from consulta.procesos.models import Fragmento

ENTRE = "\n\n"


@dataclass(slots=True)
class Lugar:
    """One place of the text. `con` are its fragments in the newest version (none: it is gone there),
    `sin` the text without the undone changes ("": it would not be there). `por` are the ids of the
    fragments whose changes were undone."""

    con: list[Fragmento]
    sin: str
    por: frozenset[int] = frozenset()
    enredado: bool = False

    @property
    def texto(self) -> str:
        return ENTRE.join(f.texto for f in self.con)

    @property
    def cambia(self) -> bool:
        return self.sin != self.texto

    @property
    def cambios(self) -> list[Cambio]:
        """From the text as it is to the text without: what goes was brought, what comes was taken away."""
        return comparar_palabras(self.texto, self.sin)


def deshacer(
    textos: Sequence[Sequence[Fragmento]], pasos: Sequence[Paso], cambiados: Collection[int]
) -> list[Lugar]:
    """Every place of the newest text in order, with what it would say without some changes.

    `textos` are the fragments of each version in order, oldest first; `pasos` the matches between
    each and the next. `cambiados` are ids of fragments: the change that made each of them is undone,
    which is the newest one at or before its version that touched its words. One that has no successor
    stands for its own removal. Reads nothing. Places that are only in the result (a removal undone)
    come after what stood before them.
    """
    version_de = {f.pk: k for k, filas in enumerate(textos) for f in filas}
    filas_de = {f.pk: f for filas in textos for f in filas}
    unidos = _componentes(filas_de, pasos)
    ultima = len(textos) - 1
    hechos: dict[int, Lugar] = {}
    for raiz, miembros in unidos.items():
        por_version: list[list[Fragmento]] = [[] for _ in textos]
        for pk in miembros:
            por_version[version_de[pk]].append(filas_de[pk])
        for filas in por_version:
            filas.sort(key=lambda f: f.orden)
        hechos[raiz] = _lugar(por_version, {pk for pk in cambiados if pk in miembros}, version_de)
    return _en_orden(textos, hechos, {pk: r for r, m in unidos.items() for pk in m}, ultima)


def _lugar(
    por_version: list[list[Fragmento]], cambiados: set[int], version_de: Mapping[int, int]
) -> Lugar:
    dichos = [ENTRE.join(f.texto for f in filas) for filas in por_version]
    deshechos: dict[int, set[int]] = defaultdict(set)
    for pk in cambiados:
        paso = _paso_que_lo_hizo(version_de[pk], dichos)
        if paso is not None:
            deshechos[paso].add(pk)
    sin, enredado = dichos[0], False
    for k in range(len(dichos) - 1):
        if k in deshechos:
            continue
        sin, choca = _aplicar(dichos[k], sin, dichos[k + 1])
        enredado = enredado or choca
    return Lugar(por_version[-1], sin, frozenset().union(*deshechos.values()), enredado)


def _paso_que_lo_hizo(version: int, dichos: list[str]) -> int | None:
    """The step (k: from version k to k+1) to undo for an answer that points to a fragment of `version`."""
    if version + 1 < len(dichos) and not dichos[version + 1]:
        return version  # it points to what the next version took away
    for k in range(version - 1, -1, -1):
        if dichos[k] != dichos[k + 1]:
            return k
    return None


def _aplicar(antes: str, sin: str, despues: str) -> tuple[str, bool]:
    """The change from `antes` to `despues`, made to `sin`; and whether a part of it had to be left out."""
    if sin == antes or antes == despues:
        return (despues if sin == antes else sin), False
    if not despues:
        return "", False
    partes, choca = [], False
    for clase, *grupo in Merge3(piezas(antes), piezas(sin), piezas(despues)).merge_groups():
        if clase == "conflict":
            choca = True
            partes += grupo[1]
        else:
            partes += grupo[0]
    return "".join(partes), choca


def _componentes(filas_de: Mapping[int, Fragmento], pasos: Sequence[Paso]) -> dict[int, set[int]]:
    """Fragments that hang together through all versions, by the least id of each."""
    padre = {pk: pk for pk in filas_de}

    def raiz(pk: int) -> int:
        while padre[pk] != pk:
            padre[pk] = padre[padre[pk]]
            pk = padre[pk]
        return pk

    for paso in pasos:
        for de, a, _tipo in paso:
            una, otra = sorted((raiz(de), raiz(a)))
            padre[otra] = una
    juntos: dict[int, set[int]] = defaultdict(set)
    for pk in filas_de:
        juntos[raiz(pk)].add(pk)
    return juntos


def _en_orden(
    textos: Sequence[Sequence[Fragmento]],
    hechos: Mapping[int, Lugar],
    raiz_de: Mapping[int, int],
    ultima: int,
) -> list[Lugar]:
    puestos: set[int] = set()
    orden: list[int] = []
    for f in textos[ultima]:
        if raiz_de[f.pk] not in puestos:
            puestos.add(raiz_de[f.pk])
            orden.append(raiz_de[f.pk])
    for filas in reversed(textos[:ultima]):
        previa: int | None = None
        for f in filas:
            raiz = raiz_de[f.pk]
            if raiz not in puestos and hechos[raiz].sin:
                puestos.add(raiz)
                orden.insert(orden.index(previa) + 1 if previa is not None else 0, raiz)
            if raiz in puestos:
                previa = raiz
    return [hechos[raiz] for raiz in orden]
