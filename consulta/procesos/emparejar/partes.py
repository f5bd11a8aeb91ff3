"""Fragments that were split, or that became one: what is left over, found inside what was paired."""

from consulta.procesos.emparejar.lexico import Bolsa, Lexico
from consulta.procesos.emparejar.pares import Pares
from consulta.procesos.enums import TipoFragmento

CERCA = 3
MINIMO_CERCA = 0.45
MINIMO_LEJOS = 0.8
PALABRAS = 2


def agregar_partes(lexico: Lexico, pares: Pares) -> dict[tuple[int, int], float | None]:
    """All edges. The value is None for a pair, and for a part how much of it was found, 0 to 1."""
    aristas: dict[tuple[int, int], float | None] = {
        (i, j): None for j, i in enumerate(pares.de) if i is not None
    }
    # What of each paired fragment its pair does not explain.
    sobra_antes = {i: _resto(lexico.bolsas_antes[i], lexico.bolsas_ahora[j]) for i, j in aristas}
    sobra_ahora = {j: _resto(lexico.bolsas_ahora[j], lexico.bolsas_antes[i]) for i, j in aristas}
    opciones = []
    for j, origen in enumerate(pares.de):
        if origen is None and _entera(lexico.ahora[j].tipo, lexico.bolsas_ahora[j]):
            for otra in _cerca_de(pares.de, j, lexico.por_palabras(j, 6)):
                hallado = lexico.cubre(lexico.bolsas_ahora[j], sobra_antes.get(otra, Bolsa()))
                lejos = not _vecina(pares.a[otra], j)
                if hallado >= (MINIMO_LEJOS if lejos else MINIMO_CERCA):
                    opciones.append((-hallado, 0, otra, j))
    for i, destino in enumerate(pares.a):
        if destino is None and _entera(lexico.antes[i].tipo, lexico.bolsas_antes[i]):
            for nueva in _cerca_de(pares.a, i, lexico.que_contienen(i)):
                suya = pares.de[nueva]
                if suya is None:
                    continue
                lejos = not _vecina(suya, i)
                hallado = lexico.cubre(lexico.bolsas_antes[i], sobra_ahora[nueva])
                if hallado >= (MINIMO_LEJOS if lejos else MINIMO_CERCA):
                    opciones.append((-hallado, 1, i, nueva))
    tomadas: set[tuple[int, int]] = set()
    for menos, lado, i, j in sorted(opciones):
        suelta = (lado, i if lado else j)
        if suelta in tomadas:
            continue
        resto = sobra_ahora[j] if lado else sobra_antes[i]
        parte = lexico.bolsas_antes[i] if lado else lexico.bolsas_ahora[j]
        # Another part may have taken those words meanwhile.
        if lexico.cubre(parte, resto) < min(-menos, MINIMO_CERCA):
            continue
        resto.subtract(parte)
        tomadas.add(suelta)
        aristas[i, j] = -menos
    return aristas


def _resto(todo: Bolsa, quita: Bolsa) -> Bolsa:
    return todo - quita


def _entera(tipo: TipoFragmento, bolsa: Bolsa) -> bool:
    return tipo != TipoFragmento.TITULO and bolsa.total() >= PALABRAS


def _vecina(una: int | None, otra: int) -> bool:
    return una is not None and abs(una - otra) <= CERCA


def _cerca_de(pareja: list[int | None], n: int, otras: list[int]) -> list[int]:
    """The pairs of the neighbours of `n`, and those that share its words."""
    desde, hasta = max(0, n - CERCA), min(len(pareja), n + CERCA + 1)
    return list(dict.fromkeys([m for m in pareja[desde:hasta] if m is not None] + otras))
