"""Two versions of the draft side by side: aligned by what each fragment became, told word by word."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.urls import reverse

from comun.diferencias import Cambio, Operacion, comparar_palabras
from consulta.paginas.presentacion.borradores import QueCambio
from consulta.paginas.presentacion.lectura import por_fragmento
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.linajes import Paso, componer, pasos
from consulta.procesos.models import Consulta, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura

IGUAL, CAMBIA, NUEVO, QUITADO = "igual", "cambia", "nuevo", "quitado"
DIVIDE, UNE, REORDENA, MUEVE = "divide", "une", "reordena", "mueve"
ROTULOS = {
    IGUAL: "Igual",
    CAMBIA: "Cambia",
    NUEVO: "Nuevo",
    QUITADO: "Se quitó",
    DIVIDE: "Se dividió",
    UNE: "Se unió",
    REORDENA: "Se reorganizó",
    MUEVE: "Cambia de lugar",
}
CUENTAS = (
    (CAMBIA, "cambia", "cambian"),
    (NUEVO, "es nuevo", "son nuevos"),
    (QUITADO, "se quitó", "se quitaron"),
    (DIVIDE, "se dividió", "se dividieron"),
    (UNE, "resulta de unir otros", "resultan de unir otros"),
    (REORDENA, "se reorganizó", "se reorganizaron"),
    (MUEVE, "cambia de lugar", "cambian de lugar"),
    (IGUAL, "queda igual", "quedan iguales"),
)
POR_PAGINA = 60
CAMINO = "\n\n"


@dataclass(slots=True)
class Fila:
    """What one place of the text was and is. `de` and `a` are fragments of the two versions."""

    tipo: str
    de: list[Fragmento]
    a: list[Fragmento]
    movida: bool = False
    n: int = 0
    previa: str = ""
    siguiente: str = ""
    cambios: list[Cambio] = field(default_factory=list)
    cambio_por: list[QueCambio] = field(default_factory=list)

    @property
    def rotulo(self) -> str:
        return ROTULOS[self.tipo]

    @property
    def ancla(self) -> str:
        return f"p{self.a[0].orden}" if self.a else f"q{self.de[0].orden}"

    @property
    def es_titulo(self) -> bool:
        return (self.a or self.de)[0].tipo == TipoFragmento.TITULO

    @property
    def cambia(self) -> bool:
        return self.tipo != IGUAL

    @property
    def lugares(self) -> str:
        """Which paragraphs of each version, in words."""
        if not self.a:
            return f"Era {_parrafos(self.de, 'el ')}"
        lugar = _parrafos(self.a).capitalize()
        if self.tipo in (DIVIDE, UNE, REORDENA) or self.movida:
            return (
                f"{lugar}, {'viene' if len(self.a) == 1 else 'vienen'} {_parrafos(self.de, 'del ')}"
            )
        return lugar


@dataclass(slots=True)
class Comparacion:
    """Every place of the newer text, and those that are only in the older one, in order."""

    de: VersionBorrador
    a: VersionBorrador
    filas: list[Fila]
    cuentas: Mapping[str, int]

    @property
    def cambian(self) -> list[Fila]:
        return [f for f in self.filas if f.cambia]

    @property
    def resumen(self) -> list[tuple[str, int, str]]:
        """(kind, how many, in words), what did not happen left out."""
        return [
            (tipo, n, uno if n == 1 else varios)
            for tipo, uno, varios in CUENTAS
            if (n := self.cuentas.get(tipo, 0))
        ]


def comparar(versiones: Sequence[VersionBorrador], de: int, a: int) -> Comparacion:
    """From version `de` to version `a` of `versiones`, all that are published, in order.

    Three queries, one more where nobody matched two of them. An older `a` is compared backwards.
    """
    tramo = [v for v in versiones if min(de, a) <= v.n <= max(de, a)]
    vieja, nueva = tramo[0], tramo[-1]
    textos: dict[int, list[Fragmento]] = {vieja.pk: [], nueva.pk: []}
    filas = Fragmento.objects.filter(version__in=list(textos)).order_by("orden")
    for f in filas:
        textos[f.version_id].append(f)
    llega = componer(pasos(tramo), [f.pk for f in textos[vieja.pk]])
    if de > a:
        vuelve: dict[int, set[int]] = {f.pk: set() for f in textos[nueva.pk]}
        for viejo, nuevos in llega.items():
            for pk in nuevos:
                vuelve[pk].add(viejo)
        vieja, nueva, llega = nueva, vieja, vuelve
    hechas = _alinear(textos[vieja.pk], textos[nueva.pk], llega)
    cuentas = Counter(f.tipo for f in hechas)
    return Comparacion(vieja, nueva, hechas, cuentas)


def detallar(
    comparacion: Comparacion, filas: Sequence[Fila], versiones: Sequence[VersionBorrador]
) -> None:
    """Tell of `filas`, those of one page, the words that changed, the responses that changed them, and
    where the next change is; three queries at most.

    An answer may point to a version in between: what it changed there it changed here.
    """
    de, a = sorted((comparacion.de.n, comparacion.a.n))
    tramo = [v for v in versiones if de < v.n <= a]
    cambiaron = por_fragmento(Cobertura.objects.que_cambiaron(tramo))
    ultima = tramo[-1].pk if tramo else 0
    destinos = _llegan(cambiaron, versiones, tramo, ultima) if cambiaron else {}
    for fila in filas:
        fila.cambios = _palabras(fila)
        propios = fila.a if comparacion.a.n >= comparacion.de.n else fila.de
        vistos: dict[str, QueCambio] = {}
        for f in propios:
            for que in destinos.get(f.pk, ()):
                vistos[que.folio] = que
        fila.cambio_por = sorted(vistos.values(), key=lambda q: q.folio)
    cambian = [fila for fila in filas if fila.cambia]
    for una, otra in pairwise(cambian):
        una.siguiente, otra.previa = otra.ancla, una.ancla


def direccion(consulta: Consulta, de: int, a: int) -> str:
    return f"{reverse('paginas:comparar', args=[consulta.slug])}?de={de}&a={a}"


def _llegan(
    cambiaron: Mapping[int, list[QueCambio]],
    versiones: Sequence[VersionBorrador],
    tramo: Sequence[VersionBorrador],
    ultima: int,
) -> dict[int, list[QueCambio]]:
    """The responses by the fragment of the last version to which the one they changed came."""
    hechos: dict[int, list[QueCambio]] = {}
    entre: list[Paso] = pasos(tramo)
    llega: dict[int, set[int]] = {pk: {pk} for pk in cambiaron}
    for paso in entre:
        siguientes: dict[int, set[int]] = {}
        for antes, ahora, _tipo in paso:
            siguientes.setdefault(antes, set()).add(ahora)
        llega = {
            pk: {b for actual in actuales for b in siguientes.get(actual, {actual})}
            for pk, actuales in llega.items()
        }
    for pk, finales in llega.items():
        for final in finales:
            hechos.setdefault(final, []).extend(cambiaron[pk])
    return hechos


def _alinear(
    viejos: list[Fragmento], nuevos: list[Fragmento], llega: Mapping[int, set[int]]
) -> list[Fila]:
    de = {f.pk: f for f in viejos}
    a = {f.pk: f for f in nuevos}
    vienen: dict[int, list[int]] = {}
    for viejo, destinos in llega.items():
        for nuevo in destinos:
            vienen.setdefault(nuevo, []).append(viejo)
    filas: list[Fila] = []
    fila_de: dict[int, int] = {}
    vistos: set[int] = set()
    for f in nuevos:
        if f.pk in vistos:
            continue
        grupo_de, grupo_a = _grupo(f.pk, llega, vienen)
        vistos |= grupo_a
        for pk in grupo_de:
            fila_de[pk] = len(filas)
        orden_de = sorted((de[pk] for pk in grupo_de), key=lambda x: x.orden)
        orden_a = sorted((a[pk] for pk in grupo_a), key=lambda x: x.orden)
        filas.append(Fila(_tipo(orden_de, orden_a), orden_de, orden_a))
    _ver_cuales_se_mueven(filas)
    return _con_quitados(filas, viejos, fila_de)


def _grupo(
    pk: int, llega: Mapping[int, set[int]], vienen: Mapping[int, list[int]]
) -> tuple[set[int], set[int]]:
    """All that hangs together with the new fragment `pk`: a split, a merge, or both at once."""
    nuevos, viejos, cola = {pk}, set(), [pk]
    while cola:
        for viejo in vienen.get(cola.pop(), ()):
            if viejo in viejos:
                continue
            viejos.add(viejo)
            cola += [n for n in llega[viejo] if n not in nuevos]
            nuevos |= llega[viejo]
    return viejos, nuevos


def _tipo(de: list[Fragmento], a: list[Fragmento]) -> str:
    if not de:
        return NUEVO
    if len(de) == 1 and len(a) == 1:
        return IGUAL if de[0].texto == a[0].texto else CAMBIA
    if len(de) == 1:
        return DIVIDE
    return UNE if len(a) == 1 else REORDENA


def _ver_cuales_se_mueven(filas: list[Fila]) -> None:
    """Moved are those outside the longest run that keeps its order: the fewest that explain it."""
    fijas = [f for f in filas if f.de]
    colas: list[int] = []
    indices: list[int] = []
    previo: list[int] = []
    for i, fila in enumerate(fijas):
        orden = fila.de[0].orden
        lugar = bisect_left(colas, orden)
        previo.append(indices[lugar - 1] if lugar else -1)
        if lugar == len(colas):
            colas.append(orden)
            indices.append(i)
        else:
            colas[lugar], indices[lugar] = orden, i
    quietas: set[int] = set()
    i = indices[-1] if indices else -1
    while i >= 0:
        quietas.add(i)
        i = previo[i]
    for i, fila in enumerate(fijas):
        if i not in quietas:
            fila.movida = True
            if fila.tipo == IGUAL:
                fila.tipo = MUEVE


def _con_quitados(
    filas: list[Fila], viejos: list[Fragmento], fila_de: Mapping[int, int]
) -> list[Fila]:
    """Each fragment that is gone, after what stood before it and is still in its order."""
    tras: dict[int, list[Fila]] = {}
    lugar = -1
    for f in viejos:
        if f.pk not in fila_de:
            tras.setdefault(lugar, []).append(Fila(QUITADO, [f], []))
        elif not filas[fila_de[f.pk]].movida:
            lugar = fila_de[f.pk]
    juntas = list(tras.get(-1, ()))
    for i, fila in enumerate(filas):
        juntas += [fila, *tras.get(i, ())]
    for n, fila in enumerate((f for f in juntas if f.cambia), 1):
        fila.n = n
    return juntas


def _palabras(fila: Fila) -> list[Cambio]:
    antes = CAMINO.join(f.texto for f in fila.de)
    ahora = CAMINO.join(f.texto for f in fila.a)
    if fila.tipo in (IGUAL, MUEVE):
        return [Cambio(Operacion.IGUAL, ahora)]
    return comparar_palabras(antes, ahora)


def _parrafos(fragmentos: list[Fragmento], articulo: str = "") -> str:
    numeros = [str(f.orden) for f in fragmentos]
    if len(numeros) == 1:
        return f"{articulo}párrafo {numeros[0]}"
    plural = {"": "", "el ": "los ", "del ": "de los "}[articulo]
    return f"{plural}párrafos {', '.join(numeros[:-1])} y {numeros[-1]}"
