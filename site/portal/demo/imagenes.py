"""Illustrations made by code: flat geometry in the site's colours, never a photograph."""

import io
import math
import random
from collections.abc import Callable
from functools import partial

from PIL import Image
from PIL.ImageDraw import Draw
from PIL.ImageDraw import ImageDraw as Lienzo

from portal.demo.lectura import azar

ANCHO, ALTO = 1200, 630
GRANO = 2
"""Drawn this much larger and reduced, so that edges are smooth."""
AZUL, ROJO, AMBAR, NOCHE, CIELO, PAPEL, TINTA = (
    "#0F69C4", "#FF4731", "#FFBE5C", "#0A3D7A", "#8CC4F4", "#F4F0E8", "#22344A",
)  # fmt: skip
Dibujo = Callable[[Lienzo, random.Random], None]
W, H = ANCHO * GRANO, ALTO * GRANO


def dibujar(nombre: str) -> bytes:
    """The PNG of one illustration. Raises KeyError when there is none of that name."""
    fondo, dibujo = ILUSTRACIONES[nombre]
    imagen = Image.new("RGB", (W, H), fondo)
    dibujo(Draw(imagen), azar(f"imagen {nombre}"))
    reducida = imagen.resize((ANCHO, ALTO), Image.Resampling.LANCZOS)
    salida = io.BytesIO()
    reducida.quantize(128).save(salida, "PNG", optimize=True)
    return salida.getvalue()


def _ondas(d: Lienzo, azar: random.Random, *, colores: list[str], sol: str) -> None:
    """Bands of water below a disc."""
    radio = H * 0.2
    x, y = W * 0.72, H * 0.32
    d.ellipse((x - radio, y - radio, x + radio, y + radio), fill=sol)
    for i, color in enumerate(colores):
        base = H * (0.42 + 0.56 * i / len(colores))
        alto, largo, fase = H * 0.05, W / (1.6 + 0.4 * i), azar.uniform(0, math.tau)
        borde = [
            (px, base + alto * math.sin(px / largo * math.tau + fase)) for px in range(0, W + 8, 8)
        ]
        d.polygon([*borde, (W, H), (0, H)], fill=color)


def _capas(d: Lienzo, azar: random.Random, *, colores: list[str]) -> None:
    """Sheets of paper, one over the other."""
    for i, color in enumerate(colores):
        x = W * (0.2 + 0.1 * i)
        y = H * (0.1 + 0.1 * i)
        d.rounded_rectangle((x, y, x + W * 0.36, y + H * 0.66), radius=H * 0.03, fill=color)
    x, y = W * (0.2 + 0.1 * (len(colores) - 1)), H * (0.1 + 0.1 * (len(colores) - 1))
    for fila in range(6):
        largo = W * (0.28 if fila % 3 != 2 else azar.uniform(0.12, 0.2))
        arriba = y + H * (0.09 + 0.085 * fila)
        color = ROJO if fila == 2 else CIELO
        d.rounded_rectangle(
            (x + W * 0.04, arriba, x + W * 0.04 + largo, arriba + H * 0.032),
            radius=H * 0.016,
            fill=color,
        )


def _voces(d: Lienzo, azar: random.Random, *, colores: list[str]) -> None:
    """Speech balloons of several sizes."""
    lugares = [(0.06, 0.1, 0.34, 0.46), (0.46, 0.07, 0.7, 0.33), (0.34, 0.5, 0.62, 0.82),
               (0.7, 0.4, 0.95, 0.78), (0.09, 0.66, 0.26, 0.87)]  # fmt: skip
    for (x1, y1, x2, y2), color in zip(lugares, colores, strict=False):
        caja = (W * x1, H * y1, W * x2, H * y2)
        d.rounded_rectangle(caja, radius=H * 0.09, fill=color)
        cola = W * (x1 + 0.05 if azar.random() < 0.5 else x2 - 0.09)
        pie = H * y2 - 2
        d.polygon([(cola, pie), (cola + W * 0.045, pie), (cola + W * 0.01, pie + H * 0.08)], color)


