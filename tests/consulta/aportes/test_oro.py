"""The search for quotes, against hand-made places: what it gets right, and that it rather leaves an
orphan than a wrong place. Fragments are matched as publishing matches them when nobody corrects it."""

import pytest

from tests.consulta.aportes.oro import a_mano, de_la_maquina, leer, ninguna, puntuar

MATCHES = pytest.mark.parametrize("pares", [de_la_maquina, a_mano])


@MATCHES
def test_nine_in_ten_quotes_land_right_over_three_versions_and_hardly_any_in_a_wrong_place(
    pares,
) -> None:
    resultado = puntuar(leer("citas_oro"), pares)
    assert resultado.juicios >= 120
    assert resultado.bien >= 0.95, resultado.errores
    assert resultado.cuenta["mal puesta"] <= 0.02 * resultado.juicios, resultado.errores


@MATCHES
def test_the_set_held_out_says_the_same(pares) -> None:
    resultado = puntuar(leer("citas_reserva"), pares)
    assert resultado.bien >= 0.9, resultado.errores
    assert not resultado.cuenta["mal puesta"], resultado.errores


def test_without_matches_of_fragments_what_is_not_sure_is_an_orphan() -> None:
    for nombre in ("citas_oro", "citas_reserva"):
        resultado = puntuar(leer(nombre), ninguna)
        assert not resultado.cuenta["mal puesta"], resultado.errores
        assert resultado.bien >= 0.5
