"""The words of two versions: how alike two fragments are, and how much of one is inside another."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz

from consulta.procesos.enums import TipoFragmento
from consulta.procesos.trozos import Trozo

_PALABRA = re.compile(r"[a-z0-9ñ]+")
_VACIAS = """
a al ante bajo cada como con contra cual cuando de del desde donde e el ella ellas ellos en
entre era es esa ese eso esta este esto estos estas fue ha han hasta la las le les lo los
mas mi muy no nos o otra otro para pero por porque que quien quienes se ser sera seran si
sin sobre son su sus tambien tendra tendran toda todo todos todas un una uno unos unas y ya
"""
VACIAS = frozenset(_VACIAS.split())
# What a fragment is numbered with changes with its place, not with what it says.
_NUMERO = re.compile(
    r"^(?:(?:articulo|art|titulo|capitulo|seccion|parrafo|numeral|anexo|punto|compromiso|medida|meta|"
    r"objetivo|eje|ficha)\s+)?(?:n\s+)?(?:\d{1,3}(?:\s\d{1,2})*|[ivxl]{1,6}|[a-h])\s+(?=\S)"
)
LARGO_RAIZ = 5
RARAS = 14
FRECUENTE = 150
"""A word in more fragments than this says little about where one of them came from."""
MUESTRA = 1_500
"""Characters of a fragment that are compared letter by letter."""

Bolsa = Counter[str]
Indice = dict[str, list[tuple[int, int]]]


def llano(texto: str) -> str:
    """Lower case, no accents, no number in front: what makes two texts the same words."""
    sin = unicodedata.normalize("NFD", texto.lower().replace("ñ", "\0"))
    sin = "".join(c for c in sin if not unicodedata.combining(c)).replace("\0", "ñ")
    palabras = " ".join(_PALABRA.findall(sin))
    return _NUMERO.sub("", palabras) or palabras


def raices(llana: str) -> Bolsa:
    """The words that say something, cut so that «informar» and «informe» meet."""
    palabras = llana.split()
    dicen = [p for p in palabras if p not in VACIAS] or palabras
    return Counter(p if p[0].isdigit() else p[:LARGO_RAIZ] for p in dicen)


class Lexico:
    """Both versions read once. Positions are 0-based: `i` of the older one, `j` of the newer."""

    def __init__(self, antes: Sequence[Trozo], ahora: Sequence[Trozo]) -> None:
        self.antes, self.ahora = antes, ahora
        self.llanos_antes = [llano(t.texto) for t in antes]
        self.llanos_ahora = [llano(t.texto) for t in ahora]
        self.bolsas_antes = [raices(t) for t in self.llanos_antes]
        self.bolsas_ahora = [raices(t) for t in self.llanos_ahora]
        veces: Counter[str] = Counter()
        for bolsa in (*self.bolsas_antes, *self.bolsas_ahora):
            veces.update(bolsa.keys())
        total = len(antes) + len(ahora)
        self.peso = {raiz: math.log(1 + total / n) for raiz, n in veces.items()}
        self.normas_antes = [self._norma(b) for b in self.bolsas_antes]
        self.normas_ahora = [self._norma(b) for b in self.bolsas_ahora]
        self._parecidos: dict[tuple[int, int], float] = {}
        self._vecinas: dict[int, list[int]] = {}

    def _norma(self, bolsa: Bolsa) -> float:
        return math.sqrt(sum((n * self.peso[r]) ** 2 for r, n in bolsa.items())) or 1.0

    @cached_property
    def _donde(self) -> "Indice":
        return _indice(self.bolsas_antes)

    @cached_property
    def _donde_ahora(self) -> "Indice":
        return _indice(self.bolsas_ahora)

    def por_palabras(self, j: int, cuantas: int) -> list[int]:
        """The older fragments that share most of the rarest words of `j`, best first."""
        if j not in self._vecinas:
            self._vecinas[j] = self._buscar(j)
        return self._vecinas[j][:cuantas]

    def que_contienen(self, i: int) -> list[int]:
        """The newer fragments that share most of the rarest words of `i`."""
        puntos = _puntuar(self.bolsas_antes[i], self.peso, self._donde_ahora)
        return sorted(puntos, key=lambda j: (-puntos[j], j))[:6]

    def _buscar(self, j: int) -> list[int]:
        puntos = _puntuar(self.bolsas_ahora[j], self.peso, self._donde)
        mejores = sorted(puntos, key=lambda i: (-puntos[i] / self.normas_antes[i], i))[:8]
        # By what they share in full, too: a short one inside a long one has a small cosine.
        enteras = sorted(puntos, key=lambda i: (-puntos[i], i))[:4]
        return list(dict.fromkeys([*mejores[:4], *enteras, *mejores[4:]]))

    def coseno(self, i: int, j: int) -> float:
        una, otra = self.bolsas_antes[i], self.bolsas_ahora[j]
        comun = sum(n * otra[r] * self.peso[r] ** 2 for r, n in una.items() if r in otra)
        return comun / (self.normas_antes[i] * self.normas_ahora[j])

    def cubre(self, parte: Bolsa, todo: Bolsa) -> float:
        """How much of `parte`, by the weight of its words, is in `todo`."""
        suyo = sum(n * self.peso[r] for r, n in parte.items())
        dentro = sum(min(n, todo[r]) * self.peso[r] for r, n in parte.items() if r in todo)
        return dentro / suyo if suyo else 0.0

    def parecido(self, i: int, j: int) -> float:
        """0 to 1: by words, by letters, or because the shorter one is inside the longer one."""
        if (i, j) not in self._parecidos:
            self._parecidos[i, j] = self._parecido(i, j)
        return self._parecidos[i, j]

    def _parecido(self, i: int, j: int) -> float:
        una, otra = self.llanos_antes[i], self.llanos_ahora[j]
        if una == otra:
            return 1.0
        letras = max(0.0, (fuzz.ratio(una[:MUESTRA], otra[:MUESTRA]) / 100 - 0.5) / 0.5)
        corta, larga = sorted((self.bolsas_antes[i], self.bolsas_ahora[j]), key=lambda b: b.total())
        dentro = 0.75 * self.cubre(corta, larga) if corta.total() >= 4 else 0.0
        parecido = max(letras, self.coseno(i, j), dentro)
        return parecido * self._misma_clase(i, j)

    def _misma_clase(self, i: int, j: int) -> float:
        una, otra = self.antes[i].tipo, self.ahora[j].tipo
        if una == otra:
            return 1.0
        return 0.6 if TipoFragmento.TITULO in (una, otra) else 0.9


def _indice(bolsas: Sequence[Bolsa]) -> Indice:
    donde: Indice = defaultdict(list)
    for n, bolsa in enumerate(bolsas):
        for raiz, veces in bolsa.items():
            donde[raiz].append((n, veces))
    return donde


def _puntuar(bolsa: Bolsa, peso: dict[str, float], donde: Indice) -> dict[int, float]:
    puntos: dict[int, float] = defaultdict(float)
    for raiz in sorted(bolsa, key=lambda r: -peso[r])[:RARAS]:
        filas = donde.get(raiz, ())
        if len(filas) <= FRECUENTE:
            cuadrado = peso[raiz] ** 2 * bolsa[raiz]
            for n, veces in filas:
                puntos[n] += cuadrado * veces
    return puntos
