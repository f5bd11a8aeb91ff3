"""The full-text index inside the database: a narrow table beside `Ficha`, written with it.

It holds the stems of search/palabras.py, so neither database needs a dictionary or an extension; a
row is there if and only if its `Ficha` is public. SQLite keeps it with FTS5, PostgreSQL as tsvector
with GIN. What each promises is the same; tests run on both.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from search.models import Ficha, TextoFicha
from search.palabras import raices, sin_enie
from search.pedido import Pedido

TABLA = TextoFicha._meta.db_table
SEPARACION = 20
"""Positions left between fields, so that no phrase begins in one and ends in the next."""


def _instante(fecha: datetime | None) -> str | None:
    return fecha.astimezone(UTC).isoformat() if fecha else None


class IndiceSQLite:
    """FTS5. `rowid` is the id of the Ficha."""

    coincide = f"{TABLA} MATCH %s"
    puntaje = f"bm25({TABLA}, 8.0, 4.0, 1.0, 0.5)"
    puntaje_desc = False

    def escribir(self, cursor: CursorWrapper, fichas: Sequence[Ficha]) -> None:
        self.quitar(cursor, [f.pk for f in fichas])
        cursor.executemany(
            f"INSERT INTO {TABLA} (rowid, titulo, claves, texto, variantes, tipo, fecha) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [self._fila(ficha) for ficha in fichas],
        )

    def _fila(self, ficha: Ficha) -> tuple[int, str, str, str, str, str, str | None]:
        titulo, claves, texto = raices(ficha.titulo), raices(ficha.claves), raices(ficha.texto)
        variantes = " ".join(sin_enie(titulo + claves + texto))
        campos = (" ".join(titulo), " ".join(claves), " ".join(texto), variantes)
        return (ficha.pk, *campos, ficha.tipo, _instante(ficha.fecha))

    def quitar(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.executemany(f"DELETE FROM {TABLA} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608

    def expresion(self, pedido: Pedido, *, alguna: bool) -> str:
        """A stem holds nothing but letters and digits: between quotes it cannot be an operator."""
        union = " OR " if alguna else " AND "
        return union.join(f'"{" ".join(termino)}"' for termino in pedido.terminos)


class IndicePostgreSQL:
    """tsvector literals, built here: no parser nor dictionary of the server takes part."""

    coincide = "vector @@ %s::tsquery"
    puntaje = "ts_rank('{0.1, 0.2, 0.5, 1.0}', vector, %s::tsquery, 1)"
    puntaje_desc = True

    def escribir(self, cursor: CursorWrapper, fichas: Sequence[Ficha]) -> None:
        cursor.executemany(
            f"INSERT INTO {TABLA} (rowid, tipo, fecha, vector) "  # noqa: S608
            "VALUES (%s, %s, %s, %s::tsvector) ON CONFLICT (rowid) DO UPDATE SET "
            "tipo = EXCLUDED.tipo, fecha = EXCLUDED.fecha, vector = EXCLUDED.vector",
            [(f.pk, f.tipo, f.fecha, self._vector(f)) for f in fichas],
        )

    def _vector(self, ficha: Ficha) -> str:
        lugar, partes = 1, []
        titulo, claves, texto = raices(ficha.titulo), raices(ficha.claves), raices(ficha.texto)
        variantes = sin_enie(titulo + claves + texto)
        for peso, palabras in (("A", titulo), ("B", claves), ("D", texto), ("D", variantes)):
            for i, palabra in enumerate(palabras, lugar):
                partes.append(f"'{palabra}':{i}{peso}")
            lugar += len(palabras) + SEPARACION
        return " ".join(partes)

    def quitar(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.execute(f"DELETE FROM {TABLA} WHERE rowid = ANY(%s)", [list(ids)])  # noqa: S608

    def expresion(self, pedido: Pedido, *, alguna: bool) -> str:
        union = " | " if alguna else " & "
        return union.join(
            "(" + " <-> ".join(f"'{palabra}'" for palabra in termino) + ")"
            for termino in pedido.terminos
        )


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


def contar_por_tipo(pedido: Pedido, *, alguna: bool) -> dict[str, int]:
    """How many public things of each kind match."""
    este = indice()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tipo, count(*) FROM {TABLA} WHERE {este.coincide} GROUP BY tipo",  # noqa: S608
            [este.expresion(pedido, alguna=alguna)],
        )
        return dict(cursor.fetchall())


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
        donde += f" AND tipo IN ({', '.join(['%s'] * len(filtro))})"
    parametros: list[str | int] = [expresion, *filtro]
    if por_fecha:
        orden = "fecha DESC NULLS LAST"
    else:
        orden = este.puntaje + (" DESC" if este.puntaje_desc else "")
        parametros += [expresion] * este.puntaje.count("%s")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLA} WHERE {donde} "  # noqa: S608
            f"ORDER BY {orden}, rowid DESC LIMIT %s OFFSET %s",
            [*parametros, max(hasta - desde, 0), desde],
        )
        return [fila[0] for fila in cursor.fetchall()]
