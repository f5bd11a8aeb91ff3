"""The columns of the spreadsheet, by the names of our fields."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.core import signing

from consulta.aportes.models import Punto
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.lineas import COMPROMISO, EVENTO, FRAGMENTO, NADA

COLUMNAS = {
    "folio": "Folio",
    "version": "Versión",
    "texto": "Texto",
    "tema": "Tema",
    "institucion": "Institución",
    "vence": "Vence",
    "resultado": "Resultado",
    "razon": "Razón",
    "linea": "Línea personal",
    "destino": "Dónde quedó",
    "referencia": "Cuál",
    "porque_nada": "Por qué nada cambia",
    "sello": "Sello",
    # Last: the columns of before keep their letters, in files and in what people wrote about them.
    "punto": "Punto",
    "titulo_punto": "Título del punto",
}
DE_LECTURA = frozenset(
    {
        "folio", "version", "punto", "titulo_punto", "texto", "tema", "institucion", "vence",
        "sello",
    }
)  # fmt: skip
EDITABLES = tuple(c for c in COLUMNAS if c not in DE_LECTURA)
EXIGIDAS = ("folio", "resultado", "razon", "sello")
ANCHOS = {
    "folio": 12, "version": 8, "punto": 7, "titulo_punto": 24, "texto": 60, "tema": 18,
    "institucion": 22, "vence": 12, "resultado": 24, "razon": 60, "linea": 40, "destino": 18,
    "referencia": 12, "porque_nada": 40, "sello": 4,
}  # fmt: skip
DESTINOS = {
    FRAGMENTO: "Párrafo",
    COMPROMISO: "Compromiso",
    EVENTO: "Actividad",
    NADA: "Nada cambia",
}
RESULTADOS = {r.value: str(r.label) for r in Resultado}
_SELLADOR = signing.Signer(salt="planilla de respuestas", sep="~")


def plana(texto: str) -> str:
    """Without accents, capitals or runs of blanks: how names of columns and of values are compared."""
    sin = unicodedata.normalize("NFKD", texto.strip().lower())
    return " ".join("".join(c for c in sin if not unicodedata.combining(c)).split())


NOMBRES = {plana(titulo): campo for campo, titulo in COLUMNAS.items()} | {
    campo: campo for campo in COLUMNAS
}
POR_RESULTADO = {plana(v): k for k, v in RESULTADOS.items()} | {k: k for k in RESULTADOS}
POR_DESTINO = {plana(v): k for k, v in DESTINOS.items()} | {k: k for k in DESTINOS}


class Sello(NamedTuple):
    """What a row was when it was exported: contribution, version of its words, current answer (0: none),
    last saving of its draft, its division (0: none; None: a file of before points had rows) and the
    point the row is about (0: the whole)."""

    aporte: int
    version: int
    vigente: int
    borrador: str
    division: int | None = None
    punto: int = 0


def division_de(puntos: Iterable[Punto]) -> int:
    """What names the division these points are of, 0 for none: dividing again makes other points."""
    return min((punto.pk for punto in puntos), default=0)


def sello_de_fila(sello: Sello) -> str:
    """Signed, in one cell."""
    return _SELLADOR.sign("|".join(str(parte) for parte in sello))


def leer_sello(escrito: str) -> Sello | None:
    """None when it is not ours."""
    try:
        aporte, version, vigente, borrador, *resto = _SELLADOR.unsign(escrito.strip()).split("|")
        division, punto = (int(parte) for parte in resto) if resto else (None, 0)
        return Sello(int(aporte), int(version), int(vigente), borrador, division, punto)
    except (signing.BadSignature, ValueError):
        return None
