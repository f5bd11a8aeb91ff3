"""A Word file as the archive it is, looked at before anything reads it."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido

XML_MAXIMO = 24 * 1024 * 1024
"""Of the parts that are read, in bytes, once expanded."""
PARTES_MAXIMAS = 4_000

LEIDAS = re.compile(r"\A(?:word/[^/]+\.xml|word/_rels/[^/]+|_rels/[^/]+|\[Content_Types\]\.xml)\Z")
_ENTIDADES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def revisar(contenido: bytes) -> None:
    """A whole archive, a Word document, of a size that memory bears; else DatoInvalido naming `archivo`."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
            partes = zip_.infolist()
            nombres = {p.filename for p in partes}
            if "mimetype" in nombres and "content.xml" in nombres:
                raise mal(
                    _("Es un documento de LibreOffice: guárdelo como DOCX y súbalo de nuevo.")
                )
            if "word/document.xml" not in nombres:
                raise mal(_("No es un documento de Word: suba DOCX, Markdown, HTML o texto."))
            leidas = [p for p in partes if LEIDAS.match(p.filename)]
            if len(partes) > PARTES_MAXIMAS or sum(p.file_size for p in leidas) > XML_MAXIMO:
                raise mal(
                    _("El documento es demasiado grande una vez abierto: divídalo en partes.")
                )
            for parte in leidas:
                # zipfile reads no further than the size declared, and fails where it is not true.
                if _ENTIDADES.search(zip_.read(parte)):
                    raise roto()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as e:
        raise roto() from e
    except Exception as error:
        if isinstance(error, DatoInvalido):
            raise
        raise roto() from error  # zlib and lzma have errors of their own


def mal(mensaje: str) -> DatoInvalido:
    return DatoInvalido(mensaje, campo="archivo")


def roto() -> DatoInvalido:
    return mal(
        _(
            "El archivo está dañado o no es lo que dice su nombre: ábralo, guárdelo de nuevo y súbalo."
        )
    )
