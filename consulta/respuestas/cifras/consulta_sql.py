"""Each row of the ledger with its state and its answer, in one statement."""

from datetime import date
from typing import Any

from django.db import connection

from consulta.respuestas.cifras.dialectos import dia, dias_entre, mes
from consulta.respuestas.cifras.filtro import Filtro, filas
from consulta.respuestas.cifras.vigentes import VIGENTES

COLUMNAS = (
    "id", "n", "consulta_id", "tipo", "institucion_id", "tema_id", "region", "tipo_autor",
    "enviado_en", "situacion", "respondido_en", "vence_el",
)  # fmt: skip


def con_filas(filtro: Filtro, hoy: date) -> tuple[str, list[Any]]:
    """A `WITH …` that ends in the table `fila`, and its parameters. Of each row that `filtro` leaves:
    what the columns say; `mes`, in Santiago; `estado`, of which `vencido` is not `pendiente` here;
    and of the answered ones `resultado`, `texto`, `primera_en`, `dias` and `a_tiempo` (1, 0 or null)."""
    base, parametros = filas(filtro, hoy).order_by().values(*COLUMNAS).query.sql_with_params()
    vendor = connection.vendor
    # PostgreSQL would look through `fila` and, since each instant is another, take every row for a group
    # of its own and sort them all; fenced off, it adds them up in one table as they are read.
    valla = "OFFSET 0" if vendor == "postgresql" else ""
    dia_de_respuesta = dia("v.primera_en", vendor)
    return (
        f"""
WITH base AS ({base}),
vigente AS MATERIALIZED ({VIGENTES}),
fila AS (
  SELECT b.*, {mes("b.enviado_en", vendor)} AS mes, v.resultado, v.texto, v.primera_en,
    CASE
      WHEN b.situacion <> 'vigente' THEN b.situacion
      WHEN b.respondido_en IS NOT NULL THEN 'respondido'
      WHEN b.vence_el < %s THEN 'vencido'
      ELSE 'pendiente'
    END AS estado,
    CASE WHEN v.primera_en IS NOT NULL
      THEN {dias_entre("b.enviado_en", "v.primera_en", vendor)} END AS dias,
    CASE
      WHEN v.primera_en IS NULL OR v.vencia_el IS NULL THEN NULL
      WHEN {dia_de_respuesta} <= v.vencia_el THEN 1
      ELSE 0
    END AS a_tiempo
  FROM base b LEFT JOIN vigente v ON v.aporte_id = b.id {valla}
)""",  # noqa: S608  (nothing of the address is in it: the values are parameters)
        [*parametros, connection.ops.adapt_datefield_value(hoy)],
    )
