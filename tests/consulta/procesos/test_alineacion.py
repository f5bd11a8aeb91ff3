"""What «changed», «moved», «split» and «merged» mean is said in one place."""

import pytest

from consulta.paginas.presentacion.cambios import al_margen, en_palabras
from consulta.procesos.alineacion import alinear, contar
from consulta.procesos.models import Fragmento


def fragmentos(textos, desde):
    return [
        Fragmento(pk=desde + n, orden=n, tipo="parrafo", texto=t, sha256=t)
        for n, t in enumerate(textos.split(), 1)
    ]


def alineados(antes, ahora, llega):
    viejos, nuevos = fragmentos(antes, 100), fragmentos(ahora, 200)
    return alinear(viejos, nuevos, {100 + de: {200 + a for a in van} for de, van in llega.items()})


@pytest.mark.parametrize(
    ("antes", "ahora", "llega", "dicho"),
    [
        ("a b c", "a b c", {1: [1], 2: [2], 3: [3]}, "El texto es el mismo"),
        ("a b c", "a x c", {1: [1], 2: [2], 3: [3]}, "1 párrafo cambia"),
        ("a b c d", "b c d a", {1: [4], 2: [1], 3: [2], 4: [3]}, "1 párrafo cambia de lugar"),
        # Changed and moved is changed: once, everywhere.
        ("a b c d", "b c d x", {1: [4], 2: [1], 3: [2], 4: [3]}, "1 párrafo cambia"),
        ("a b", "a x y z", {1: [1], 2: [2, 3, 4]}, "1 párrafo se dividió"),
        ("a b c", "a x", {1: [1], 2: [2], 3: [2]}, "1 párrafo resulta de unir otros"),
        ("a b", "x n", {1: [1]}, "1 párrafo cambia, 1 es nuevo y 1 se quitó"),
        ("a b c d", "x y c d", {1: [1], 2: [2], 3: [3], 4: [4]}, "2 párrafos cambian"),
    ],
)
def test_each_change_is_counted_once(antes, ahora, llega, dicho):
    assert en_palabras(contar(alineados(antes, ahora, llega))) == dicho


def test_beside_the_paragraph_both_things_are_said():
    lugares = alineados("a b c d", "b c d x", {1: [4], 2: [1], 3: [2], 4: [3]})
    assert [al_margen(x) for x in lugares] == ["", "", "", "Cambió y cambió de lugar"]


def test_what_was_split_moved_only_if_its_neighbours_stayed():
    quieto = alineados("a b c", "a x y c", {1: [1], 2: [2, 3], 3: [4]})
    assert [x.movida for x in quieto] == [False, False, False]
    movido = alineados("a b c d", "a c d x y", {1: [1], 2: [4, 5], 3: [2], 4: [3]})
    assert [x.movida for x in movido] == [False, False, False, True]
