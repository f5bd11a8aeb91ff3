"""What people paste and upload, and what hostile people do."""

import io
import zipfile

import pytest

from comun.errores import DatoInvalido
from consulta.paginas.presentacion.borradores import vista_de_fragmento
from consulta.procesos.importar import importar_archivo, importar_texto
from consulta.procesos.importar.bloques import leer_html
from consulta.procesos.importar.marcas import a_texto
from consulta.procesos.models import Fragmento
from tests.factories.word import docx, fila, parrafo


def vistos(trozos):
    return [(t.tipo.value, t.nivel, t.texto) for t in trozos]


def test_a_word_file_gives_headings_paragraphs_tables_and_sheets():
    cuerpo = (
        parrafo("Plan", "Ttulo2")
        + parrafo("Uno.")
        + f"<w:tbl>{fila('Meta', 'Año', 'Quién')}{fila('Diez', '2027', 'Todos')}</w:tbl>"
        + f"<w:tbl>{fila('Compromiso 2: Agua')}{fila('Responde', 'Servicio')}{fila('Plazo', '2028')}</w:tbl>"
    )
    assert vistos(importar_archivo(docx(cuerpo), "plan.pdf")) == [
        ("titulo", 2, "Plan"),
        ("parrafo", 0, "Uno."),
        ("tabla", 0, "| Meta | Año | Quién |\n| Diez | 2027 | Todos |"),
        ("compromiso", 0, "Compromiso 2: Agua\nResponde: Servicio\nPlazo: 2028"),
    ]


def test_scripts_styles_and_attributes_of_a_page_are_left_out():
    html = (
        "<!doctype html><title>No</title><style>p{}</style><h3 onclick=x>Sí <b>va</b></h3>"
        "<p>Ver <a href='https://a.cl/x'>esto</a> y <a href='javascript:alert(1)'>eso</a>"
        "<script>alert(1)</script><img src=x onerror=y><p>Dos<br>líneas<ol start=3><li>a<ul><li>b</ul></ol>"
    )
    assert vistos(importar_archivo(html.encode())) == [
        ("titulo", 3, "Sí va"),
        ("parrafo", 0, "Ver esto (https://a.cl/x) y eso"),
        ("parrafo", 0, "Dos\nlíneas"),
        ("lista", 0, "3. a\n  - b"),
    ]


