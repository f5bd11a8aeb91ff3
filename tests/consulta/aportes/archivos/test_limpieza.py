"""An attached file keeps what one reads in it and loses what tells on its author or runs by itself."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from comun.errores import DatoInvalido
from consulta.aportes.archivos import limpiar_archivo
from tests.factories.archivos import SECRETO, docx, imagen, odt, pdf

TODOS = {
    "informe.pdf": pdf(),
    "foto.jpg": imagen(),
    "FOTO.JPEG": imagen(),
    "dibujo.png": imagen("PNG"),
    "dibujo.webp": imagen("WEBP"),
    "texto.docx": docx(),
    "tabla.xlsx": docx("xlsx"),
    "laminas.pptx": docx("pptx"),
    "texto.odt": odt(),
    "tabla.ods": odt("ods"),
    "laminas.odp": odt("odp"),
}


def todo_lo_que_dice(datos: bytes) -> bytes:
    """The bytes of a file, and those of what it has packed inside."""
    if datos.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(datos)) as zip_:
            return datos + b"".join(n.encode() + zip_.read(n) for n in zip_.namelist())
    if datos.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(datos)) as documento:
            salida = io.BytesIO()
            documento.save(
                salida,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.all,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
            return salida.getvalue()
    return datos


@pytest.mark.parametrize("nombre", TODOS)
def test_no_stored_byte_says_who_made_it(nombre):
    assert SECRETO.encode() in todo_lo_que_dice(TODOS[nombre])
    limpio = limpiar_archivo(nombre, TODOS[nombre])
    assert SECRETO.encode() not in todo_lo_que_dice(limpio.datos)


@pytest.mark.parametrize("nombre", TODOS)
def test_the_same_bytes_give_the_same_copy_and_a_clean_one_stays_as_it_is(nombre):
    una = limpiar_archivo(nombre, TODOS[nombre])
    assert una.sha256 == limpiar_archivo(nombre, TODOS[nombre]).sha256
    otra = limpiar_archivo(una.nombre, una.datos)
    assert otra.clase == una.clase
    if una.clase.familia != "imagen":
        assert otra.sha256 == una.sha256


def test_the_same_pdf_saved_another_day_is_the_same_file():
    """Its `/ID`, which tells where and when it was first written, goes too."""

    def con_id(quien: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf())) as documento:
            documento.trailer["/ID"] = pikepdf.Array([pikepdf.String(quien), pikepdf.String(quien)])
            salida = io.BytesIO()
            documento.save(salida, static_id=False)
            return salida.getvalue()

    uno, otro = (limpiar_archivo("a.pdf", con_id(q)) for q in (b"a" * 16, b"b" * 16))
    assert uno.sha256 == otro.sha256


def test_a_pdf_runs_nothing_and_carries_nothing_but_keeps_its_pages_and_links():
    limpio = limpiar_archivo("informe.pdf", pdf(paginas=3))
    with pikepdf.open(io.BytesIO(limpio.datos)) as documento:
        assert len(documento.pages) == 3
        assert not documento.attachments
        assert "/Info" not in documento.trailer
    dicho = todo_lo_que_dice(limpio.datos)
    for prohibido in (
        b"/JavaScript",
        b"/Launch",
        b"cmd.exe",
        b"/EmbeddedFile",
        b"/Metadata",
        b"/AA",
    ):
        assert prohibido not in dicho
    assert b"https://ejemplo.example/" in dicho


def test_a_picture_is_stood_upright_before_its_orientation_is_forgotten():
    limpio = limpiar_archivo("foto.jpg", imagen(lado=40))
    with Image.open(io.BytesIO(limpio.datos)) as vista:
        assert vista.size == (20, 40)
        assert not vista.getexif()


def test_a_document_still_opens_with_its_words_and_without_its_properties():
    limpio = limpiar_archivo("texto.docx", docx())
    with zipfile.ZipFile(io.BytesIO(limpio.datos)) as zip_:
        assert not [n for n in zip_.namelist() if n.startswith("docProps/")]
        assert b"hola" in zip_.read("word/document.xml")
        assert b"docProps" not in zip_.read("[Content_Types].xml") + zip_.read("_rels/.rels")
        assert b"officeDocument" in zip_.read("_rels/.rels")
    with zipfile.ZipFile(io.BytesIO(limpiar_archivo("t.odt", odt()).datos)) as zip_:
        assert zip_.namelist()[0] == "mimetype"
        assert zip_.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        assert b"meta.xml" not in zip_.read("META-INF/manifest.xml")


def test_a_template_fetched_from_elsewhere_leads_nowhere_and_a_link_still_leads():
    rels = (
        '<Relationships><Relationship Id="a" Type="x/attachedTemplate" Target="https://malo.example/t"'
        ' TargetMode="External"/><Relationship Id="b" Type="x/hyperlink" Target="https://bueno.example"'
        ' TargetMode="External"/></Relationships>'
    )
    limpio = limpiar_archivo("t.docx", docx(**{"word___rels__document.xml.rels": rels}))
    dicho = todo_lo_que_dice(limpio.datos)
    assert b"malo.example" not in dicho
    assert b"bueno.example" in dicho


def test_what_hides_behind_a_picture_is_gone():
    poliglota = imagen("PNG") + docx()
    assert b"PK\x03\x04" not in limpiar_archivo("dos.png", poliglota).datos
    pegado = pdf() + b"<script>alert(1)</script>"
    assert b"<script>" not in limpiar_archivo("dos.pdf", pegado).datos


def bomba() -> bytes:
    return docx(**{"word__relleno.bin": b"\0" * 60_000_000})


MALOS = {
    "empty": ("nada.pdf", b"", "vacío"),
    "html as pdf": ("pagina.pdf", b"<html><script>alert(1)</script>", "el contenido no lo es"),
    "html before a pdf": ("dos.pdf", b"<html>" + pdf(), "el contenido no lo es"),
    "image as pdf": ("foto.pdf", imagen(), "por dentro es un archivo JPG"),
    "pdf as image": ("foto.png", pdf(), "por dentro es un archivo PDF"),
    "svg": ("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "no se puede adjuntar"),
    "program": ("juego.exe", b"MZ\x90\x00" + b"\0" * 200, "no se puede adjuntar"),
    "plain zip": ("cosas.zip", b"PK\x03\x04" + b"\0" * 40, "no se puede adjuntar"),
    "broken pdf": ("roto.pdf", b"%PDF-1.7\n" + b"basura " * 50, "dañado"),
    "cut picture": ("corta.jpg", imagen(lado=400)[:700], "dañada"),
    "encrypted pdf": ("cerrado.pdf", pdf(clave="abc"), "contraseña"),
    "old or locked office": ("viejo.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "contraseña"),
    "macros": ("macro.docx", docx(**{"word__vbaProject.bin": "x"}), "macros"),
    "bomb": ("bomba.docx", bomba(), "no se puede revisar"),
    "escaping name": ("sale.docx", docx(**{"..__..__fuera.xml": "x"}), "no se puede revisar"),
    "too large": ("grande.pdf", pdf() + b"\0" * 11_000_000, "el máximo es 10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("caso", MALOS)
def test_what_cannot_be_taken_is_refused_saying_what_to_do(caso):
    nombre, datos, motivo = MALOS[caso]
    with pytest.raises(DatoInvalido, match=motivo) as error:
        limpiar_archivo(nombre, datos)
    assert error.value.campo == "archivos"
    assert nombre in error.value.mensaje


@pytest.mark.parametrize(
    ("nombre", "queda"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ana\\informe.PDF", "informe.pdf"),
        ("ofertag\u202efdp.exe.pdf", "ofertagfdp.exe.pdf"),
        ("año 🌊 ñandú.pdf", "año 🌊 ñandú.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("..", "archivo.pdf"),
        ("", "archivo.pdf"),
        ("a" * 400 + ".pdf", "a" * 120 + ".pdf"),
        ('con"comillas<>.pdf', "con_comillas__.pdf"),
    ],
)
def test_a_name_loses_its_folders_and_tricks_and_keeps_its_letters(nombre, queda):
    assert limpiar_archivo(nombre, pdf()).nombre == queda
