"""The full-text index inside the database: a narrow table beside `Ficha`, written with it.

It holds the stems of site/comun/palabras.py, so neither database needs a dictionary or an extension; a
row is there if and only if its `Ficha` is public. SQLite keeps it with FTS5, PostgreSQL as tsvector
with GIN: search/indices.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL
from django.utils import timezone

from search.indices import TABLA, IndicePostgreSQL, IndiceSQLite
from search.models import Ficha
from search.pedido import Pedido

TOPE = 5_000
"""Matches that are ranked: of more, the newest. Words so common tell little apart, and ranking has to
read every one of them. Counts are exact all the same."""


def indice() -> "IndiceSQLite | IndicePostgreSQL":
    """The index of the database in use."""
    return IndicePostgreSQL() if connection.vendor == "postgresql" else IndiceSQLite()


def escribir(fichas: Sequence[Ficha]) -> None:
    """Bring the index up to date with `fichas`, in the caller's transaction."""
    publicas = [f for f in fichas if f.publica]
    retiradas = [f.pk for f in fichas if not f.publica]
    with connection.cursor() as cursor:
        if publicas:
            indice().escribir(cursor, publicas)
        if retiradas:
            indice().quitar(cursor, retiradas)


def vaciar() -> None:
    """Forget everything; `escribir` brings it back."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLA}")  # noqa: S608


def cuantas() -> int:
    """Rows it holds: as many as there are public fichas."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLA}")  # noqa: S608
        return int(cursor.fetchone()[0])


@contextmanager
def _para_buscar() -> Iterator[CursorWrapper]:
    """A cursor for looking words up.

    PostgreSQL thinks that reading the whole narrow table is cheap, for it does not count that every
    vector lies elsewhere: thirteen times slower than the index where a word is common (measured).
    On SQLite a transaction would wait for whoever writes, so there is none.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            yield cursor
    else:
        with connection.cursor() as cursor:
            yield cursor


def contar_por_tipo(pedido: Pedido, *, alguna: bool) -> dict[str, int]:
    """How many public things of each kind match."""
    este = indice()
    with _para_buscar() as cursor:
        cursor.execute(
            f"SELECT {este.tipo}, count(*) FROM {este.tablas} "  # noqa: S608
            f"WHERE {este.coincide} GROUP BY {este.tipo}",
            [este.expresion(pedido, alguna=alguna)],
        )
        return dict(cursor.fetchall())


def fichas_que_dicen(pedido: Pedido) -> RawSQL:
    """Ids of the fichas that say every word, as a part of another query."""
    este = indice()
    # Our own text; the words are a parameter, and stems hold nothing but letters and digits.
    return RawSQL(  # noqa: S611
        f"SELECT {TABLA}.rowid FROM {TABLA} WHERE {este.coincide}",  # noqa: S608
        [este.expresion(pedido, alguna=False)],
    )


def hallar(
    pedido: Pedido,
    *,
    tipos: Iterable[str],
    por_fecha: bool,
    alguna: bool,
    desde: int,
    hasta: int,
) -> list[int]:
    """Ids of the fichas that match, from position `desde` up to and without `hasta`."""
    este = indice()
    expresion = este.expresion(pedido, alguna=alguna)
    filtro = list(tipos)
    donde = este.coincide
    if filtro:
        donde += f" AND {este.tipo} IN ({', '.join(['%s'] * len(filtro))})"
    parametros: list[Any] = [expresion, *filtro]
    if por_fecha:
        sql = (
            f"SELECT {este.rowid} FROM {este.tablas} WHERE {donde} "  # noqa: S608
            # What is still to come is no news: it goes after all that happened.
            f"ORDER BY CASE WHEN {este.fecha} <= %s THEN 0 ELSE 1 END, "
            f"{este.fecha} DESC NULLS LAST, {este.rowid} DESC"
        )
        parametros.append(timezone.now())
    else:
        sql = este.mejores.format(donde=donde, tope=TOPE)
        parametros += [expresion] * este.puntaje.count("%s")
    with _para_buscar() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*parametros, max(hasta - desde, 0), desde])
        return [fila[0] for fila in cursor.fetchall()]
