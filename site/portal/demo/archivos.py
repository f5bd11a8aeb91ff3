"""Real files made by code: text PDFs written object by object, CSV and plain text."""

import csv
import io
import textwrap
from collections.abc import Iterable, Sequence

CARTA = (612, 792)
MARGEN = 64
LETRAS_POR_LINEA = 82
LINEAS_POR_HOJA = 44
INTERLINEA = 15
AVISO = "Documento de demostración: su contenido es ficticio."


def pdf(titulo: str, parrafos: Sequence[str]) -> bytes:
    """A PDF 1.7 of letter size with real, searchable text; title and language in its metadata."""
    hojas = list(_hojas(parrafos))
    objetos: list[bytes] = []

    def agregar(cuerpo: bytes) -> int:
        objetos.append(cuerpo)
        return len(objetos)

    fuente = agregar(_fuente("Helvetica"))
    negrita = agregar(_fuente("Helvetica-Bold"))
    paginas = agregar(b"")
    numeros = []
    for n, lineas in enumerate(hojas, start=1):
        flujo = _flujo(titulo, lineas, n, len(hojas))
        contenido = agregar(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(flujo), flujo))
        numeros.append(
            agregar(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>"
                % (paginas, *CARTA, contenido, fuente, negrita)
            )
        )
    hijos = b" ".join(b"%d 0 R" % n for n in numeros)
    objetos[paginas - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numeros), hijos)
    catalogo = agregar(
        b"<< /Type /Catalog /Pages %d 0 R /Lang (es-CL) "
        b"/ViewerPreferences << /DisplayDocTitle true >> >>" % paginas
    )
    datos = agregar(b"<< /Title (%s) /Producer (Estado Abierto) >>" % _texto(titulo))
    return _armar(objetos, catalogo, datos)


def texto_plano(titulo: str, parrafos: Sequence[str]) -> bytes:
    """UTF-8, lines of at most 82 characters."""
    cuerpo = "\n\n".join(textwrap.fill(p, LETRAS_POR_LINEA) for p in parrafos)
    return f"{titulo}\n{'=' * len(titulo)}\n\n{cuerpo}\n\n{AVISO}\n".encode()


def tabla_csv(filas: Iterable[Iterable[object]]) -> bytes:
    """Comma separated, UTF-8, LF; the first row names the columns."""
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\n").writerows(filas)
    return salida.getvalue().encode()


def _hojas(parrafos: Sequence[str]) -> Iterable[list[str]]:
    lineas: list[str] = []
    for parrafo in parrafos:
        lineas += [*textwrap.wrap(parrafo, LETRAS_POR_LINEA), ""]
    for i in range(0, max(len(lineas), 1), LINEAS_POR_HOJA):
        yield lineas[i : i + LINEAS_POR_HOJA]


def _flujo(titulo: str, lineas: list[str], n: int, total: int) -> bytes:
    alto = CARTA[1] - MARGEN
    ordenes = [b"BT", b"/F2 16 Tf", b"%d %d Td" % (MARGEN, alto), b"18 TL"]
    ordenes += [b"(%s) Tj T*" % _texto(linea) for linea in textwrap.wrap(titulo, 54)]
    ordenes += [b"/F1 11 Tf", b"%d TL" % INTERLINEA, b"T*"]
    ordenes += [b"(%s) Tj T*" % _texto(linea) for linea in lineas]
    ordenes += [b"ET", b"BT", b"/F1 8 Tf", b"%d %d Td" % (MARGEN, MARGEN // 2)]
    ordenes += [b"(%s) Tj" % _texto(f"{AVISO}  Página {n} de {total}"), b"ET"]
    return b"\n".join(ordenes)


def _texto(texto: str) -> bytes:
    """As a PDF string in WinAnsi: what that alphabet lacks becomes «?»."""
    crudo = texto.encode("cp1252", errors="replace")
    return crudo.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _fuente(nombre: str) -> bytes:
    return (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
        % nombre.encode()
    )


def _armar(objetos: list[bytes], catalogo: int, datos: int) -> bytes:
    salida = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    posiciones = []
    for n, cuerpo in enumerate(objetos, start=1):
        posiciones.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (n, cuerpo)
    inicio = len(salida)
    salida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    for posicion in posiciones:
        salida += b"%010d 00000 n \n" % posicion
    salida += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objetos) + 1, catalogo, datos, inicio,
    )  # fmt: skip
    return bytes(salida)
