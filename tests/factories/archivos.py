"""Files made by code, with what a real one tells about its author."""

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

SECRETO = "Marcela Secreta"
"""Stands wherever a program writes who made the file; no stored byte may say it."""

TIPOS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/core"/></Types>'
)
RELACIONES = (
    "<Relationships>"
    '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="b" Type="x/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
PRINCIPAL = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def pdf(*, paginas: int = 1, clave: str = "") -> bytes:
    """A PDF that says its author, runs JavaScript, launches a program and carries a file."""
    documento = pikepdf.new()
    for _ in range(paginas):
        documento.add_blank_page(page_size=(200, 200))
    with documento.open_metadata() as datos:
        datos["dc:creator"] = [SECRETO]
    documento.docinfo["/Author"] = SECRETO
    guion = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRETO}')"))
    documento.Root.OpenAction = documento.make_indirect(guion)
    documento.Root.AA = Dictionary(WC=guion)
    documento.pages[0].Annots = Array(
        [
            documento.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                    A=Dictionary(S=Name.Launch, F=String("cmd.exe")),
                )
            ),
            documento.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String(SECRETO))
            ),
            documento.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                    A=Dictionary(S=Name.URI, URI=String("https://ejemplo.example/")),
                )
            ),
        ]
    )  # fmt: skip
    documento.attachments["secreto.txt"] = SECRETO.encode()
    salida = io.BytesIO()
    cifrado = pikepdf.Encryption(owner="dueno", user=clave) if clave else False
    documento.save(salida, encryption=cifrado)
    return salida.getvalue()


def imagen(formato: str = "JPEG", lado: int = 40) -> bytes:
    """A picture taken on its side, whose EXIF says who took it."""
    datos = Image.Exif()
    datos[0x0112] = 6
    datos[0x013B] = SECRETO
    salida = io.BytesIO()
    Image.new("RGB", (lado, lado // 2), "#0f69c4").save(salida, formato, exif=datos)
    return salida.getvalue()


def docx(extension: str = "docx", **otros: bytes | str) -> bytes:
    """An Office document; `otros` are members beside its own, `/` written as `__`."""
    partes: dict[str, bytes | str] = {
        "[Content_Types].xml": TIPOS,
        "_rels/.rels": RELACIONES,
        "docProps/core.xml": f"<cp><dc:creator>{SECRETO}</dc:creator></cp>",
        PRINCIPAL[extension]: f'<w:document><w:ins w:author="{SECRETO}">hola</w:ins></w:document>',
        "word/media/foto.jpg": imagen(),
    }
    return _zip(partes | {n.replace("__", "/"): c for n, c in otros.items()})


def odt(extension: str = "odt", **otros: bytes | str) -> bytes:
    """An OpenDocument."""
    partes: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{ODF[extension]}",
        "content.xml": f"<office><dc:creator>{SECRETO}</dc:creator>hola</office>",
        "meta.xml": f"<meta:initial-creator>{SECRETO}</meta:initial-creator>",
        "Thumbnails/thumbnail.png": imagen("PNG"),
        "META-INF/manifest.xml": "<manifest:manifest>"
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>",
    }
    return _zip(partes | {n.replace("__", "/"): c for n, c in otros.items()})


def _zip(partes: dict[str, bytes | str]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, contenido in partes.items():
            archivo.writestr(nombre, contenido)
    return salida.getvalue()
