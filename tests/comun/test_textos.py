from comun.textos import limpiar, limpiar_linea


def test_a_line_holds_no_line_breaks():
    assert limpiar_linea("  uno\n\n dos\t\ttres ") == "uno dos tres"


def test_lone_surrogates_and_byte_order_marks_go():
    assert limpiar("\ufeffa\ud800b") == "ab"


def test_marks_that_real_right_to_left_text_needs_stay():
    assert limpiar("a\u200f\u2067ب\u2069") == "a\u200f\u2067ب\u2069"
