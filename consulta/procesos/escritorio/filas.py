"""The rows of the review: the text of two versions side by side, in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comun.diferencias import Cambio as CambioDePalabras
from comun.diferencias import Operacion, comparar_palabras
from consulta.procesos.emparejar.seguridad import DUDOSA, SEGURA
from consulta.procesos.enums import TipoCorrespondencia
from consulta.procesos.flows.correspondencias import aristas_hacia
from consulta.procesos.huellas import marca_de_fragmento
from consulta.procesos.models import Fragmento, VersionBorrador


class Cambio(TextChoices):
    """What happened to a fragment, as the review says it."""

    NUEVO = "nuevo", _("Nuevo")
    IGUAL = TipoCorrespondencia.IGUAL.value, _("Igual")
    CAMBIA = TipoCorrespondencia.CAMBIA.value, _("Cambia")
    DIVIDE = TipoCorrespondencia.DIVIDE.value, _("Se divide")
    UNE = TipoCorrespondencia.UNE.value, _("Se une")
    MUEVE = TipoCorrespondencia.MUEVE.value, _("Cambia de lugar")
    ELIMINADO = "eliminado", _("Eliminado")


DUDOSAS = "dudosas"


@dataclass(slots=True)
class Fila:
    """One fragment of the newer version with those it comes from, or an older one that is gone."""

    cambio: Cambio
    nuevo: int | None
    viejos: list[int]
    seguridad: int | None = None
    revisado: bool = False
    fragmento: Fragmento | None = None
    anteriores: list[Fragmento] = field(default_factory=list)
    antes: list[CambioDePalabras] = field(default_factory=list)
    ahora: list[CambioDePalabras] = field(default_factory=list)
    marca: str = ""

    @property
    def dudosa(self) -> bool:
        return not self.revisado and self.seguridad is not None and self.seguridad < DUDOSA

    @property
    def certeza(self) -> str:
        """How sure, in words."""
        if self.revisado:
            return str(_("revisado por una persona"))
        if self.seguridad is None:
            return ""
        palabra = (
            _("segura") if self.seguridad >= SEGURA else
            _("probable") if self.seguridad >= DUDOSA else _("dudosa")
        )  # fmt: skip
        return f"{palabra}, {self.seguridad} %"


def filas_de(version: VersionBorrador, anterior: VersionBorrador | None) -> list[Fila]:
    """Every row, in the order of the newer text; what is gone stands where it stood. No texts yet."""
    aristas: dict[int, list[tuple[int, str, int]]] = {}
    for de, a, tipo, seguridad, antes, ahora in (
        aristas_hacia(version)
        .order_by("de__orden")
        .values_list("de_id", "a_id", "tipo", "seguridad", "de__sha256", "a__sha256")
    ):
        # Changed words outrank a change of place, as readers are told (alineacion.py).
        if tipo == TipoCorrespondencia.MUEVE and antes != ahora:
            tipo = TipoCorrespondencia.CAMBIA
        aristas.setdefault(a, []).append((de, tipo, seguridad))
    filas: list[Fila] = []
    donde: dict[int, int] = {}
    for pk, revisado in version.fragmentos.order_by("orden").values_list("pk", "revisado"):
        suyas = aristas.get(pk, [])
        for de, _tipo, _seguridad in suyas:
            donde.setdefault(de, len(filas))
        filas.append(
            Fila(
                cambio=Cambio(suyas[0][1]) if suyas else Cambio.NUEVO,
                nuevo=pk,
                viejos=[de for de, _tipo, _seguridad in suyas],
                seguridad=min((s for _de, _tipo, s in suyas), default=None),
                revisado=revisado,
            )
        )
    return list(_con_eliminados(filas, donde, anterior))


def _con_eliminados(
    filas: list[Fila], donde: dict[int, int], anterior: VersionBorrador | None
) -> Iterable[Fila]:
    tras: dict[int, list[Fila]] = {}
    lugar = -1
    if anterior is not None:
        for pk in anterior.fragmentos.order_by("orden").values_list("pk", flat=True):
            if pk in donde:
                lugar = donde[pk]
            else:
                tras.setdefault(lugar, []).append(Fila(Cambio.ELIMINADO, None, [pk]))
    yield from tras.get(-1, ())
    for n, fila in enumerate(filas):
        yield fila
        yield from tras.get(n, ())


def cuentas_de(filas: Iterable[Fila]) -> dict[str, int]:
    """How many of each, and how many doubtful."""
    filas = list(filas)
    cuentas = Counter(fila.cambio.value for fila in filas)
    cuentas[DUDOSAS] = sum(fila.dudosa for fila in filas)
    return dict(cuentas)


def elegir(filas: list[Fila], ver: str) -> list[Fila]:
    """Only one kind; the doubtful ones begin with the least sure."""
    if ver == DUDOSAS:
        return sorted((f for f in filas if f.dudosa), key=lambda f: f.seguridad or 0)
    if ver in Cambio.values:
        return [f for f in filas if f.cambio == ver]
    return filas


def vestir(filas: Iterable[Fila]) -> None:
    """Read the texts of these rows, in one query, and mark the words that changed."""
    filas = list(filas)
    pks = {f.nuevo for f in filas if f.nuevo} | {v for f in filas for v in f.viejos}
    textos: dict[int, Fragmento] = Fragmento.objects.in_bulk(pks)
    for fila in filas:
        fila.anteriores = [textos[v] for v in fila.viejos if v in textos]
        fila.fragmento = textos.get(fila.nuevo) if fila.nuevo else None
        viejo = "\n".join(a.texto for a in fila.anteriores)
        nuevo = fila.fragmento.texto if fila.fragmento else ""
        if fila.fragmento is not None:
            fila.marca = marca_de_fragmento(fila.fragmento, fila.viejos)
        if len(fila.anteriores) == 1 and nuevo:
            cambios = comparar_palabras(viejo, nuevo)
            fila.antes = [c for c in cambios if c.operacion is not Operacion.PONE]
            fila.ahora = [c for c in cambios if c.operacion is not Operacion.QUITA]
        else:
            fila.antes = [CambioDePalabras(Operacion.IGUAL, viejo)]
            fila.ahora = [CambioDePalabras(Operacion.IGUAL, nuevo)]
