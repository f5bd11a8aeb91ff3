"""Reading a spreadsheet that came back, as anybody may have saved it. Nothing in it is run."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from comun.errores import DatoInvalido
from consulta.respuestas.planilla.columnas import COLUMNAS, EXIGIDAS, NOMBRES, plana
from consulta.respuestas.planilla.escribir import CELDA, HOJA, MAXIMO

PESO_MAXIMO = 20 * 1024 * 1024
DESCOMPRIMIDO = 300 * 1024 * 1024
CABECERA_EN = 10
COLUMNAS_MAXIMO = 60
VACIAS_SEGUIDAS = 500
_CAJA, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@dataclass(frozen=True)
class FilaLeida:
    """One row: `n` is its number in the sheet, `letras` the column of each field, `formulas` the fields
    that hold one."""

    n: int
    celdas: dict[str, str]
    letras: dict[str, str]
    formulas: frozenset[str] = frozenset()

    def celda(self, campo: str) -> str:
        """«H5»; the row alone when the file has no such column."""
        return f"{self.letras.get(campo, '')}{self.n}"


def leer_filas(contenido: bytes, nombre: str) -> Iterator[FilaLeida]:
    """Its rows, one at a time, blank ones apart. Raises DatoInvalido, saying what to do, at the first
    thing that makes the file unreadable: type, size, password, macros, columns, too many rows."""
    if not contenido:
        raise DatoInvalido(_("El archivo está vacío."), campo="archivo")
    if len(contenido) > PESO_MAXIMO:
        raise DatoInvalido(
            _("El archivo pesa más de %(m)s MB: divídalo en varios.") % {"m": PESO_MAXIMO >> 20},
            campo="archivo",
        )
    if contenido.startswith(_CAJA):
        raise DatoInvalido(
            _("Es un XLS antiguo o tiene contraseña: guárdelo como XLSX sin contraseña."),
            campo="archivo",
        )
    if contenido.startswith(_ZIP):
        return _con_cabecera(_de_xlsx(contenido))
    if nombre.lower().endswith((".csv", ".txt")):
        return _con_cabecera(_de_csv(contenido))
    raise DatoInvalido(_("Suba un archivo XLSX o CSV."), campo="archivo")


Celda = tuple[str, bool]


def _de_xlsx(contenido: bytes) -> Iterator[list[Celda]]:
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as caja:
            partes = caja.infolist()
    except zipfile.BadZipFile as error:
        raise _roto() from error
    nombres = {parte.filename for parte in partes}
    if any(n.lower().endswith("vbaproject.bin") for n in nombres):
        raise DatoInvalido(
            _("El archivo tiene macros: guárdelo como XLSX sin macros."), campo="archivo"
        )
    if "xl/workbook.xml" not in nombres:
        raise DatoInvalido(_("Suba un archivo XLSX o CSV."), campo="archivo")
    if sum(parte.file_size for parte in partes) > DESCOMPRIMIDO or len(partes) > 2_000:
        raise DatoInvalido(
            _("El archivo es demasiado grande por dentro: divídalo en varios."), campo="archivo"
        )
    try:
        libro = load_workbook(io.BytesIO(contenido), read_only=True, keep_links=False)
        hoja = libro[HOJA] if HOJA in libro.sheetnames else libro.worksheets[0]
        for fila in hoja.iter_rows(max_col=COLUMNAS_MAXIMO):
            yield [(_texto(c.value), c.data_type == "f") for c in fila]
    except DatoInvalido:
        raise
    except Exception as error:
        # A hostile file may break the reader anywhere: whatever it is, a person reads one sentence.
        raise _roto() from error


def _roto() -> DatoInvalido:
    return DatoInvalido(
        _("No se pudo leer el archivo: ábralo, guárdelo otra vez como XLSX y súbalo."),
        campo="archivo",
    )


def _texto(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, float) and valor.is_integer():
        valor = int(valor)
    return str(valor).replace("_x000D_", "").replace("\x00", "")[: CELDA + 1]


def _de_csv(contenido: bytes) -> Iterator[list[Celda]]:
    try:
        if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            texto = contenido.decode("utf-16")
        else:
            texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", errors="replace")
    cabeza = texto.split("\n", 1)[0]
    separador = max(";,\t", key=cabeza.count)
    csv.field_size_limit(1_000_000)
    try:
        for fila in csv.reader(io.StringIO(texto.replace("\x00", "")), delimiter=separador):
            # Programs that export safely put an apostrophe before what looks like a formula.
            yield [
                (c[1:] if c[:1] == "'" and c[1:2] in tuple("=+-@") else c, False)
                for c in fila[:COLUMNAS_MAXIMO]
            ]
    except csv.Error as error:
        raise _roto() from error


def _con_cabecera(filas: Iterable[list[Celda]]) -> Iterator[FilaLeida]:
    """Find the row of names among the first ten; then every row that is not blank."""
    lugares: dict[str, int] = {}
    letras: dict[str, str] = {}
    hechas = vacias = 0
    for n, fila in enumerate(filas, 1):
        if not lugares:
            lugares = _lugares(fila)
            letras = {c: get_column_letter(i + 1) for c, i in lugares.items()}
            if not lugares and n >= CABECERA_EN:
                break
            continue
        if not any(texto.strip() for texto, _f in fila):
            vacias += 1
            if vacias > VACIAS_SEGUIDAS:
                break
            continue
        vacias, hechas = 0, hechas + 1
        if hechas > MAXIMO:
            raise DatoInvalido(
                _("El archivo tiene más de %(m)s filas: divídalo en varios.") % {"m": MAXIMO},
                campo="archivo",
            )
        celdas = {c: fila[i][0].strip() if i < len(fila) else "" for c, i in lugares.items()}
        formulas = frozenset(c for c, i in lugares.items() if i < len(fila) and fila[i][1])
        yield FilaLeida(n, celdas, letras, formulas)
    if not lugares:
        raise DatoInvalido(
            _("No se encontró la fila de títulos: la primera columna se llama «Folio»."),
            campo="archivo",
        )


def _lugares(fila: list[Celda]) -> dict[str, int]:
    """Where each column is, empty when this is not the row of names."""
    hallados: dict[str, int] = {}
    for i, (texto, _f) in enumerate(fila):
        campo = NOMBRES.get(plana(texto))
        if campo is None:
            continue
        if campo in hallados:
            raise DatoInvalido(
                _("La columna «%(c)s» está dos veces.") % {"c": COLUMNAS[campo]}, campo="archivo"
            )
        hallados[campo] = i
    if "folio" not in hallados:
        return {}
    faltan = [COLUMNAS[c] for c in EXIGIDAS if c not in hallados]
    if faltan:
        raise DatoInvalido(
            _("Faltan columnas: %(c)s. Exporte la planilla otra vez y copie en ella lo escrito.")
            % {"c": ", ".join(faltan)},
            campo="archivo",
        )
    return hallados
