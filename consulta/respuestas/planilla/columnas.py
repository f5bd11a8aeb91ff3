"""The columns of the spreadsheet, by the names of our fields."""

import unicodedata

from django.core import signing

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
}
DE_LECTURA = frozenset({"folio", "version", "texto", "tema", "institucion", "vence", "sello"})
EDITABLES = tuple(c for c in COLUMNAS if c not in DE_LECTURA)
EXIGIDAS = ("folio", "resultado", "razon", "sello")
ANCHOS = {
    "folio": 12, "version": 8, "texto": 60, "tema": 18, "institucion": 22, "vence": 12,
    "resultado": 24, "razon": 60, "linea": 40, "destino": 18, "referencia": 12, "porque_nada": 40,
    "sello": 4,
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


def sello_de_fila(aporte: int, version: int, vigente: int, borrador: str) -> str:
    """What the row was when it was exported, signed: contribution, version of its words, current answer
    (0: none), last saving of its draft."""
    return _SELLADOR.sign(f"{aporte}|{version}|{vigente}|{borrador}")


def leer_sello(sello: str) -> tuple[int, int, int, str] | None:
    """The four, None when it is not ours."""
    try:
        aporte, version, vigente, borrador = _SELLADOR.unsign(sello.strip()).split("|")
        return int(aporte), int(version), int(vigente), borrador
    except (signing.BadSignature, ValueError):
        return None
