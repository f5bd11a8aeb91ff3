"""Database expressions that Django does not bring."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


class CuantasFilas(Subquery):
    """How many rows a queryset has, as a column of another query. A slice counts no further than it goes."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS filas)"
    output_field = IntegerField()

    def __init__(self, filas: "QuerySet[Any]") -> None:
        super().__init__(filas.order_by().values("pk") if not filas.query.is_sliced else filas)
