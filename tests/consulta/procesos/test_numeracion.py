"""What Word numbers itself is what citizens quote: letters, roman numbers, levels and restarts."""

import pytest

from consulta.paginas.presentacion.borradores import vista_de_fragmento
from consulta.procesos.importar import importar_archivo, importar_texto
from consulta.procesos.importar.marcas import a_texto
from consulta.procesos.importar.numeracion import en_formato
from consulta.procesos.models import Fragmento
from tests.factories.word import docx, fila, nivel, numeracion, parrafo, punto

LETRAS = [nivel(0, "lowerLetter", "%1)"), nivel(1, "lowerRoman", "%2."), nivel(2, "decimal", "%3)")]
LEGAL = [
    nivel(0, "decimal", "%1."),
    nivel(1, "decimal", "%1.%2."),
    nivel(2, "upperLetter", "(%3)"),
]
VINETA = [nivel(0, "bullet", "•"), nivel(1, "lowerLetter", "%2)")]
DESDE_UNO = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
LISTAS = numeracion(
    {7: LETRAS, 8: LEGAL, 9: VINETA},
    {1: (7, ""), 2: (7, DESDE_UNO), 3: (8, ""), 4: (9, ""), 5: (7, "")},
)


def leer(*parrafos, listas=LISTAS, estilos=""):
    return importar_archivo(docx("".join(parrafos), listas=listas, estilos=estilos))


def textos(*parrafos, **otros):
    return [t.texto for t in leer(*parrafos, **otros)]


def test_letters_and_roman_numbers_come_as_word_shows_them():
    assert textos(
        parrafo("El plan dará:"),
        punto("agua potable, esto es:"), punto("pozos;", nivel=1), punto("plantas;", nivel=1),
        punto("una", nivel=2), punto("caminos;"), punto("rurales.", nivel=1),
    ) == [
        "El plan dará:",
        "- a) agua potable, esto es:\n  - i. pozos;\n  - ii. plantas;\n    1. una\n"
        "- b) caminos;\n  - i. rurales.",
    ]  # fmt: skip


def test_a_paragraph_between_does_not_begin_it_again_and_another_list_of_its_kind_goes_on():
    assert textos(punto("uno"), parrafo("Y además:"), punto("dos"), punto("tres", lista=5)) == [
        "- a) uno", "Y además:", "- b) dos\n- c) tres",
    ]  # fmt: skip


def test_a_list_that_is_told_to_begin_again_does_so_once():
    assert textos(
        punto("uno"), punto("dos"), parrafo("Segundo:"),
        punto("otra vez", lista=2), punto("sigue", lista=2), parrafo("Tercero:"),
        punto("y sigue", lista=2),
    ) == [
        "- a) uno\n- b) dos", "Segundo:", "- a) otra vez\n- b) sigue", "Tercero:", "- c) y sigue",
    ]  # fmt: skip


def test_numbers_go_on_after_a_paragraph_and_by_levels():
    assert textos(
        punto("Objeto", lista=3), punto("alcance", 3, 1), punto("plazo", 3, 1), parrafo("Nota."),
        punto("Definiciones", lista=3), punto("plan", 3, 1), punto("versión", 3, 2),
    ) == [
        "1. Objeto\n  - 1.1. alcance\n  - 1.2. plazo",
        "Nota.",
        "2. Definiciones\n  - 2.1. plan\n    - (A) versión",
    ]  # fmt: skip


def test_bullets_stay_bullets_and_empty_items_count_but_do_not_show():
    assert textos(
        punto("viñeta", lista=4), punto("letra", 4, 1), punto(""), punto("de la otra")
    ) == ["- viñeta\n  - a) letra", "- b) de la otra"]


def test_a_style_numbers_its_paragraphs_and_a_cell_and_a_heading_are_told_apart():
    estilos = (
        '<w:style w:type="paragraph" w:styleId="Literal"><w:name w:val="Literal"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Hijo"><w:name w:val="Hijo"/>'
        '<w:basedOn w:val="Literal"/></w:style>'
    )
    titulo = punto("Agua", lista=3).replace("<w:numPr>", '<w:pStyle w:val="Ttulo2"/><w:numPr>')
    celda = fila("x", "y").replace("<w:p><w:r><w:t>x</w:t></w:r></w:p>", punto("uno", lista=3))
    trozos = leer(
        parrafo("primero", "Literal"), parrafo("segundo", "Hijo"), titulo,
        f"<w:tbl>{celda}{fila('dos', 'tres')}</w:tbl>", estilos=estilos,
    )  # fmt: skip
    assert [t.texto for t in trozos] == [
        "a) primero", "b) segundo", "Agua", "| 2. uno | y |\n| dos | tres |",
    ]  # fmt: skip


def test_a_list_that_leads_to_itself_or_to_nothing_hurts_nobody():
    nada = numeracion({7: ['<w:numStyleLink w:val="Yo"/>']}, {1: (7, ""), 2: (99, "")})
    estilos = (
        '<w:style w:type="numbering" w:styleId="Yo"><w:name w:val="Yo"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>'
    )
    rotos = punto("tres", lista="x", nivel="y") + parrafo("cuatro", "A")
    hallado = textos(punto("uno", lista=2), rotos, listas=nada, estilos=estilos)
    assert " ".join(hallado).split() == ["uno", "tres", "cuatro"]


@pytest.mark.parametrize(
    ("n", "formato", "dicho"),
    [
        (27, "lowerLetter", "aa"), (53, "upperLetter", "AAA"), (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"), (7, "decimalZero", "07"), (3, "ordinalText", "3"),
        (0, "lowerLetter", "0"), (9_000_000, "lowerRoman", "9000000"), (2, "none", ""),
    ],
)  # fmt: skip
def test_counts_are_written_as_word_writes_them(n, formato, dicho):
    assert en_formato(n, formato) == dicho


def test_what_was_imported_is_pasted_again_and_drawn_as_written():
    (lista,) = leer(
        punto("agua:"), punto("pozos", nivel=1), punto("plantas", nivel=1), punto("caminos")
    )
    assert importar_texto(a_texto([lista])) == [lista]
    vista = vista_de_fragmento(Fragmento(orden=1, tipo="lista", texto=lista.texto), slug="x", n=1)
    assert vista.con_letras and not vista.numerada
    dibujado = [(t.nivel, t.texto) for t in vista.puntos]
    assert dibujado == [(0, "a) agua:"), (1, "i. pozos"), (1, "ii. plantas"), (0, "b) caminos")]
    assert all(lista.texto[t.inicio :].startswith(t.texto) for t in vista.puntos), "quotes know it"


def test_numbers_that_a_browser_would_count_otherwise_are_drawn_as_written():
    def vista(texto):
        return vista_de_fragmento(Fragmento(orden=1, tipo="lista", texto=texto), slug="x", n=1)

    assert vista("1. uno\n2. dos").numerada
    sigue = vista("3. tres\n  - b\n4. cuatro")
    assert not sigue.numerada
    assert [t.texto for t in sigue.puntos] == ["3. tres", "- b", "4. cuatro"]
