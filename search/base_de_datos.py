"""Wagtail's database search of the admin (pages, images, files), without two of its traps.

It averages the length of every title at each save, and on SQLite a quotation mark in a query is an
error of the server. Rows of the archive have a full-text table of their own and never enter here.
"""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db import connection
from django.db.models import Model
from modelsearch.backends import database
from modelsearch.backends.database.fallback import DatabaseSearchBackend
from modelsearch.query import Phrase, PlainText

from search.models import Ficha

NADA = "∅"
"""A word that is in no text: what a query of quotation marks alone looks for."""


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802
    """The backend of the database in use. The name is the one Wagtail looks for."""
    base = database.SearchBackend(params)
    if isinstance(base, DatabaseSearchBackend):
        return base
    base.index_class = _indice(base.index_class)
    if connection.vendor == "sqlite":
        base.query_compiler_class = _sin_comillas(base.query_compiler_class)
        base.autocomplete_query_compiler_class = _sin_comillas(
            base.autocomplete_query_compiler_class
        )
    return base


def _indice(clase: type) -> type:
    class Indice(clase):
        def _refresh_title_norms(self, full: bool = False) -> None:
            """Only when everything is indexed anew."""
            if full:
                super()._refresh_title_norms(full=True)

        def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
            if model is not Ficha:
                super().add_items(model, objs)

    return Indice


def _sin_comillas(clase: type) -> type:
    class Compilador(clase):
        def build_search_query_content(self, query: Any, config: Any = None) -> Any:
            """Each word goes between quotation marks: one of its own would end them."""
            if isinstance(query, PlainText | Phrase):
                query = copy(query)
                query.query_string = query.query_string.replace('"', " ").strip() or NADA
            return super().build_search_query_content(query, config=config)

    return Compilador
