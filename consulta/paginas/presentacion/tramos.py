"""The words of a fragment, in the runs that a page draws: where each stands, and who quotes it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Marca:
    """Words `[inicio, fin)` of a fragment that the contribution `folio` quotes; without folio, those
    that whoever reads has chosen."""

    inicio: int
    fin: int
    folio: str
    url: str


@dataclass(slots=True)
class Parte:
    """A run of text that the same contributions quote, or none. `nacen` are the quotes it begins."""

    texto: str
    url: str = ""
    rotulo: str = ""
    elegida: bool = False
    nacen: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tramo:
    """A line of text as it is drawn; `inicio` is its offset in the fragment, in characters, and `nivel`
    how deep it stands in a list."""

    inicio: int
    partes: list[Parte]
    nivel: int = 0

    @property
    def texto(self) -> str:
        return "".join(p.texto for p in self.partes)


def cortar(texto: str, inicio: int, marcas: Iterable[Marca], url_varias: str) -> Tramo:
    """`texto`, which begins at `inicio` of its fragment, cut where quotes begin and end.

    Words that several contributions quote lead to `url_varias`, the list of them all.
    """
    fin = inicio + len(texto)
    dentro = [m for m in marcas if m.inicio < fin and m.fin > inicio]
    if not dentro:
        return Tramo(inicio, [Parte(texto)] if texto else [])
    entran: dict[int, list[Marca]] = defaultdict(list)
    salen: dict[int, list[Marca]] = defaultdict(list)
    for marca in dentro:
        entran[max(marca.inicio, inicio)].append(marca)
        salen[min(marca.fin, fin)].append(marca)
    vivas: dict[Marca, None] = {}
    partes: list[Parte] = []
    cortes = sorted({inicio, fin, *entran, *salen})
    for desde, hasta in pairwise(cortes):
        for marca in salen[desde]:
            vivas.pop(marca, None)
        vivas |= dict.fromkeys(entran[desde])
        partes.append(_parte(texto[desde - inicio : hasta - inicio], vivas, desde, url_varias))
    return Tramo(inicio, partes)


def _parte(texto: str, vivas: Iterable[Marca], desde: int, url_varias: str) -> Parte:
    marcas = [m for m in vivas if m.folio]
    elegida = len(marcas) < len(list(vivas))
    if not marcas:
        return Parte(texto, elegida=elegida)
    unica = len(marcas) == 1
    return Parte(
        texto,
        url=marcas[0].url if unica else url_varias,
        rotulo=f"Citado en {marcas[0].folio}" if unica else f"Citado en {len(marcas)} comentarios",
        elegida=elegida,
        nacen=[m.folio for m in marcas if m.inicio == desde],
    )
