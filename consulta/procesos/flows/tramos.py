"""A stretch of an unpublished version replaced by another: every correction is one, and so is its undoing."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import F

from consulta.procesos.flows.correspondencias import reclasificar
from consulta.procesos.huellas import huella_de_fragmento
from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador
from cuentas.models import User

LEJOS = 1_000_000
"""Greater than any place: where fragments wait while their places are taken by others."""


@dataclass(frozen=True)
class Estado:
    """A fragment with where it comes from: (older fragment, certainty, account or None)."""

    tipo: str
    nivel: int
    texto: str
    revisado: bool = False
    origenes: list[tuple[int, int, int | None]] = field(default_factory=list)

    def cambiado(self, **cambios: Any) -> "Estado":
        return replace(self, **cambios)


def leer_tramo(version: VersionBorrador, desde: int, cuantos: int) -> list[Estado]:
    """The fragments at places [desde, desde + cuantos), as they are now."""
    filas = list(_filas(version, desde, cuantos))
    origenes: dict[int, list[tuple[int, int, int | None]]] = {}
    aristas = Correspondencia.objects.filter(a__in=filas).order_by("de__orden")
    for a, de, seguridad, por in aristas.values_list("a_id", "de_id", "seguridad", "por_id"):
        origenes.setdefault(a, []).append((de, seguridad, por))
    return [
        Estado(f.tipo, f.nivel, f.texto, f.revisado, origenes.get(f.pk, [])) for f in filas
    ]  # fmt: skip


def reemplazar_tramo(
    version: VersionBorrador, desde: int, cuantos: int, estados: list[Estado], que: str
) -> None:
    """Put `estados` there, and keep what undoes it. The caller holds the lock of the version."""
    antes = leer_tramo(version, desde, cuantos)
    filas = list(_filas(version, desde, cuantos))
    Correspondencia.objects.filter(a__in=filas).delete()
    for fila, estado in zip(filas, estados, strict=False):
        _vestir(fila, estado)
        fila.save(update_fields=["tipo", "nivel", "texto", "sha256", "revisado"])
    Fragmento.objects.filter(pk__in=[f.pk for f in filas[len(estados) :]]).delete()
    _correr(version, desde + cuantos, len(estados) - len(filas))
    for lugar in range(len(filas), len(estados)):
        nueva = _vestir(Fragmento(version=version, orden=desde + lugar), estados[lugar])
        nueva.save()
        filas.append(nueva)
    Correspondencia.objects.bulk_create(
        Correspondencia(de_id=de, a=fila, seguridad=seguridad, por_id=por, tipo="cambia")
        for fila, estado in zip(filas, estados, strict=False)
        for de, seguridad, por in estado.origenes
    )
    reclasificar(version)
    n = (version.ultimo_cambio or {}).get("n", 0) + 1
    version.ultimo_cambio = {
        "n": n, "que": que, "desde": desde, "cuantos": len(estados),
        "antes": [asdict(e) for e in antes],
    }  # fmt: skip
    version.save(update_fields=["ultimo_cambio"])


def estados_guardados(cambio: dict[str, Any]) -> list[Estado]:
    """What `ultimo_cambio` keeps, without the accounts that are gone meanwhile."""
    estados = [Estado(**e) for e in cambio["antes"]]
    cuentas = {por for e in estados for _de, _seguridad, por in e.origenes if por}
    quedan = set(User.objects.filter(pk__in=cuentas).values_list("pk", flat=True))
    return [
        e.cambiado(origenes=[(de, s, por if por in quedan else None) for de, s, por in e.origenes])
        for e in estados
    ]


def _filas(version: VersionBorrador, desde: int, cuantos: int) -> Any:
    return version.fragmentos.filter(orden__gte=desde, orden__lt=desde + cuantos).order_by("orden")


def _vestir(fila: Fragmento, estado: Estado) -> Fragmento:
    fila.tipo, fila.nivel, fila.texto = estado.tipo, estado.nivel, estado.texto
    fila.revisado, fila.sha256 = estado.revisado, huella_de_fragmento(estado.texto)
    return fila


def _correr(version: VersionBorrador, desde: int, pasos: int) -> None:
    """Move what stands at `desde` and after; in two steps, since a place is held by one at a time."""
    if pasos:
        siguientes = version.fragmentos.filter(orden__gte=desde)
        siguientes.update(orden=F("orden") + LEJOS)
        version.fragmentos.filter(orden__gte=LEJOS).update(orden=F("orden") - LEJOS + pasos)
