"""Two versions of the draft side by side: aligned by what each fragment became, told word by word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.urls import reverse

from comun.diferencias import Cambio, Operacion, comparar_palabras
from consulta.paginas.presentacion.borradores import QueCambio
from consulta.paginas.presentacion.cambios import ROTULOS, resumen_de
from consulta.paginas.presentacion.lectura import por_fragmento
from consulta.procesos.alineacion import (
    DIVIDE,
    IGUAL,
    MUEVE,
    REORDENA,
    UNE,
    Alineado,
    alinear,
    contar,
)
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.linajes import Paso, componer, pasos
from consulta.procesos.models import Consulta, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura

POR_PAGINA = 60
CAMINO = "\n\n"


@dataclass(slots=True)
class Fila(Alineado):
    """One place, as the comparison draws it."""

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
        return resumen_de(self.cuentas)


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
    alineados = alinear(textos[vieja.pk], textos[nueva.pk], llega)
    hechas = [Fila(x.tipo, x.de, x.a, x.movida) for x in alineados]
    for n, fila in enumerate((f for f in hechas if f.cambia), 1):
        fila.n = n
    return Comparacion(vieja, nueva, hechas, contar(alineados))


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


def _palabras(fila: Fila) -> list[Cambio]:
    antes = CAMINO.join(f.texto for f in fila.de)
    ahora = CAMINO.join(f.texto for f in fila.a)
    if fila.tipo in (IGUAL, MUEVE):
        return [Cambio(Operacion.IGUAL, ahora)]
    return list(_sin_blancos(comparar_palabras(antes, ahora)))


def _sin_blancos(cambios: Iterable[Cambio]) -> Iterator[Cambio]:
    """A space that became a new paragraph is no word that came or went: only how the text stands now."""
    for cambio in cambios:
        if cambio.texto.strip() or cambio.operacion is Operacion.IGUAL:
            yield cambio
        elif cambio.operacion is Operacion.PONE:
            yield Cambio(Operacion.IGUAL, cambio.texto)


def _parrafos(fragmentos: list[Fragmento], articulo: str = "") -> str:
    numeros = [str(f.orden) for f in fragmentos]
    if len(numeros) == 1:
        return f"{articulo}párrafo {numeros[0]}"
    plural = {"": "", "el ": "los ", "del ": "de los "}[articulo]
    return f"{plural}párrafos {', '.join(numeros[:-1])} y {numeros[-1]}"
