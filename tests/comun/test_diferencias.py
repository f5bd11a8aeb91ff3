"""Comparing two texts word by word."""

import random

import pytest

from comun.diferencias import Operacion, comparar_palabras


def dicho(antes: str, despues: str) -> str:
    signos = {Operacion.IGUAL: "{}", Operacion.QUITA: "[-{}-]", Operacion.PONE: "[+{}+]"}
    return "".join(signos[c.operacion].format(c.texto) for c in comparar_palabras(antes, despues))


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("", "", ""),
        ("uno", "uno", "uno"),
        ("", "uno dos", "[+uno dos+]"),
        ("uno dos", "", "[-uno dos-]"),
        ("antes de marzo", "antes de abril", "antes de [-marzo-][+abril+]"),
        ("Habrá un plan.", "Habrá un plan abierto.", "Habrá un plan[+ abierto+]."),
        (
            "emplear un lenguaje claro", "hablar de modo simple",
            "[-emplear un lenguaje claro-][+hablar de modo simple+]",
        ),
        ("tres\npuntos", "tres\nlíneas", "tres\n[-puntos-][+líneas+]"),
    ],
)  # fmt: skip
def test_what_goes_and_what_comes_is_told_by_words(antes, despues, dice):
    assert dicho(antes, despues) == dice


def test_both_texts_can_be_read_back_from_their_differences():
    azar = random.Random(7)
    palabras = [
        "el",
        "plan",
        "de",
        "agua,",
        "la",
        "mesa.",
        "y\n",
        "no",
        "se",
        "ñandú",
        "31",
        "¿qué?",
    ]
    for _ in range(200):
        antes, despues = (" ".join(azar.choices(palabras, k=azar.randrange(40))) for _ in range(2))
        cambios = comparar_palabras(antes, despues)
        assert antes == "".join(c.texto for c in cambios if c.operacion != Operacion.PONE)
        assert despues == "".join(c.texto for c in cambios if c.operacion != Operacion.QUITA)


def test_a_short_word_between_two_changes_is_told_with_them():
    assert "[-" in dicho("la casa de piedra roja", "un barco de madera verde")
    assert dicho("la casa de piedra", "un barco de madera").count("[-") == 1


def test_a_text_as_long_as_a_book_is_compared_in_a_moment():
    largo = "Los municipios publicarán sus presupuestos cada año en formatos abiertos. " * 1500
    assert len(comparar_palabras(largo, largo.replace("cada año", "cada mes"))) == 4501
