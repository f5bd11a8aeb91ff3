"""The edges between an unpublished version and the one before: proposed by the machine, kept consistent."""

from django.db.models import QuerySet

from consulta.procesos.emparejar import clasificar, emparejar
from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador
from consulta.procesos.trozos import Trozo


def trozos_de(fragmentos: list[Fragmento]) -> list[Trozo]:
    return [Trozo(f.tipo, f.texto, f.nivel) for f in fragmentos]  # type: ignore[arg-type]


def aristas_hacia(version: VersionBorrador) -> QuerySet[Correspondencia]:
    return Correspondencia.objects.filter(a__version=version)


def proponer(version: VersionBorrador) -> list[Correspondencia]:
    """The machine's edges from the published version before, unsaved; none for the first version."""
    anterior = version.anterior()
    if anterior is None:
        return []
    viejos = list(anterior.fragmentos.order_by("orden"))
    nuevos = list(version.fragmentos.order_by("orden"))
    return [
        Correspondencia(de=viejos[e.de], a=nuevos[e.a], tipo=e.tipo, seguridad=e.seguridad)
        for e in emparejar(trozos_de(viejos), trozos_de(nuevos))
    ]


def reclasificar(version: VersionBorrador) -> None:
    """Make the type of every edge say what the edges and texts show. Writes only what changed."""
    filas = list(
        aristas_hacia(version).values_list(
            "pk", "tipo", "de__orden", "a__orden", "de__sha256", "a__sha256"
        )
    )
    antes = {de: sello for _pk, _tipo, de, _a, sello, _otro in filas}
    ahora = {a: sello for _pk, _tipo, _de, a, _otro, sello in filas}
    tipos = clasificar([(de, a) for _pk, _tipo, de, a, _s, _o in filas], antes, ahora)
    cambian: dict[str, list[int]] = {}
    for pk, tipo, de, a, _sello, _otro in filas:
        if tipos[de, a] != tipo:
            cambian.setdefault(tipos[de, a], []).append(pk)
    for tipo, pks in cambian.items():
        for n in range(0, len(pks), 500):
            Correspondencia.objects.filter(pk__in=pks[n : n + 500]).update(tipo=tipo)
