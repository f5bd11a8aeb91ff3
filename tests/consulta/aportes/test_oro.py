"""The search for quotes, against hand-made places: what it gets right, and that it rather leaves an
orphan than a wrong place."""

from tests.consulta.aportes.oro import leer, puntuar


def test_nine_in_ten_quotes_land_right_over_three_versions_and_hardly_any_in_a_wrong_place() -> (
    None
):
    resultado = puntuar(leer("citas_oro"))
    assert resultado.juicios >= 120
    assert resultado.bien >= 0.95, resultado.errores
    assert resultado.cuenta["mal puesta"] <= 0.02 * resultado.juicios, resultado.errores


def test_the_set_held_out_says_the_same() -> None:
    resultado = puntuar(leer("citas_reserva"))
    assert resultado.bien >= 0.9, resultado.errores
    assert not resultado.cuenta["mal puesta"], resultado.errores


def test_without_matches_of_fragments_what_is_not_sure_is_an_orphan() -> None:
    for nombre in ("citas_oro", "citas_reserva"):
        resultado = puntuar(leer(nombre), con_aristas=False)
        assert not resultado.cuenta["mal puesta"], resultado.errores
        assert resultado.bien >= 0.5
