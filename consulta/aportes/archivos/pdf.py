"""PDF written anew without who made it, what it does by itself, or what it hides inside."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Stream

from comun.errores import DatoInvalido
from consulta.aportes.archivos.clases import Clase
from consulta.aportes.archivos.imagenes import sin_datos

OBJETOS = 150_000
"""Objects of a file that are looked at; a report of a thousand pages has some ten thousand."""

_SOBRAN = frozenset({
    "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/JS", "/JavaScript",
    "/EmbeddedFiles", "/EF", "/AF", "/Collection", "/XFA", "/RichMediaContent", "/RichMediaSettings",
})  # fmt: skip
"""Keys that say who and with what, run by themselves, or carry another file. None of them is drawn."""

_ACCIONES = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/ResetForm",
    "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/SetOCGState", "/Hide", "/Thread",
    "/Trans", "/GoTo3DView",
})  # fmt: skip
"""What a link may not do: anything but lead to a page of this file, or to an address. `/S` also names
transitions, styles and kinds of group, which stay."""

_ANOTACIONES = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_DE_AUTOR = ("/T", "/M", "/CreationDate", "/NM")
"""Of a note on the page: who wrote it, and when. `/T` of a form's field is its name, and stays."""


def pdf_limpio(datos: bytes, clase: Clase) -> bytes:
    """A deterministic rewriting. What no page needs, earlier revisions included, is not written."""
    try:
        with pikepdf.open(io.BytesIO(datos)) as pdf:
            if pdf.is_encrypted:
                raise _protegido()
            if len(pdf.objects) > OBJETOS:
                raise DatoInvalido(_("el PDF es demasiado complejo: divídalo en partes."))
            if not len(pdf.pages):
                raise _danado()
            # The first half of `/ID` is of when and where it was first written, and outlives each copy.
            for clave in ("/Info", "/ID"):
                if clave in pdf.trailer:
                    del pdf.trailer[clave]
            for objeto in pdf.objects:
                for parte in _partes(objeto):
                    _limpiar(parte)
            salida = io.BytesIO()
            pdf.save(
                salida,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except pikepdf.PasswordError as error:
        raise _protegido() from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise _danado() from error
    return salida.getvalue()


def _partes(objeto: Any) -> Iterator[Any]:
    """The dictionaries of one object, those written inside it too; references are objects of their own."""
    pendientes = [objeto]
    while pendientes:
        parte = pendientes.pop()
        if isinstance(parte, Dictionary | Stream):
            yield parte
            pendientes += [v for v in dict(parte.items()).values() if _es_compuesto(v)]
        elif isinstance(parte, Array):
            pendientes += [v for v in parte if _es_compuesto(v)]


def _es_compuesto(valor: Any) -> bool:
    return isinstance(valor, Dictionary | Array) and not valor.is_indirect


def _limpiar(parte: Any) -> None:
    # An action is emptied where it stands: whatever points to it finds one that does nothing.
    prohibida = parte.get("/S") in _ACCIONES
    for clave in set(parte.keys()):
        if prohibida or clave in _SOBRAN:
            del parte[clave]
    if prohibida:
        return
    claves = set(parte.keys())
    if parte.get("/Subtype") in _ANOTACIONES:
        parte["/Subtype"] = Name("/Text")
        for clave in {"/FS", "/Movie", "/Sound", "/A", "/3DD"} & claves:
            del parte[clave]
    if parte.get("/Subtype") != "/Widget" and "/Rect" in claves:
        for clave in claves.intersection(_DE_AUTOR):
            del parte[clave]
    if isinstance(parte, Stream) and parte.get("/Filter") == "/DCTDecode":
        crudo = parte.read_raw_bytes()
        if (limpio := sin_datos(crudo)) != crudo:
            parte.write(limpio, filter=Name("/DCTDecode"), decode_parms=parte.get("/DecodeParms"))  # type: ignore[arg-type]


def _protegido() -> DatoInvalido:
    return DatoInvalido(
        _("está protegido con contraseña. Quítele la protección y adjúntelo de nuevo.")
    )


def _danado() -> DatoInvalido:
    return DatoInvalido(
        _("el PDF está dañado. Ábralo, guárdelo otra vez como PDF y adjúntelo de nuevo.")
    )