def _rejilla(d: Lienzo, azar: random.Random, *, colores: list[str], lado: int) -> None:
    """A grid of dots, arcs and squares."""
    paso = H / lado
    for fila in range(lado):
        for columna in range(math.ceil(W / paso)):
            x, y = columna * paso, fila * paso
            caja = (x + paso * 0.12, y + paso * 0.12, x + paso * 0.88, y + paso * 0.88)
            color = azar.choice(colores)
            forma = azar.randrange(4)
            if forma == 0:
                d.ellipse(caja, fill=color)
            elif forma == 1:
                cuarto = azar.randrange(4)
                izquierda = x - paso * (cuarto in (0, 3))
                arriba = y - paso * (cuarto in (0, 1))
                caja = (izquierda, arriba, izquierda + 2 * paso, arriba + 2 * paso)
                d.pieslice(caja, 90 * cuarto, 90 * cuarto + 90, fill=color)
            elif forma == 2:
                d.rectangle(caja, fill=color)
            else:
                margen = paso * 0.36
                d.ellipse((x + margen, y + margen, x + paso - margen, y + paso - margen), color)


def _circulos(d: Lienzo, azar: random.Random, *, colores: list[str], x: float) -> None:
    """Rings around one place."""
    centro = (W * x, H * 0.55)
    for i, color in enumerate(colores):
        radio = H * (0.82 - 0.78 * i / len(colores))
        caja = (centro[0] - radio, centro[1] - radio, centro[0] + radio, centro[1] + radio)
        d.ellipse(caja, fill=color)
    for _ in range(9):
        angulo, lejos = azar.uniform(0, math.tau), H * azar.uniform(0.5, 0.9)
        px, py = centro[0] + lejos * math.cos(angulo), centro[1] + lejos * math.sin(angulo)
        radio = H * azar.uniform(0.015, 0.04)
        d.ellipse((px - radio, py - radio, px + radio, py + radio), fill=PAPEL)


def _techos(d: Lienzo, azar: random.Random, *, colores: list[str]) -> None:
    """A row of houses on hills."""
    d.ellipse((-W * 0.2, H * 0.62, W * 0.75, H * 1.9), fill=colores[0])
    d.ellipse((W * 0.4, H * 0.7, W * 1.3, H * 1.9), fill=colores[1])
    for i in range(7):
        x, ancho = W * (0.07 + 0.125 * i), W * 0.085
        y = H * azar.uniform(0.46, 0.6)
        color = colores[2 + i % (len(colores) - 2)]
        d.rectangle((x, y, x + ancho, H * 0.8), fill=color)
        d.polygon(
            [(x - W * 0.012, y), (x + ancho / 2, y - H * 0.13), (x + ancho + W * 0.012, y)], TINTA
        )
        d.rectangle((x + ancho * 0.36, H * 0.68, x + ancho * 0.64, H * 0.8), fill=TINTA)


