"""Bars drawn by the server: one SVG for the page and for paper.

Each series has a shade and a texture of its own (`libro.css`), so that they are told apart in grey;
the figure is always written at the end of its bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

ANCHO, RENGLON, GRUESO, CIFRA = 320, 42, 14, 52
"""In units of the drawing, about a pixel each: the whole, one bar with its label, the bar, the room
for its figure."""
LARGO_ROTULO = 44
MAXIMO = 24
"""More bars than this are no drawing any more: the table has them all."""


@dataclass(frozen=True)
class Serie:
    """What a texture stands for."""

    nombre: str
    rotulo: str


@dataclass(slots=True)
class Tramo:
    """A piece of a bar."""

    serie: str
    x: float
    ancho: float


@dataclass(slots=True)
class Barra:
    """One group: its label on a line, its bar below, the figure at the end."""

    rotulo: str
    total: str
    tramos: list[Tramo]
    y_texto: int
    y_barra: int
    x_cifra: float
    y_cifra: int


@dataclass(slots=True)
class Grafico:
    """`descripcion` says it for whoever does not see it; the table beside it has each figure."""

    nombre: str
    titulo: str
    descripcion: str
    series: Sequence[Serie]
    barras: list[Barra]
    alto: int
    sobran: int
    ancho: int = ANCHO
    grueso: int = GRUESO


def grafico_de(
    nombre: str,
    titulo: str,
    series: Sequence[Serie],
    grupos: Sequence[tuple[str, Sequence[int]]],
) -> Grafico:
    """Bars of `grupos`, each with a number per series, all to one scale. Series nobody has are left out."""
    mayor = max((sum(n) for _rotulo, n in grupos), default=0)
    usadas = [i for i in range(len(series)) if any(n[i] for _rotulo, n in grupos)]
    barras = [
        _barra(fila, rotulo, [(series[i].nombre, numeros[i]) for i in usadas], mayor)
        for fila, (rotulo, numeros) in enumerate(grupos[:MAXIMO])
    ]
    return Grafico(
        nombre=nombre,
        titulo=titulo,
        descripcion=_describir(series, grupos),
        series=[series[i] for i in usadas],
        barras=barras,
        alto=max(len(barras), 1) * RENGLON,
        sobran=max(len(grupos) - MAXIMO, 0),
    )


def _barra(fila: int, rotulo: str, numeros: list[tuple[str, int]], mayor: int) -> Barra:
    arriba, x, tramos = fila * RENGLON, 0.0, []
    for serie, n in numeros:
        if n:
            # A bar is never so thin that it cannot be seen.
            ancho = max((ANCHO - CIFRA) * n / mayor, 2)
            tramos.append(Tramo(serie, round(x, 1), round(ancho, 1)))
            x += ancho
    return Barra(
        rotulo=str(Truncator(rotulo).chars(LARGO_ROTULO, truncate="…")),
        total=number_format(sum(n for _serie, n in numeros)),
        tramos=tramos,
        y_texto=arriba + 13,
        y_barra=arriba + 19,
        x_cifra=round(x + 6, 1),
        y_cifra=arriba + 31,
    )


def _describir(series: Sequence[Serie], grupos: Sequence[tuple[str, Sequence[int]]]) -> str:
    if not grupos:
        return _("No hay aportes que mostrar.")
    totales = [sum(n[i] for _rotulo, n in grupos) for i in range(len(series))]
    partes = [
        f"{s.rotulo.lower()}: {number_format(t)}" for s, t in zip(series, totales, strict=True)
    ]
    rotulo, numeros = max(grupos, key=lambda g: sum(g[1]))
    return _("%(partes)s. La barra más larga es «%(rotulo)s», con %(n)s.") % {
        "partes": ", ".join(partes).capitalize(), "rotulo": rotulo, "n": number_format(sum(numeros)),
    }  # fmt: skip
