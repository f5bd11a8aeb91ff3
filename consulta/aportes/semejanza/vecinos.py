"""The prints of texts: keeping them, and finding by them which texts may say the same."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from consulta.aportes.models import Aporte, Banda, Huella
from consulta.aportes.semejanza.cotejo import Texto, leer_textos
from consulta.aportes.semejanza.huellas import BANDAS
from consulta.aportes.semejanza.parecidos import CANDIDATOS, FILAS_LEIDAS

Clave = tuple[int, str] | tuple[int, int, int]


class Vecinos:
    """Candidates of each text of a batch: exact copies first, then those that share most bands with it.

    One query for each text long enough to be compared. What the batch wrote before (`anotar`) is found
    as if it were in the database.
    """

    def __init__(self, textos: Sequence[Texto]) -> None:
        self._leidos = {t.aporte_id: t for t in textos}
        self._escritos: dict[Clave, list[int]] = defaultdict(list)
        self._de_antes = {t.aporte_id: _de_antes(t) for t in textos if t.bandas and t.visible}

    @property
    def todos(self) -> set[int]:
        """The batch and every candidate of it."""
        todos = set(self._leidos)
        return todos.union(*(set(e) | set(b) for e, b in self._de_antes.values()))

    def de(self, texto: Texto) -> list[int]:
        """Ids of the candidates of a text, at most twice `CANDIDATOS`, the likeliest first."""
        antes, por_bandas = self._de_antes[texto.aporte_id]
        exactas = [pk for pk in antes if pk not in self._leidos]
        exactas += self._escritos[texto.consulta_id, texto.exacta]
        veces = Counter(pk for pk in por_bandas if pk not in self._leidos)
        for clave in _claves(texto):
            veces.update(self._escritos[clave])
        cercanos = [pk for pk, _n in veces.most_common(CANDIDATOS)]
        return list(dict.fromkeys([*exactas[:CANDIDATOS], *cercanos]))

    def anotar(self, texto: Texto, *, con_bandas: bool) -> None:
        """From now on the texts that follow find this one."""
        self._escritos[texto.consulta_id, texto.exacta].append(texto.aporte_id)
        if con_bandas:
            for clave in _claves(texto):
                self._escritos[clave].append(texto.aporte_id)

    def textos(self, ids: Iterable[int]) -> list[Texto]:
        """Those of `ids` that a visitor can find, in that order; one query where some were not read."""
        pedidos = list(ids)
        faltan = [pk for pk in pedidos if pk not in self._leidos]
        if faltan:
            self._leidos |= {t.aporte_id: t for t in leer_textos(faltan)}
        return [t for pk in pedidos if (t := self._leidos.get(pk)) and t.publico]


def _claves(texto: Texto) -> list[Clave]:
    return [(texto.consulta_id, n, valor) for n, valor in texto.bandas]


_CONSULTA = (
    f"SELECT 1, pk FROM (SELECT h.aporte_id AS pk FROM {Huella._meta.db_table} h "  # noqa: S608
    f"JOIN {Aporte._meta.db_table} a ON a.id = h.aporte_id "
    f"WHERE h.exacta = %s AND a.consulta_id = %s AND h.aporte_id <> %s LIMIT {CANDIDATOS}) AS copias "
    f"UNION ALL SELECT 2, pk FROM (SELECT aporte_id AS pk FROM {Banda._meta.db_table} "
    f"WHERE consulta_id = %s AND aporte_id <> %s AND ({{}}) LIMIT {FILAS_LEIDAS}) AS cercanos"
).format(" OR ".join(["(banda = %s AND valor = %s)"] * BANDAS))


def _de_antes(texto: Texto) -> tuple[list[int], list[int]]:
    """Ids of exact copies, and of those that share a band, once for each band; one query."""
    quien, donde = texto.aporte_id, texto.consulta_id
    valores = [x for banda in texto.bandas for x in banda]
    with connection.cursor() as cursor:
        cursor.execute(_CONSULTA, [texto.exacta, donde, quien, donde, quien, *valores])
        filas = cursor.fetchall()
    return [pk for clase, pk in filas if clase == 1], [pk for clase, pk in filas if clase == 2]


def anotar_huellas(textos: Sequence[Texto], *, sin_bandas: Collection[int] = ()) -> None:
    """Keep the prints of these texts, and the bands by which each is found but for those of `sin_bandas`
    (ids), in the caller's transaction. Idempotent: what a corrected text says replaces what it said.

    Two queries, and one for each thousand bands or so.
    """
    Huella.objects.bulk_create(
        (Huella(aporte_id=t.aporte_id, exacta=t.exacta, minhash=t.minhash) for t in textos),
        update_conflicts=True,
        unique_fields=["aporte"],
        update_fields=["exacta", "minhash"],
    )
    Banda.objects.filter(aporte__in=[t.aporte_id for t in textos]).delete()
    Banda.objects.bulk_create(
        Banda(aporte_id=t.aporte_id, consulta_id=t.consulta_id, banda=n, valor=valor)
        for t in textos
        if t.aporte_id not in sin_bandas
        for n, valor in t.bandas
    )
