"""Choosing words of a fragment by its address: sentence by sentence, then word by word. No script needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consulta.aportes.citas.anclas import LARGO_CITA
from consulta.aportes.palabras import Texto, frases
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.tramos import Marca

_TRAMO = re.compile(r"\A([0-9]{1,7})-([0-9]{1,7})\Z")
POCAS = 80
"""Sentences offered one by one; a fragment with more is a table or a list of another kind."""


@dataclass(slots=True)
class Opcion:
    """Words one may choose by following a link."""

    texto: str
    url: str
    elegida: bool = False


@dataclass(slots=True)
class Citadas:
    """Words that were quoted and the contributions that did."""

    texto: str
    aportes: list[Marca]


@dataclass(slots=True)
class Seleccion:
    """What is chosen, the sentences one may choose, and how to take in or leave out a word."""

    cita: str
    frases: Sequence[Opcion]
    ajustes: Sequence[Opcion]
    quitar: str


def leer_tramo(valor: str, cuerpo: str) -> tuple[int, int] | None:
    """«120-164» as a span of `cuerpo`, spaces at its ends left out; None when it is none."""
    partes = _TRAMO.match(valor)
    if partes is None:
        return None
    inicio, fin = int(partes[1]), min(int(partes[2]), len(cuerpo))
    while inicio < fin and cuerpo[inicio].isspace():
        inicio += 1
    while fin > inicio and cuerpo[fin - 1].isspace():
        fin -= 1
    return (inicio, fin) if inicio < fin <= inicio + LARGO_CITA else None


def seleccion_en(cuerpo: str, tramo: tuple[int, int] | None, ruta: str) -> Seleccion:
    """The choices in the fragment `cuerpo`, whose page is `ruta`."""
    opciones = [
        Opcion(breve(cuerpo[a:b], 240), _url(ruta, a, b), (a, b) == tramo)
        for a, b in frases(cuerpo)[:POCAS]
    ]
    return Seleccion(
        cita=cuerpo[slice(*tramo)] if tramo else "",
        frases=opciones,
        ajustes=_ajustes(Texto(cuerpo), tramo, ruta) if tramo else (),
        quitar=f"{ruta}#participar",
    )


def citadas_en(cuerpo: str, marcas: Sequence[Marca]) -> list[Citadas]:
    """The quoted words of a fragment in the order of the text, each with who quotes them."""
    hechas: dict[tuple[int, int], Citadas] = {}
    for m in sorted(marcas, key=lambda m: (m.inicio, m.fin, m.folio)):
        juntas = hechas.setdefault((m.inicio, m.fin), Citadas(cuerpo[m.inicio : m.fin], []))
        juntas.aportes.append(m)
    return list(hechas.values())


def _ajustes(texto: Texto, tramo: tuple[int, int], ruta: str) -> list[Opcion]:
    desde, hasta = texto.entre(*tramo)
    opciones = []
    for rotulo, a, b in (
        ("Empezar una palabra antes", desde - 1, hasta),
        ("Empezar una palabra después", desde + 1, hasta),
        ("Terminar una palabra antes", desde, hasta - 1),
        ("Terminar una palabra después", desde, hasta + 1),
    ):
        if 0 <= a < b <= len(texto.palabras):
            opciones.append(Opcion(rotulo, _url(ruta, *texto.tramo(a, b))))
    return opciones


def _url(ruta: str, inicio: int, fin: int) -> str:
    return f"{ruta}?cita={inicio}-{fin}#participar"
