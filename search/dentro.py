"""Looking for words among some rows only: the comments of one thread, whatever else the archive holds.

Two ways, and the first tells which one is needed. Rare words: every match is fetched from the
full-text index, and those of the rows asked for are put in order. Common ones, of which there are
more than `TOPE`: the rows are walked in their own order until the page is full, which then is near.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from comun.buscador import Hallazgo
from search import texto_completo
from search.indices import FICHAS, TABLA
from search.pedido import leer

TOPE = 1_000
"""Matches one can page to; of more, the number is not told."""


def buscar_dentro(
    fuente: str, texto: str, dentro: "QuerySet[Any]", numero: int, por_pagina: int
) -> Hallazgo:
    """See comun.buscador.Motor. Two queries at most."""
    pedido = leer(texto)
    if not pedido:
        return Hallazgo()
    indice = texto_completo.indice()
    expresion = indice.expresion(pedido, alguna=False)
    ids = dentro.order_by().values("pk")
    sql, parametros = ids.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Reading the whole narrow table looks cheap to the planner, and is not: texto_completo.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"SELECT f.objeto_id FROM {TABLA} CROSS JOIN {FICHAS} f "  # noqa: S608
            f"WHERE {indice.coincide} AND f.id = {TABLA}.rowid AND f.fuente = %s "
            f"AND f.objeto_id IN ({sql}) LIMIT {TOPE + 1}",
            [expresion, fuente, *parametros],
        )
        hallados = [fila[0] for fila in cursor.fetchall()]
        desde = (min(numero, -(-min(len(hallados), TOPE) // por_pagina) or 1) - 1) * por_pagina
        if len(hallados) > TOPE:
            pagina = _recorrer(cursor, indice, expresion, fuente, dentro, desde, por_pagina)
            return Hallazgo(pagina, TOPE, hay_mas=True)
    en_orden = list(dentro.filter(pk__in=hallados).values_list("pk", flat=True))
    return Hallazgo(en_orden[desde : desde + por_pagina], len(en_orden))


def _recorrer(
    cursor: Any,
    indice: Any,
    expresion: str,
    fuente: str,
    dentro: "QuerySet[Any]",
    desde: int,
    cuantos: int,
) -> list[int]:
    """The rows in their order, each asked whether it has the words, until the page is full."""
    hallados: list[int] = []
    saltados, lote, leidos = 0, 1_000, 0
    ids = dentro.values_list("pk", flat=True)
    while len(hallados) < cuantos:
        candidatos = list(ids[leidos : leidos + lote])
        if not candidatos:
            break
        leidos += len(candidatos)
        marcas = ", ".join(["%s"] * len(candidatos))
        cursor.execute(
            f"SELECT f.objeto_id FROM {FICHAS} f CROSS JOIN {TABLA} "  # noqa: S608
            f"WHERE f.fuente = %s AND f.objeto_id IN ({marcas}) AND {TABLA}.rowid = f.id "
            f"AND {indice.coincide}",
            [fuente, *candidatos, expresion],
        )
        tienen = {fila[0] for fila in cursor.fetchall()}
        for pk in candidatos:
            if pk in tienen:
                if saltados < desde:
                    saltados += 1
                elif len(hallados) < cuantos:
                    hallados.append(pk)
    return hallados
