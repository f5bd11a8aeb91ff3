"""How each database keeps and looks up the words: the same promises, in its own SQL."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from comun.palabras import raices, sin_enie
from search.models import Ficha, TextoFicha
from search.pedido import Pedido

TABLA = TextoFicha._meta.db_table
FICHAS = Ficha._meta.db_table
SEPARACION = 20
"""Positions left between fields, so that no phrase begins in one and ends in the next."""


class IndiceSQLite:
    """FTS5. `rowid` is the id of the Ficha, whose kind and date come from an index that covers them."""

    # A cross join keeps its order: the words first.
    tablas = f"{TABLA} CROSS JOIN {FICHAS} f INDEXED BY ficha_lugar ON f.id = {TABLA}.rowid"
    rowid, tipo, fecha = f"{TABLA}.rowid", "f.tipo", "f.fecha"
    coincide = f"{TABLA} MATCH %s"
    puntaje = f"bm25({TABLA}, 8.0, 0.5, 1.0, 0.5)"
    mejores = (
        f"SELECT id FROM (SELECT {rowid} AS id, {puntaje} AS puntaje FROM {tablas} "  # noqa: S608
        f"WHERE {{donde}} ORDER BY {rowid} DESC LIMIT {{tope}}) ORDER BY puntaje, id DESC"
    )

    def escribir(self, cursor: CursorWrapper, fichas: Sequence[Ficha]) -> None:
        self.quitar(cursor, [f.pk for f in fichas])
        cursor.executemany(
            f"INSERT INTO {TABLA} (rowid, titulo, claves, texto, variantes) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, %s)",
            [self._fila(ficha) for ficha in fichas],
        )

    def _fila(self, ficha: Ficha) -> tuple[int, str, str, str, str]:
        titulo, claves, texto = raices(ficha.titulo), raices(ficha.claves), raices(ficha.texto)
        variantes = " ".join(sin_enie(titulo + claves + texto))
        return (ficha.pk, " ".join(titulo), " ".join(claves), " ".join(texto), variantes)

    def quitar(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.executemany(f"DELETE FROM {TABLA} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608

    def expresion(self, pedido: Pedido, *, alguna: bool) -> str:
        """A stem holds nothing but letters and digits: between quotes it cannot be an operator."""
        union = " OR " if alguna else " AND "
        return union.join(f'"{" ".join(termino)}"' for termino in pedido.terminos)


class IndicePostgreSQL:
    """tsvector literals, built here: no parser nor dictionary of the server takes part."""

    tablas = TABLA
    rowid, tipo, fecha = "rowid", "tipo", "fecha"
    coincide = "vector @@ %s::tsquery"
    puntaje = "ts_rank('{{0.1, 0.2, 0.05, 1.0}}', vector, %s::tsquery, 1)"
    mejores = (
        "WITH hallados AS MATERIALIZED "  # noqa: S608
        f"(SELECT rowid FROM {TABLA} WHERE {{donde}} ORDER BY rowid DESC LIMIT {{tope}}) "
        f"SELECT rowid FROM hallados JOIN {TABLA} USING (rowid) ORDER BY {puntaje} DESC, rowid DESC"
    )

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
