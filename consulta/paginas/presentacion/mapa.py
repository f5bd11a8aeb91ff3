"""The regions of Chile as tiles, from north to south, each with how many proposals speak of it.

A country of 4,300 km is a bad shape for a phone: its regions drawn to scale are threads. Tiles of one size
in their order keep what matters, which is where each stands and how much it said.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comun.regiones import Region
from consulta.paginas.filtro_propuestas import NACIONAL, REGIONES

ALTO, SEPARACION, ANCHO = 40, 4, 320
CORTOS = {
    "06": "O'Higgins",
    "11": "Aysén",
    "12": "Magallanes",
    "13": "Metropolitana",
}
# Left edge and width of each tile: the line of the coast, and the two regions that lie side by side.
_LUGAR: dict[str, tuple[int, int, int]] = {
    "15": (0, 92, 200), "01": (1, 84, 200), "02": (2, 72, 200), "03": (3, 66, 200),
    "04": (4, 60, 200), "05": (5, 54, 118), "13": (5, 176, 144), "06": (6, 48, 200),
    "07": (7, 42, 200), "16": (8, 36, 200), "08": (9, 30, 200), "09": (10, 24, 200),
    "14": (11, 20, 200), "10": (12, 14, 200), "11": (13, 4, 200), "12": (14, 20, 240),
}  # fmt: skip
FILAS = 15
TONOS = 5


@dataclass(slots=True)
class Tesela:
    """One region: where it is drawn, what it says, where it leads. `tono` is 0 (none) to 5 (the most)."""

    codigo: str
    nombre: str
    corto: str
    n: int
    url: str
    tono: int
    parte: str
    x: int = 0
    y: int = 0
    ancho: int = 0

    @property
    def x_texto(self) -> int:
        return self.x + 12

    @property
    def x_cifra(self) -> int:
        return self.x + self.ancho - 12

    @property
    def y_texto(self) -> int:
        return self.y + ALTO // 2 + 5


@dataclass(slots=True)
class Mapa:
    """Every region, those without proposals too; `nacional` are those of the whole country."""

    teselas: list[Tesela]
    nacional: Tesela
    total: int
    ancho: int = ANCHO
    alto: int = FILAS * (ALTO + SEPARACION)
    alto_tesela: int = ALTO


def mapa_de(cuentas: Mapping[str, int], base: str) -> Mapa:
    """`base` is the address of the list, ready for one more parameter."""
    total = sum(cuentas.values())
    mayor = max((n for r, n in cuentas.items() if r != NACIONAL), default=0)
    teselas = [_tesela(r.value, cuentas, base, mayor, total) for r in Region]
    return Mapa(teselas, _tesela(NACIONAL, cuentas, base, mayor, total), total)


def _tesela(codigo: str, cuentas: Mapping[str, int], base: str, mayor: int, total: int) -> Tesela:
    n = cuentas.get(codigo, 0)
    tesela = Tesela(
        codigo=codigo,
        nombre=REGIONES[codigo],
        corto=CORTOS.get(codigo, REGIONES[codigo]),
        n=n,
        url=f"{base}region={codigo}",
        tono=0 if not n else min(TONOS, 1 + (n - 1) * TONOS // max(mayor, 1)),
        parte=f"{100 * n / total:.0f} %" if total else "–",
    )
    if codigo in _LUGAR:
        fila, tesela.x, tesela.ancho = _LUGAR[codigo]
        tesela.y = fila * (ALTO + SEPARACION)
    return tesela
