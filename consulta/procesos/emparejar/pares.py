"""One-to-one pairs for the whole text at once."""

from collections import Counter

from consulta.procesos.emparejar.lexico import Lexico
from consulta.procesos.enums import TipoFragmento

CANDIDATAS = 10
ALREDEDOR = 2
RONDAS = 3
CONTEXTO = 0.3
"""How much neighbours and heading weigh beside words (1.0)."""
UMBRAL = 0.5
UMBRAL_DE_HUECO = 0.1
HUECO = 4
"""Unpaired fragments in a row that still count as one gap."""


class Pares:
    """`de[j]` is the older fragment of `j`, and `a[i]` the newer one of `i`; None while there is none."""

    def __init__(self, lexico: Lexico) -> None:
        self.lexico = lexico
        self.de: list[int | None] = [None] * len(lexico.ahora)
        self.a: list[int | None] = [None] * len(lexico.antes)
        self.repetidas_antes = Counter(lexico.llanos_antes)
        self.repetidas_ahora = Counter(lexico.llanos_ahora)
        self.titulo_antes = _titulos([t.tipo for t in lexico.antes])
        self.titulo_ahora = _titulos([t.tipo for t in lexico.ahora])
        self._por_palabras = [lexico.por_palabras(j, CANDIDATAS) for j in range(len(lexico.ahora))]

    def elegir(self) -> None:
        self._anclar()
        for _ronda in range(RONDAS):
            self._ronda()
            self._titulos_por_su_contenido()
        self._repetidos_en_orden()

    def repetido(self, i: int, j: int) -> bool:
        """Whether either text appears more than once on its side."""
        lexico = self.lexico
        return (
            self.repetidas_antes[lexico.llanos_antes[i]] > 1
            or self.repetidas_ahora[lexico.llanos_ahora[j]] > 1
        )

    def contexto(self, i: int, j: int) -> float:
        """0 to 1: how much the neighbours and the heading of both agree.

        What comes before weighs more: closing words that repeat belong to what they close.
        """
        puntos = 0.4 * self._contiguo(i, j, -1) + 0.3 * self._contiguo(i, j, 1)
        arriba, nueva = self.titulo_antes[i], self.titulo_ahora[j]
        if nueva is not None and self.de[nueva] is not None and self.de[nueva] == arriba:
            puntos += 0.3
        elif nueva is None and arriba is None:
            puntos += 0.15
        return puntos

    def _contiguo(self, i: int, j: int, paso: int) -> float:
        """Whether the nearest pair on that side is just beside; less the further it is."""
        for salto in range(1, 4):
            vecina = j + paso * salto
            if not 0 <= vecina < len(self.de):
                return 0.0
            origen = self.de[vecina]
            if origen is not None:
                lejos = (i - origen) * -paso
                return (1.0, 0.7, 0.4)[lejos - 1] if 1 <= lejos <= 3 else 0.0
        return 0.0

    def _unir(self, i: int, j: int) -> None:
        self.a[i], self.de[j] = j, i

    def _anclar(self) -> None:
        donde = {t: i for i, t in enumerate(self.lexico.llanos_antes)}
        for j, texto in enumerate(self.lexico.llanos_ahora):
            i = donde.get(texto)
            if i is not None and not self.repetido(i, j):
                self._unir(i, j)

    def _ronda(self) -> None:
        """Choose again from all candidates, with what was chosen before as context."""
        opciones = []
        for j in range(len(self.de)):
            for i in {*self._por_palabras[j], *self._por_lugar(j)}:
                parecido, contexto = self.lexico.parecido(i, j), self.contexto(i, j)
                total = parecido + CONTEXTO * contexto
                apoyado = contexto >= 0.3 or not self.repetido(i, j)
                if parecido >= 0.2 and total >= UMBRAL and apoyado:
                    opciones.append((-total, abs(i - j), i, j))
        opciones.sort()
        self.de = [None] * len(self.de)
        self.a = [None] * len(self.a)
        for _total, _lejos, i, j in opciones:
            if self.a[i] is None and self.de[j] is None:
                self._unir(i, j)

    def _por_lugar(self, j: int) -> set[int]:
        """Older fragments around where the neighbours of `j` came from."""
        lugares: set[int] = set()
        for paso in (-1, 1):
            for salto in range(1, 4):
                vecina = j + paso * salto
                if 0 <= vecina < len(self.de) and (origen := self.de[vecina]) is not None:
                    centro = origen - paso * salto
                    lugares.update(range(centro - ALREDEDOR, centro + ALREDEDOR + 1))
                    break
        return {i for i in lugares if 0 <= i < len(self.a)}

    def _titulos_por_su_contenido(self) -> None:
        """A heading is known by what stands below it rather than by its words, unless those are equal."""
        votos: dict[int, Counter[int]] = {}
        for lugar, origen in enumerate(self.de):
            nueva = self.titulo_ahora[lugar]
            vieja = self.titulo_antes[origen] if origen is not None else None
            if nueva is not None and vieja is not None:
                votos.setdefault(nueva, Counter())[vieja] += 1
        for nueva, conteo in votos.items():
            vieja, n = conteo.most_common(1)[0]
            if n * 2 <= conteo.total() or self.de[nueva] == vieja:
                continue
            rivales = ((self.de[nueva], nueva), (vieja, self.a[vieja]))
            if any(i is not None and j is not None and self._iguales(i, j) for i, j in rivales):
                continue
            for i, j in rivales:
                if i is not None:
                    self.a[i] = None
                if j is not None:
                    self.de[j] = None
            self._unir(vieja, nueva)

    def _iguales(self, i: int, j: int) -> bool:
        return self.lexico.llanos_antes[i] == self.lexico.llanos_ahora[j]

    def _repetidos_en_orden(self) -> None:
        """What repeats the same number of times on both sides, and nothing else places, goes in order."""
        sueltas: dict[str, tuple[list[int], list[int]]] = {}
        for i, texto in enumerate(self.lexico.llanos_antes):
            if self.a[i] is None and self.repetidas_antes[texto] == self.repetidas_ahora[texto]:
                sueltas.setdefault(texto, ([], []))[0].append(i)
        for j, texto in enumerate(self.lexico.llanos_ahora):
            if self.de[j] is None and texto in sueltas:
                sueltas[texto][1].append(j)
        for viejas, nuevas in sueltas.values():
            for i, j in zip(viejas, nuevas, strict=True):
                self._unir(i, j)

    def llenar_huecos(self, con_parte: set[int], sin_parte: set[int]) -> list[tuple[int, int]]:
        """Pair what is alone at the same place on both sides, and returns those pairs.

        The older `con_parte` and the newer `sin_parte` already are part of something.
        """
        nuevos = []
        for j in range(len(self.de)):
            if self.de[j] is not None or j in sin_parte:
                continue
            libres = [i for i in self._hueco(j) if i not in con_parte]
            mejor = max(
                (i for i in libres if self._cabe(i, j)),
                key=lambda i: self.lexico.parecido(i, j) + 0.1 * self.contexto(i, j),
                default=None,
            )
            if mejor is not None:
                self._unir(mejor, j)
                nuevos.append((mejor, j))
        return nuevos

    def _cabe(self, i: int, j: int) -> bool:
        lexico = self.lexico
        misma = lexico.antes[i].tipo == lexico.ahora[j].tipo
        suyo = lexico.parecido(i, j)
        mejor = all(
            lexico.parecido(i, otra) <= suyo
            for otra in range(max(0, j - HUECO), min(len(self.de), j + HUECO + 1))
            if self.de[otra] is None
        )
        return misma and mejor and suyo >= UMBRAL_DE_HUECO and not self.repetido(i, j)

    def _hueco(self, j: int) -> list[int]:
        """The unpaired older fragments that stand where `j` stands."""
        previa = next((x for x in range(j - 1, -1, -1) if self.de[x] is not None), None)
        sigue = next((x for x in range(j + 1, len(self.de)) if self.de[x] is not None), None)
        desde = -1 if previa is None else self.de[previa]
        hasta = len(self.a) if sigue is None else self.de[sigue]
        lugares: set[int] = set()
        if desde is not None:
            lugares.update(range(desde + 1, min(desde + 1 + HUECO, len(self.a))))
        if hasta is not None:
            lugares.update(range(max(0, hasta - HUECO), hasta))
        return sorted(i for i in lugares if self.a[i] is None)


def _titulos(tipos: list[TipoFragmento]) -> list[int | None]:
    """For each fragment, the heading it hangs from; a heading hangs from none."""
    titulos: list[int | None] = []
    ultimo = None
    for n, tipo in enumerate(tipos):
        if tipo == TipoFragmento.TITULO:
            ultimo = n
            titulos.append(None)
        else:
            titulos.append(ultimo)
    return titulos
