"""Reading a CSV as people save it: any of three encodings and separators, named by its own columns."""

import codecs
import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido

TROZO = 1 << 16
SEPARADORES = ";,\t"
LARGO_CELDA = 1_000_000
COLUMNAS = (
    "id", "tipo", "padre", "fragmento", "titulo", "texto", "problema", "brecha", "resultados_esperados",
    "actores", "componentes", "valores", "tema", "region", "tipo_autor", "postura", "firma",
    "organizacion", "correo", "canal", "referencia", "recibido",
)  # fmt: skip
OTROS_NOMBRES = {
    "nombre": "firma", "autor": "firma", "autora": "firma", "comentario": "texto",
    "propuesta": "texto", "descripcion": "texto", "contenido": "texto", "responde_a": "padre",
    "parent": "padre", "parent_id": "padre", "padre_id": "padre", "fecha": "recibido",
    "recibido_el": "recibido", "numero": "id", "email": "correo", "e_mail": "correo",
    "parrafo": "fragmento", "resultados": "resultados_esperados", "oficio": "referencia",
}  # fmt: skip


@dataclass(frozen=True)
class Fila:
    """One row: `linea` is the line of the file where it ends, `celdas` its columns by our names."""

    n: int
    linea: int
    celdas: dict[str, str]
    sobran: int = 0

    def __getitem__(self, columna: str) -> str:
        return self.celdas.get(columna, "")


@dataclass(frozen=True)
class Planilla:
    """A file known to be readable. `sha256` of its bytes names rows that bring no id."""

    ruta: Path
    codificacion: str
    separador: str
    columnas: tuple[str, ...]
    ignoradas: tuple[str, ...]
    sha256: str

    def filas(self) -> Iterator[Fila]:
        """Every row that is not blank, one at a time. Raises DatoInvalido where the CSV breaks."""
        with self.ruta.open(encoding=self.codificacion, newline="") as archivo:
            lector = csv.reader(archivo, delimiter=self.separador)
            try:
                next(lector, None)
                for n, celdas in enumerate((f for f in lector if any(c.strip() for c in f)), 1):
                    pares = dict(zip(self.columnas, celdas, strict=False))
                    pares.pop("", None)
                    sobran = max(len(celdas) - len(self.columnas), 0)
                    yield Fila(n, lector.line_num, pares, sobran)
            except (csv.Error, UnicodeDecodeError) as error:
                raise _roto(lector.line_num, error) from error


def abrir(ruta: Path) -> Planilla:
    """Find encoding (UTF-8 with or without mark, Windows-1252), separator and columns.

    Reads the file once, in pieces. Raises DatoInvalido when it is empty, or has no column «texto».
    """
    csv.field_size_limit(LARGO_CELDA)
    codificacion, suma = _codificacion(ruta)
    with ruta.open(encoding=codificacion, newline="") as archivo:
        try:
            cabecera = archivo.readline(TROZO)
        except UnicodeDecodeError as error:
            raise _roto(1, error) from error
    if not cabecera.strip():
        raise DatoInvalido(
            _("El archivo está vacío: la primera línea lleva los nombres de las columnas.")
        )
    separador = max(SEPARADORES, key=cabecera.count)
    escritos = next(csv.reader(io.StringIO(cabecera), delimiter=separador))
    columnas = tuple(_columna(c) for c in escritos)
    conocidas = [c for c in columnas if c]
    if len(set(conocidas)) != len(conocidas):
        repetida = next(c for c in conocidas if conocidas.count(c) > 1)
        raise DatoInvalido(_("La columna «%(c)s» está dos veces.") % {"c": repetida})
    if "texto" not in conocidas:
        raise DatoInvalido(
            _("Falta la columna «texto». Se encontraron: %(c)s.")
            % {"c": ", ".join(c.strip() or "(sin nombre)" for c in escritos)}
        )
    ignoradas = tuple(
        e.strip() for e, c in zip(escritos, columnas, strict=True) if not c and e.strip()
    )
    return Planilla(ruta, codificacion, separador, columnas, ignoradas, suma)


def _roto(linea: int, error: Exception) -> DatoInvalido:
    if isinstance(error, UnicodeDecodeError):
        return DatoInvalido(
            _(
                "Cerca de la línea %(n)s hay letras que no son de UTF-8 ni de Windows-1252: guarde el "
                "archivo otra vez como CSV UTF-8."
            )
            % {"n": linea}
        )
    return DatoInvalido(_("Línea %(n)s: el CSV está roto (%(e)s).") % {"n": linea, "e": error})


def _codificacion(ruta: Path) -> tuple[str, str]:
    suma = hashlib.sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    bien, marca = True, b""
    with ruta.open("rb") as archivo:
        while trozo := archivo.read(TROZO):
            marca = marca or trozo[:3]
            suma.update(trozo)
            if bien:
                try:
                    utf8.decode(trozo)
                except UnicodeDecodeError:
                    bien = False
    if marca[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16", suma.hexdigest()
    if not bien:
        return "cp1252", suma.hexdigest()
    return ("utf-8-sig" if marca == codecs.BOM_UTF8 else "utf-8"), suma.hexdigest()


def _columna(escrita: str) -> str:
    """Our name of a column as someone wrote it: «Resultados esperados» is `resultados_esperados`."""
    plana = unicodedata.normalize("NFKD", escrita.strip().lower())
    plana = "".join(c for c in plana if not unicodedata.combining(c))
    plana = "_".join(plana.replace("-", " ").replace("_", " ").split())
    plana = OTROS_NOMBRES.get(plana, plana)
    return plana if plana in COLUMNAS else ""