@pytest.mark.parametrize("codigo", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_letters_of_any_editor_are_read(codigo):
    assert importar_archivo("Año y acción.".encode(codigo))[0].texto == "Año y acción."


@pytest.mark.parametrize(
    ("texto", "clases"),
    [
        ("Compromiso 1. Agua\nResponde: Alguien.\nPlazo: 2027.", ["compromiso"]),
        ("## Compromiso 1: Agua\n\nResponde: Alguien.\n\nHitos:\n- uno\n- dos", ["compromiso"]),
        ("## Compromiso 1\n\nResponde: Alguien.\nPlazo: 2027\no antes.", ["compromiso"]),
        ("## Plazos\n\nResponde: Alguien.\nPlazo: 2027.", ["titulo", "parrafo"]),
        ("## Compromiso 1\n\nResponde: Alguien.\n\nUn párrafo.", ["titulo", "parrafo", "parrafo"]),
        ("## Compromiso de todos\n\nA: b\n\nC: d", ["titulo", "parrafo", "parrafo"]),
        ("El compromiso 3 sigue:\n\nA: b\n\nC: d", ["parrafo", "parrafo", "parrafo"]),
    ],
)
def test_what_makes_a_commitment_sheet(texto, clases):
    assert [t.tipo.value for t in importar_texto(texto)] == clases


@pytest.mark.parametrize(
    "texto",
    [
        "1986\\. Un año.\n\n\\# No es título\n\n\\- ni punto",
        "Con *asteriscos \\* y _guiones_ y a_b_c y [corchetes] &amp; <b>x</b> C:\\\\ruta",
        "- uno\n- dos\n    - hondo\n\n***\n\n- otra lista\n\n| a | b |\n| c | d |",
        "Compromiso 3. T\nA: b\nHitos:\n- x\n- y\n\nC: d",
        "línea  \notra línea\n\n+ más\n\n> cita",
        "~~tachado~~ a|b `código` ![x](y) http://a.cl/x_y_z",
        # As Word files are written: a dash or a letter typed by hand, each a paragraph of its own.
        "<p>– Publicar los gastos.</p><p>– Publicar las compras.</p><p>• Fin.</p>",
        "<p>Los órganos deberán:<br>a) publicar;<br>b) responder.</p>",
        "<p>&lt;div&gt; es una marca.</p>",
        # A list that begins again, one that jumps, one inside another that goes on.
        "<ol><li>Uno<li>Dos<li value=1>Uno de otra</ol>",
        "1. Uno\n5. Cinco\n",
        "<ul><li>Eje<ol><li>Uno</ol><li>Otro<ol start=2><li>Dos</ol></ul>",
        "Compromiso 3: Agua.\nNo es una ficha.\n12\\. Ni esto un punto.",
    ],
)
def test_a_text_written_back_is_read_the_same(texto):
    trozos = importar_texto(texto)
    assert importar_texto(a_texto(trozos)) == trozos


def bomba():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("word/document.xml", b" " * 30_000_000)
    return salida.getvalue()


def otro_zip():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as zip_:
        zip_.writestr("hola.txt", "hola")
    return salida.getvalue()


ENTIDADES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "contenido",
    [
        b"", b"   ", b"PK\x03\x04", bomba(), otro_zip(), docx("x")[:-80], docx("<w:p>"),
        docx(parrafo("x"), antes=ENTIDADES), docx(""), b"%PDF-1.7", b"\xd0\xcf\x11\xe0resto",
        b"{\\rtf1 x}", b"a\x00b", b"\x89PNG\r\n\x1a\n\x00", b"x" * (4 * 1024 * 1024 + 1),
        b"x" * (20 * 1024 * 1024 + 1), b"<html><script>x</script>", b"x\n\n" * 3_001, b"x" * 600_001,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_plain_error_of_the_field(contenido):
    with pytest.raises(DatoInvalido) as error:
        importar_archivo(contenido, "borrador.docx")
    assert error.value.campo == "archivo" and error.value.mensaje.endswith(".")


def test_depth_and_tricks_cost_little():
    assert len(leer_html("<div>" * 100_000 + "hola")) == 1
    assert len(leer_html("<ul><li>x" * 20_000)) == 1
    assert len(leer_html("<table><tr><td>x" * 20_000)) == 1
    assert leer_html("<table><tr><td colspan=99999999>a<td>b</table>")[0].texto.count("|") < 60
    for texto in ("[ " * 50_000 + "x", "*a _b " * 50_000):
        assert importar_texto(texto)


@pytest.mark.parametrize(
    "texto",
    [
        "El plan dará:\na) agua potable;\nb) caminos;\nc) salud.",
        "<p>El plan dará:</p><ol type='a'><li>agua potable;</li><li>caminos;</li><li>salud.</li></ol>",
        "El plan dará:\n\n- a) agua potable;\n- b) caminos;\n- c) salud.",
    ],
)
def test_a_lettered_list_keeps_its_letters(texto):
    entrada, lista = importar_texto(texto)
    assert entrada.texto == "El plan dará:"
    assert lista.tipo == "lista" and lista.texto == "- a) agua potable;\n- b) caminos;\n- c) salud."
    assert importar_texto(a_texto([entrada, lista])) == [entrada, lista]
    vista = vista_de_fragmento(Fragmento(orden=1, tipo="lista", texto=lista.texto), slug="x", n=1)
    assert vista.con_letras and next(t.texto for t in vista.puntos) == "a) agua potable;"
    assert lista.texto[vista.puntos[1].inicio :].startswith("b) caminos"), "quotes know the place"


def test_a_letter_alone_is_no_list():
    assert [t.tipo for t in importar_texto("Según la letra\na) del artículo.")] == ["parrafo"]


def test_numbers_of_a_list_are_those_written_and_ones_alone_are_counted():
    (escrita,) = importar_texto("1. a\n2. b\n1. c\n7. d")
    assert escrita.texto == "1. a\n2. b\n1. c\n7. d"
    (contada,) = importar_texto("1. a\n1. b\n1. c")
    assert contada.texto == "1. a\n2. b\n3. c"
