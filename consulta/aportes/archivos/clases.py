"""Which kinds of file are taken, told by what is inside them and never by their name alone."""

import io
import zipfile
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.archivos.nombres import extension_de

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Clase:
    """A kind of file. `parte` is what proves it inside a zip: a member, or an OpenDocument type."""

    extension: str
    mime: str
    nombre: str
    familia: str
    parte: str = ""


CLASES = (
    Clase("pdf", "application/pdf", "PDF", "pdf"),
    Clase("jpg", "image/jpeg", "JPG", "imagen"),
    Clase("png", "image/png", "PNG", "imagen"),
    Clase("webp", "image/webp", "WebP", "imagen"),
    Clase("docx", f"{_OOXML}.wordprocessingml.document", "Word", "oficina", "word/document.xml"),
    Clase("xlsx", f"{_OOXML}.spreadsheetml.sheet", "Excel", "oficina", "xl/workbook.xml"),
    Clase(
        "pptx", f"{_OOXML}.presentationml.presentation", "PowerPoint", "oficina",
        "ppt/presentation.xml",
    ),
    Clase("odt", f"{_ODF}.text", "OpenDocument de texto", "oficina", f"{_ODF}.text"),
    Clase("ods", f"{_ODF}.spreadsheet", "OpenDocument de cálculo", "oficina", f"{_ODF}.spreadsheet"),
    Clase(
        "odp", f"{_ODF}.presentation", "OpenDocument de presentación", "oficina",
        f"{_ODF}.presentation",
    ),
)  # fmt: skip
POR_EXTENSION = {clase.extension: clase for clase in CLASES}
SINONIMOS = {"jpeg": "jpg", "jpe": "jpg"}
EXTENSIONES = [*POR_EXTENSION, "jpeg"]
"""For the `accept` of a file input."""


def clase_de(nombre: str, datos: bytes) -> Clase:
    """The kind of `datos`. Raises DatoInvalido for what is not taken, or is not what `nombre` says."""
    dicha = SINONIMOS.get(extension_de(nombre), extension_de(nombre))
    real = _por_contenido(datos)
    if real is None:
        raise DatoInvalido(_motivo(datos, dicha))
    if dicha and dicha != real.extension:
        raise DatoInvalido(
            _(
                "el nombre termina en .%(dicha)s, pero por dentro es un archivo %(real)s. "
                "Guárdelo con su extensión, .%(ext)s, y adjúntelo de nuevo."
            )
            % {"dicha": dicha, "real": real.nombre, "ext": real.extension}
        )
    return real


def _por_contenido(datos: bytes) -> Clase | None:
    if datos.startswith(b"PK\x03\x04"):
        return _de_oficina(datos)
    hallado = filetype.guess(datos[:8192])
    clase = POR_EXTENSION.get(hallado.extension) if hallado is not None else None
    return clase if clase is not None and clase.familia != "oficina" else None


def _de_oficina(datos: bytes) -> Clase | None:
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as zip_:
            nombres = set(zip_.namelist())
            if "mimetype" in nombres and zip_.getinfo("mimetype").file_size < 100:
                parte = zip_.read("mimetype").decode("ascii", "replace").strip()
                return next((c for c in CLASES if c.parte and c.parte == parte), None)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in nombres:
        return None
    return next((c for c in CLASES if c.parte in nombres), None)


def _motivo(datos: bytes, dicha: str) -> str:
    if datos.startswith(_OLE):
        return _(
            "está protegido con contraseña o es de un formato antiguo (.doc, .xls, .ppt). "
            "Guárdelo sin contraseña como .docx, .xlsx, .pptx o PDF."
        )
    if dicha in POR_EXTENSION:
        return _(
            "el nombre termina en .%(dicha)s, pero el contenido no lo es o está dañado. "
            "Ábralo, guárdelo otra vez y adjúntelo de nuevo."
        ) % {"dicha": dicha}
    return _(
        "este tipo de archivo no se puede adjuntar. Use PDF, una imagen (JPG, PNG, WebP) o un "
        "documento de oficina (DOCX, XLSX, PPTX, ODT, ODS, ODP)."
    )
