"""The ledger cut by who answers, what it is about, where, who wrote, what came of it, and when."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from consulta.respuestas.cifras.consulta_sql import con_filas
from consulta.respuestas.cifras.filtro import Filtro
from consulta.respuestas.cifras.sumas import Cifras

TITULOS = {
    "consulta": _("Por consulta"),
    "institucion": _("Por institución que responde"),
    "tema": _("Por tema"),
    "region": _("Por región"),
    "tipo_autor": _("Por tipo de autor"),
    "resultado": _("Por resultado"),
    "mes": _("Por mes en que llegó"),
}
_CLAVES = {
    "consulta": "CAST(consulta_id AS TEXT)",
    "institucion": "COALESCE(CAST(institucion_id AS TEXT), '')",
    "tema": "COALESCE(CAST(tema_id AS TEXT), '')",
    "region": "region",
    "tipo_autor": "tipo_autor",
    # What has no outcome stands by its state, so that this cut adds up like the others.
    "resultado": "CASE WHEN estado = 'respondido' THEN COALESCE(resultado, '') "
    "WHEN estado = 'vencido' THEN 'pendiente' ELSE estado END",
    "mes": "mes",
}

_COLUMNAS = {
    "consulta": "consulta_id",
    "institucion": "institucion_id",
    "tema": "tema_id",
    **{c: c for c in ("region", "tipo_autor", "resultado", "mes")},
}


@dataclass(frozen=True)
class Libro:
    """The figures of some rows: all of them together, and by each cut. A group is named by the id or
    value of its column as text, empty where it has none."""

    total: Cifras
    cortes: dict[str, dict[str, Cifras]]


def libro_de(filtro: Filtro, hoy: date, cortes: tuple[str, ...] = tuple(TITULOS)) -> Libro:
    """The figures of the rows `filtro` leaves on `hoy`. One query, whatever the rows and the cuts."""
    cabeza, parametros = con_filas(filtro, hoy)
    # Rows that are alike are counted once, and the cuts add up those counts: reading a hundred thousand
    # rows for each cut was most of what it cost.
    columnas = ", ".join(["estado", "dias", "a_tiempo", "texto", *(_COLUMNAS[c] for c in cortes)])
    celda = (
        f", celda AS MATERIALIZED (SELECT {columnas}, COUNT(*) AS cuantos FROM fila "  # noqa: S608
        f"GROUP BY {columnas}) "
    )
    partes = [_agrupar("total", "''"), *(_agrupar(c, _CLAVES[c]) for c in cortes)]
    libro = Libro(Cifras(), {corte: {} for corte in cortes})
    with connection.cursor() as cursor:
        cursor.execute(f"{cabeza}{celda}{' UNION ALL '.join(partes)}", parametros)
        for corte, clave, estado, dias, a_tiempo, texto, n in cursor.fetchall():
            grupo = (
                libro.total if corte == "total" else libro.cortes[corte].setdefault(clave, Cifras())
            )
            grupo.anotar(estado, dias, a_tiempo, texto, n)
    return libro


def _agrupar(corte: str, clave: str) -> str:
    return (
        f"SELECT '{corte}', {clave}, estado, dias, a_tiempo, texto, CAST(SUM(cuantos) AS BIGINT) "  # noqa: S608
        "FROM celda GROUP BY 2, 3, 4, 5, 6"
    )
