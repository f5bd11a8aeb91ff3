"""Files that people of the demo attach: a PDF, a drawing, a document, taken by the flow as anyone's."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from consulta.aportes.flows.adjuntar import Elegido, subir_adjunto
from consulta.procesos.models import Consulta
from cuentas.models import User
from portal.demo.archivos import AVISO, pdf
from portal.demo.imagenes import dibujar
from portal.demo.lectura import Nodo

_PARTES = {
    "[Content_Types].xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
_DOCUMENTO = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{parrafos}</w:body></w:document>"
)


def subir(
    archivos: Sequence[Nodo], consulta: Consulta, por: User, ahora: datetime
) -> list[Elegido]:
    """Make and upload what `adjuntos` of the data files describe."""
    elegidos = []
    for archivo in archivos:
        subida = subir_adjunto(
            consulta=consulta,
            archivo=SimpleUploadedFile(archivo["nombre"], _hacer(archivo)),
            por=por,
            ahora=ahora,
        )
        elegidos.append(Elegido(subida.token, archivo["descripcion"]))
    return elegidos


def docx(parrafos: Sequence[str]) -> bytes:
    """The smallest document that a word processor opens."""
    cuerpo = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in parrafos)
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, texto in _PARTES.items():
            archivo.writestr(nombre, texto)
        archivo.writestr("word/document.xml", _DOCUMENTO.format(parrafos=cuerpo))
    return salida.getvalue()


def _hacer(archivo: Nodo) -> bytes:
    nombre = PurePath(archivo["nombre"])
    if nombre.suffix == ".png":
        return dibujar(archivo["imagen"])
    if nombre.suffix == ".docx":
        return docx([nombre.stem, *archivo["parrafos"], AVISO])
    return pdf(nombre.stem, archivo["parrafos"])
