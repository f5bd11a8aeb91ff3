"""Finding quoted words in a text: where its reader took them from, and where a new version has them.

Sure rather than complete: words that are not found with certainty are left for a person. Pure
functions; what they read and write in the database is in `anclas`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from consulta.aportes.palabras import VACIAS, Texto

SEGURA = 62
"""Least certainty, 0–100, with which a quote is put in its place without a person."""
PARECIDA = 85
"""How alike, 0–100, two words must be to be taken for the same one (enlazado, enlazada)."""
SUELTA = 4
"""Words a quote needs to be looked for outside the fragments its own became."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """`[inicio, fin)` of the text `clave`, with a certainty of 0–100."""

    clave: int
    inicio: int
    fin: int
    seguridad: int


class Cita:
    """Words `[inicio, fin)` of the text of a fragment."""

    def __init__(self, origen: Texto, inicio: int, fin: int) -> None:
        self.origen = origen
        self.desde, self.hasta = origen.entre(inicio, fin)

    @cached_property
    def palabras(self) -> list[str]:
        return self.origen.palabras[self.desde : self.hasta]

    @cached_property
    def llana(self) -> str:
        return " ".join(self.palabras)

    @cached_property
    def plenas(self) -> list[str]:
        """The words that say something; all of them where none does."""
        return [p for p in self.palabras if p not in VACIAS] or self.palabras


def lugar_en(cuerpo: str, cita: str, cerca: int | None = None) -> tuple[int, int] | None:
    """Where `cita`, as a person typed or pasted it, stands in `cuerpo`.

    The same characters at `cerca` if they are there; else the same words, whatever capitals, accents
    and punctuation, nearest to `cerca` (the first ones without it); else words so alike that a slip
    of the keyboard explains it. None when they are not there.
    """
    if cerca is not None and cita and cuerpo[cerca : cerca + len(cita)] == cita:
        return cerca, cerca + len(cita)
    texto, buscado = Texto(cuerpo), Texto(cita).palabras
    veces = texto.veces(buscado)
    if veces:
        tramos = [texto.tramo(v, v + len(buscado)) for v in veces]
        mejor = min(tramos, key=lambda t: abs(t[0] - (cerca or 0)))
        return _con_signos(cuerpo, cita, *mejor)
    if len(buscado) < 2:
        return None
    hallado = _parecido(texto, " ".join(buscado))
    if hallado is None or fuzz.ratio(" ".join(buscado), _llano(texto, *hallado)) < PARECIDA:
        return None
    return texto.tramo(*hallado)


def candidatos(cita: Cita, textos: Iterable[tuple[int, Texto]], cuantos: int = 5) -> list[Lugar]:
    """The likeliest places in `textos`, the best first, sure or not: for a person to choose."""
    lugares = [lugar for clave, texto in textos if (lugar := _mejor(cita, clave, texto))]
    return sorted(lugares, key=lambda lugar: -lugar.seguridad)[:cuantos]


def seguir(cita: Cita, destinos: Iterable[tuple[int, Texto]]) -> Lugar | None:
    """Where the quote stands in the fragments its own became; None when that is not sure."""
    lugares = candidatos(cita, destinos, 2)
    if not lugares or lugares[0].seguridad < SEGURA:
        return None
    if len(lugares) > 1 and lugares[1].seguridad >= lugares[0].seguridad - 2:
        return None
    return lugares[0]


def seguir_suelta(
    cita: Cita, antes: Iterable[Texto], ahora: Iterable[tuple[int, Texto]]
) -> Lugar | None:
    """Where the quote stands in a whole version: only if its very words were said once before, in
    `antes`, and are said once in `ahora`, so that nothing else can be meant."""
    if len(cita.palabras) < SUELTA or len(cita.plenas) < 2:
        return None
    aguja = f" {cita.llana} "
    if sum(texto.llano.count(aguja) for texto in antes) > 1:
        return None
    hallados = [(clave, texto) for clave, texto in ahora if aguja in texto.llano]
    if len(hallados) != 1:
        return None
    clave, texto = hallados[0]
    veces = texto.veces(cita.palabras)
    if len(veces) != 1:
        return None
    return Lugar(clave, *texto.tramo(veces[0], veces[0] + len(cita.palabras)), 90)


def _mejor(cita: Cita, clave: int, texto: Texto) -> Lugar | None:
    """The best span of one text, by its words and by what surrounds it."""
    if not cita.palabras or not texto.palabras:
        return None
    calce = _Calce(cita, texto)
    tramos = {(v, v + len(cita.palabras)) for v in texto.veces(cita.palabras)}
    exactos = bool(tramos)
    if (propio := calce.tramo) is not None:
        tramos.add(propio)
    if not exactos and (hallado := _parecido(texto, cita.llana)) is not None:
        tramos.add(hallado)
    if not tramos:
        return None
    nota, desde, hasta = max((calce.nota(*tramo), *tramo) for tramo in tramos)
    return Lugar(clave, *texto.tramo(desde, hasta), nota)


class _Calce:
    """The fragment a quote comes from, laid on another text word by word."""

    def __init__(self, cita: Cita, texto: Texto) -> None:
        self.cita, self.texto = cita, texto
        bloques = SequenceMatcher(
            None, cita.origen.palabras, texto.palabras, autojunk=False
        ).get_matching_blocks()
        self.pares = {a + i: b + i for a, b, largo in bloques for i in range(largo)}

    @cached_property
    def tramo(self) -> tuple[int, int] | None:
        """Where the quote's own words went; their ends reach to what its neighbours became."""
        cita = self.cita
        llegan = [
            self.pares[i]
            for i in range(cita.desde, cita.hasta)
            if i in self.pares and cita.origen.palabras[i] not in VACIAS
        ]
        if not llegan:
            return None
        desde, hasta = min(llegan), max(llegan) + 1
        # An end that was rewritten in place still lies between the same neighbours.
        previo, siguiente = self.pares.get(cita.desde - 1), self.pares.get(cita.hasta)
        margen = len(cita.palabras) // 2 + 1
        if previo is not None and 0 <= desde - previo - 1 <= margen:
            desde = previo + 1
        elif cita.desde == 0 and desde <= margen:
            desde = 0
        if siguiente is not None and 0 <= siguiente - hasta <= margen:
            hasta = siguiente
        elif cita.hasta == len(cita.origen.palabras) and len(self.texto.palabras) - hasta <= margen:
            hasta = len(self.texto.palabras)
        while (
            desde in self.pares.values()
            and cita.desde in self.pares
            and desde > (self.pares[cita.desde])
        ):
            desde -= 1
        return desde, hasta

    def nota(self, desde: int, hasta: int) -> int:
        """How sure, 0–100, that the words `[desde, hasta)` are the quoted ones."""
        cita = self.cita
        tramo = self.texto.palabras[desde:hasta]
        comunes = _comunes(cita.plenas, tramo)
        parecido = fuzz.ratio(cita.llana, " ".join(tramo)) / 100
        igual = tramo == cita.palabras
        if len(cita.plenas) < 2 and not igual:
            return 0
        entorno = max(self._entorno(desde, hasta), self._en_su_lugar(desde, hasta))
        if igual:
            # Few words are said anywhere: what surrounds them has to agree.
            peso = min(1.0, 0.55 + 0.12 * len(cita.plenas))
            return round(100 * (peso * 0.85 + (1 - peso * 0.85) * entorno))
        return round(100 * (0.5 * comunes + 0.3 * parecido + 0.2 * entorno))

    def _entorno(self, desde: int, hasta: int) -> float:
        """How alike the eight words on each side are, the better side counting most."""
        cita, lados = self.cita, []
        for antes, ahora in (
            (cita.origen.palabras[max(0, cita.desde - 8) : cita.desde],
             self.texto.palabras[max(0, desde - 8) : desde]),
            (cita.origen.palabras[cita.hasta : cita.hasta + 8],
             self.texto.palabras[hasta : hasta + 8]),
        ):  # fmt: skip
            if antes or ahora:
                lados.append(fuzz.ratio(" ".join(antes), " ".join(ahora)) / 100)
        return (0.7 * max(lados) + 0.3 * min(lados)) if lados else 1.0

    def _en_su_lugar(self, desde: int, hasta: int) -> float:
        """Which part of the quote's words the laying puts inside the span."""
        cita = self.cita
        dentro = sum(desde <= self.pares.get(i, -1) < hasta for i in range(cita.desde, cita.hasta))
        return dentro / len(cita.palabras)


