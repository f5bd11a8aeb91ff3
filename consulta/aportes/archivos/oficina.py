"""Office documents packed anew, without who wrote them, when, or on which machine."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.archivos.clases import POR_EXTENSION, Clase
from consulta.aportes.archivos.imagenes import sin_datos
from consulta.aportes.archivos.nombres import extension_de

ENTRADAS = 5_000
DESPLEGADO = 200 * 1024 * 1024
PROPORCION = 300
MARGEN = 5 * 1024 * 1024
"""Bounds against bombs: members, bytes once unpacked, and how many times a member may grow if that
makes it larger than `MARGEN`."""

_FECHA = (1980, 1, 1, 0, 0, 0)
_SOBRA = re.compile(r"^(docProps/|Thumbnails/|meta\.xml$|Configurations2/)", re.I)
_ACTIVO = re.compile(r"(vbaProject|vbaData|/activeX/|oleObject[^/]*\.bin$|^Basic/|^Scripts/)", re.I)
_TEXTO = (".xml", ".rels", ".rdf", ".vml")

_AUTORES = (
    # Tracked changes and comments, of Word, PowerPoint and Excel
    re.compile(rb'(\b(?:w|w15|w16du|p15|xr)?:?(?:author|initials|userId|providerId|lastModifiedBy|lastEditedBy'
               rb'|displayName|userName)=")[^"]*(")'),
    re.compile(rb"(<(?:\w+:)?(?:author|creator|initials|creator-initials|printed-by)(?:\s[^>]*)?>)[^<]*(</)"),
    re.compile(rb'(<(?:p|p188):(?:cmAuthor|author)\b[^>]*?\bname=")[^"]*(")'),
    # Printers of LibreOffice
    re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^>]*>)[^<]*(</)'),
)  # fmt: skip
_RELACION = re.compile(rb"<Relationship\b[^>]*?/>|<Relationship\b[^>]*?>\s*</Relationship>")
_FUERA = re.compile(rb'TargetMode\s*=\s*["\']External["\']')
_DESTINO = re.compile(rb'\bTarget\s*=\s*"[^"]*"')
_ANULADAS = re.compile(rb"(core-properties|extended-properties|custom-properties|thumbnail)[\"']")
_SOBREESCRITURAS = re.compile(rb'<Override\b[^>]*PartName="/docProps/[^"]*"[^>]*/>')
_MANIFIESTO = re.compile(
    rb'<manifest:file-entry\b[^>]*manifest:full-path="(?:meta\.xml|Thumbnails/[^"]*|Configurations2/[^"]*)"[^>]*/>'
)


def oficina_limpia(datos: bytes, clase: Clase, *, anidado: bool = False) -> bytes:
    """The same document without metadata. Refuses passwords, macros, controls and bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as viejo:
            entradas = _entradas(viejo)
            salida = io.BytesIO()
            with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo:
                for entrada in entradas:
                    if _SOBRA.match(entrada.filename):
                        continue
                    contenido = _parte(entrada.filename, viejo.read(entrada), anidado)
                    lugar = zipfile.ZipInfo(entrada.filename, _FECHA)
                    # The type of an OpenDocument is read without unpacking anything.
                    como = (
                        zipfile.ZIP_STORED if lugar.filename == "mimetype" else zipfile.ZIP_DEFLATED
                    )
                    nuevo.writestr(lugar, contenido, como)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, ValueError,
            NotImplementedError) as error:  # fmt: skip
        raise DatoInvalido(
            _("el documento está dañado. Ábralo, guárdelo otra vez y adjúntelo de nuevo.")
        ) from error
    return salida.getvalue()


def _entradas(viejo: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entradas = [e for e in viejo.infolist() if not e.is_dir()]
    nombres = [e.filename for e in entradas]
    if any(e.flag_bits & 0x1 for e in entradas):
        raise _protegido()
    if any(_ACTIVO.search(n) for n in nombres):
        raise _con_macros()
    raro = len(set(nombres)) != len(nombres) or any(
        n.startswith("/") or ".." in n.split("/") or "\\" in n for n in nombres
    )
    bomba = (
        len(entradas) > ENTRADAS
        or sum(e.file_size for e in entradas) > DESPLEGADO
        or any(
            e.file_size > MARGEN and e.file_size > PROPORCION * max(e.compress_size, 1)
            for e in entradas
        )
    )
    if raro or bomba:
        raise DatoInvalido(
            _("el documento está armado de una forma que no se puede revisar. Guárdelo como PDF.")
        )
    return entradas


def _parte(nombre: str, contenido: bytes, anidado: bool) -> bytes:
    if nombre.lower().endswith(_TEXTO) or nombre == "[Content_Types].xml":
        return _texto(nombre, contenido)
    dentro = POR_EXTENSION.get(extension_de(nombre))
    if dentro is not None and dentro.familia == "oficina":
        if anidado:
            raise DatoInvalido(_("trae documentos dentro de otros documentos. Guárdelo como PDF."))
        return oficina_limpia(contenido, dentro, anidado=True)
    return sin_datos(contenido)


def _texto(nombre: str, xml: bytes) -> bytes:
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in xml[:64]:
        raise DatoInvalido(_("usa una codificación que no se puede revisar. Guárdelo como PDF."))
    if nombre == "META-INF/manifest.xml":
        if b"encryption-data" in xml:
            raise _protegido()
        return _MANIFIESTO.sub(b"", xml)
    if nombre == "[Content_Types].xml":
        if b"macroEnabled" in xml:
            raise _con_macros()
        return _SOBREESCRITURAS.sub(b"", xml)
    if nombre.endswith(".rels"):
        return _RELACION.sub(_relacion, xml)
    for autor in _AUTORES:
        xml = autor.sub(rb"\1\2", xml)
    return xml


def _relacion(hallada: "re.Match[bytes]") -> bytes:
    """Links stay; templates, frames and pictures fetched from elsewhere when it opens lead nowhere."""
    texto = hallada[0]
    if _ANULADAS.search(texto):
        return b""
    if _FUERA.search(texto) and b"/hyperlink" not in texto:
        return _DESTINO.sub(b'Target="about:blank"', texto)
    return texto


def _protegido() -> DatoInvalido:
    return DatoInvalido(
        _("está protegido con contraseña. Quítele la protección y adjúntelo de nuevo.")
    )


def _con_macros() -> DatoInvalido:
    return DatoInvalido(
        _(
            "tiene macros u objetos incrustados. Guárdelo sin ellos, o como PDF, y adjúntelo de nuevo."
        )
    )
