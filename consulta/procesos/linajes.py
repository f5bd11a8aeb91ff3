"""What became of each fragment from version to version: the matches of a draft, composed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models.expressions import RawSQL

from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador

Paso = list[tuple[int, int, str]]
"""From one version to the next: (fragment before, fragment now, kind)."""


def pasos(versiones: Sequence[VersionBorrador]) -> list[Paso]:
    """The matches between each of `versiones`, which come in order, and the next one; one query."""
    entre: dict[int, Paso] = {v.pk: [] for v in versiones[1:]}
    filas = Correspondencia.objects.filter(a__version__in=list(entre))
    for de, a, tipo, version in filas.values_list("de", "a", "tipo", "a__version").order_by("pk"):
        entre[version].append((de, a, tipo))
    return [entre[v.pk] for v in versiones[1:]]


def componer(pasos: Iterable[Paso], desde: Iterable[int]) -> dict[int, set[int]]:
    """Which fragments of the last version each of `desde`, of the first one, became."""
    llega: dict[int, set[int]] = {pk: {pk} for pk in desde}
    for paso in pasos:
        sigue: dict[int, set[int]] = defaultdict(set)
        for de, a, _tipo in paso:
            sigue[de].add(a)
        llega = {pk: {b for a in actuales for b in sigue[a]} for pk, actuales in llega.items()}
    return llega


def antepasados(pasos: Iterable[Paso], cuales: Mapping[int, object]) -> dict[int, set[int]]:
    """Of each later fragment, those of `cuales` it comes from, through any number of versions."""
    vienen: dict[int, set[int]] = defaultdict(set)
    for paso in pasos:
        for de, a, _tipo in paso:
            vienen[a] |= vienen[de] | ({de} if de in cuales else set())
    return {pk: de for pk, de in vienen.items() if de}


def linea_de(fragmento: Fragmento, *, hacia_atras: bool) -> RawSQL:
    """The ids of all fragments it comes from, or of all it became, through every version."""
    desde, hasta = ("a_id", "de_id") if hacia_atras else ("de_id", "a_id")
    # The names are ours, not a visitor's: nothing is put into the statement but the id.
    return RawSQL(  # noqa: S611
        f"WITH RECURSIVE linea(id) AS (SELECT {hasta} FROM procesos_correspondencia "  # noqa: S608
        f"WHERE {desde} = %s UNION SELECT c.{hasta} FROM procesos_correspondencia c "
        f"JOIN linea l ON c.{desde} = l.id) SELECT id FROM linea",
        [fragmento.pk],
    )
