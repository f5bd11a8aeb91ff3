"""Whether a file is what its name says: told by its first bytes, never by what was declared."""

import zipfile
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CABEZA = 8192
"""Bytes that are looked at where the whole file is not needed."""

_FIRMAS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "rtf": (b"{\\rtf",),
}
_DENTRO = {
    "docx": "word/", "xlsx": "xl/", "pptx": "ppt/",
    "odt": "content.xml", "ods": "content.xml", "odp": "content.xml",
    "epub": "META-INF/container.xml", "zip": "",
}  # fmt: skip
_TEXTOS = frozenset({"csv", "json", "md", "txt", "xml"})


def comprobar_contenido(archivo: BinaryIO, nombre: str) -> None:
    """Leaves `archivo` at its start. Raises ValidationError when it is not what `nombre` ends in."""
    extension = nombre.rpartition(".")[2].lower()
    archivo.seek(0)
    cabeza = archivo.read(CABEZA)
    try:
        if not cabeza:
            raise ValidationError(_("El archivo está vacío."))
        if not _es(extension, cabeza, archivo):
            raise ValidationError(
                _(
                    "El archivo se llama .%(ext)s, pero su contenido no es %(ext)s. Ábralo para "
                    "comprobar que está bien, guárdelo en ese formato y súbalo otra vez."
                )
                % {"ext": extension}
            )
    finally:
        archivo.seek(0)


def _es(extension: str, cabeza: bytes, archivo: BinaryIO) -> bool:
    if extension in _FIRMAS:
        # A PDF may have a few bytes before its mark.
        donde = cabeza[:1024] if extension == "pdf" else cabeza[:16]
        return any(firma in donde for firma in _FIRMAS[extension])
    if extension in _DENTRO:
        return _tiene_dentro(archivo, _DENTRO[extension])
    return extension not in _TEXTOS or b"\x00" not in cabeza


def _tiene_dentro(archivo: BinaryIO, parte: str) -> bool:
    try:
        with zipfile.ZipFile(archivo) as comprimido:
            return any(n.startswith(parte) for n in comprimido.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
