"""What pages say of themselves: texts cut short."""

import pytest

from consulta.paginas.cabeceras import breve


@pytest.mark.parametrize(
    ("texto", "largo", "queda"),
    [
        ("Cabe entero.", 12, "Cabe entero."),
        ("El semáforo será\n público", 40, "El semáforo será público"),
        ("El semáforo será público", 20, "El semáforo será…"),
        ("El semáforo, público", 13, "El semáforo…"),
        ("Supercalifragilístico", 10, "Supercali…"),
        ("", 10, ""),
    ],
)
def test_what_is_cut_ends_with_a_whole_word(texto, largo, queda):
    assert breve(texto, largo) == queda
    assert len(queda) <= largo