def _comunes(buscadas: list[str], palabras: list[str]) -> float:
    quedan = list(palabras)
    halladas = 0
    for buscada in buscadas:
        mejor = max(quedan, key=lambda p: fuzz.ratio(buscada, p), default=None)
        if mejor is not None and fuzz.ratio(buscada, mejor) >= PARECIDA:
            halladas += 1
            quedan.remove(mejor)
    return halladas / len(buscadas)


def _parecido(texto: Texto, llana: str) -> tuple[int, int] | None:
    """The words `[desde, hasta)` of `texto` most alike to `llana`."""
    alineado = fuzz.partial_ratio_alignment(llana, texto.llano)
    if alineado is None:
        return None
    inicio, fin = alineado.dest_start, alineado.dest_end
    if len(llana) > len(texto.llano):
        inicio, fin = 0, len(texto.llano)
    # A word cut by half belongs to the span when most of it is inside.
    desde = texto.llano.count(" ", 0, inicio + 1) - 1
    hasta = texto.llano.count(" ", 0, max(fin - 1, inicio + 1))
    desde, hasta = max(desde, 0), min(hasta, len(texto.palabras))
    return (desde, hasta) if desde < hasta else None


def _llano(texto: Texto, desde: int, hasta: int) -> str:
    return " ".join(texto.palabras[desde:hasta])


def _con_signos(cuerpo: str, cita: str, inicio: int, fin: int) -> tuple[int, int]:
    """With the sign that closes the quote, if it was quoted: «…dice.» keeps its full stop."""
    cola = cita.rstrip()
    resto = len(cola) - len(cola.rstrip('.,;:!?…»”")'))
    while resto and fin < len(cuerpo) and cuerpo[fin] in '.,;:!?…»”")':
        fin, resto = fin + 1, resto - 1
    return inicio, fin