def _linea(d: Lienzo, azar: random.Random, *, pasos: int, colores: list[str]) -> None:
    """A path with stations, some of them reached."""
    puntos = [
        (W * (0.08 + 0.84 * i / (pasos - 1)), H * (0.5 + 0.26 * math.sin(i * 1.15)))
        for i in range(pasos)
    ]
    d.line(puntos, fill=colores[0], width=int(H * 0.03), joint="curve")
    for i, (x, y) in enumerate(puntos):
        radio = H * (0.075 if i != pasos // 2 else 0.115)
        color = colores[1] if i < pasos // 2 else colores[2] if i == pasos // 2 else PAPEL
        d.ellipse((x - radio, y - radio, x + radio, y + radio), fill=color)
        chico = radio * 0.42
        d.ellipse((x - chico, y - chico, x + chico, y + chico), fill=colores[0])


def _libro(d: Lienzo, azar: random.Random) -> None:
    """An open book from which shapes rise."""
    medio, pie = W * 0.5, H * 0.86
    for lado in (-1, 1):
        hoja = [(medio, H * 0.62), (medio + lado * W * 0.3, H * 0.55),
                (medio + lado * W * 0.3, pie - H * 0.06), (medio, pie)]  # fmt: skip
        d.polygon(hoja, fill=PAPEL if lado < 0 else CIELO)
        for renglon in range(4):
            y = H * (0.63 + 0.045 * renglon)
            d.line(
                [(medio + lado * W * 0.05, y + H * 0.028), (medio + lado * W * 0.26, y - H * 0.02)],
                fill=AZUL,
                width=int(H * 0.012),
            )
    for i in range(11):
        x, y = W * azar.uniform(0.24, 0.76), H * (0.5 - 0.042 * i)
        radio = H * azar.uniform(0.025, 0.06)
        d.ellipse((x - radio, y - radio, x + radio, y + radio), [ROJO, AMBAR, CIELO, PAPEL][i % 4])


def _pulso(d: Lienzo, azar: random.Random) -> None:
    """Bars of different heights, and a line that goes over them."""
    cimas = []
    for i in range(12):
        x, alto = W * (0.06 + 0.076 * i), H * azar.uniform(0.18, 0.62)
        color = ROJO if i == 8 else AZUL if i % 2 else CIELO
        d.rounded_rectangle(
            (x, H * 0.88 - alto, x + W * 0.052, H * 0.88), radius=W * 0.012, fill=color
        )
        cimas.append((x + W * 0.026, H * 0.82 - alto))
    d.line(cimas, fill=TINTA, width=int(H * 0.012), joint="curve")


def _balanza(d: Lienzo, azar: random.Random) -> None:
    """Two pans, level."""
    d.rectangle((W * 0.492, H * 0.18, W * 0.508, H * 0.82), fill=PAPEL)
    d.polygon([(W * 0.38, H * 0.9), (W * 0.62, H * 0.9), (W * 0.5, H * 0.74)], fill=PAPEL)
    d.line([(W * 0.22, H * 0.24), (W * 0.78, H * 0.24)], fill=PAPEL, width=int(H * 0.028))
    for x, color in ((0.22, AMBAR), (0.78, CIELO)):
        for lado in (-0.09, 0.09):
            d.line([(W * x, H * 0.24), (W * (x + lado), H * 0.55)], PAPEL, int(H * 0.008))
        caja = (W * (x - 0.11), H * 0.4, W * (x + 0.11), H * 0.7)
        d.pieslice(caja, 0, 180, fill=color)
    radio = H * 0.05
    d.ellipse((W * 0.5 - radio, H * 0.24 - radio, W * 0.5 + radio, H * 0.24 + radio), fill=ROJO)


def _manos(d: Lienzo, azar: random.Random) -> None:
    """Two arcs that hold a disc."""
    for giro, color, radio in ((140, AZUL, 0.42), (-40, ROJO, 0.42), (140, CIELO, 0.3)):
        r = H * radio
        caja = (W * 0.5 - r, H * 0.5 - r, W * 0.5 + r, H * 0.5 + r)
        d.arc(caja, giro, giro + 180, fill=color, width=int(H * 0.085))
    r = H * 0.13
    d.ellipse((W * 0.5 - r, H * 0.5 - r, W * 0.5 + r, H * 0.5 + r), fill=AMBAR)


ILUSTRACIONES: dict[str, tuple[str, Dibujo]] = {
    "voces": (PAPEL, partial(_voces, colores=[AZUL, AMBAR, ROJO, NOCHE, CIELO])),
    "capas": (NOCHE, partial(_capas, colores=[AZUL, CIELO, PAPEL])),
    "ondas": (AMBAR, partial(_ondas, colores=[CIELO, AZUL, NOCHE], sol=ROJO)),
    "rio": (PAPEL, partial(_ondas, colores=["#CFE6FA", CIELO, AZUL, NOCHE], sol=AMBAR)),
    "libro": (NOCHE, _libro),
    "pulso": (PAPEL, _pulso),
    "juego": (CIELO, partial(_rejilla, colores=[AZUL, ROJO, AMBAR, PAPEL, NOCHE], lado=4)),
    "trama": (AZUL, partial(_rejilla, colores=[NOCHE, CIELO, PAPEL], lado=6)),
    "puntos": (PAPEL, partial(_rejilla, colores=[AZUL, CIELO, AMBAR], lado=8)),
    "balanza": (NOCHE, _balanza),
    "casa": (CIELO, partial(_techos, colores=[AZUL, NOCHE, ROJO, AMBAR, PAPEL])),
    "circulos": (AZUL, partial(_circulos, colores=[NOCHE, CIELO, AZUL, AMBAR, ROJO], x=0.32)),
    "manos": (PAPEL, _manos),
    "linea": (NOCHE, partial(_linea, pasos=7, colores=[CIELO, AMBAR, ROJO])),
    "sol": (ROJO, partial(_circulos, colores=["#E23A26", AMBAR, PAPEL, AMBAR], x=0.66)),
}
"""Name of each illustration: its ground and how it is drawn."""
