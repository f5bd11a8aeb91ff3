"""How the events of the audit trail read: what was done in words, and on what, with a way to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator, capfirst
from wagtail.models import Page

from cuentas.models import User

TILDES = {
    "apelacion": "apelación",
    "asignacion": "asignación",
    "institucion": "institución",
    "pagina": "página",
    "remocion": "remoción",
    "representacion": "representación",
    "version": "versión",
}
"""The words of verbs that bear an accent: names in the code have none."""


@dataclass(frozen=True)
class Referido:
    """What an event speaks of, as people call it, and where it is seen (empty: nowhere)."""

    texto: str
    url: str


def en_palabras(verbo: str) -> str:
    """«publicar_version» as «Publicar versión»."""
    return capfirst(" ".join(TILDES.get(p, p) for p in verbo.split("_")))


def referidos(nombres: Iterable[str]) -> dict[str, Referido]:
    """By its name «app.modelo:pk», each thing that still exists; one query per kind of thing."""
    por_modelo: dict[str, set[str]] = defaultdict(set)
    for nombre in nombres:
        etiqueta, _dos_puntos, pk = nombre.partition(":")
        if pk.isascii() and pk.isdigit():
            por_modelo[etiqueta].add(pk)
    hallados = {}
    for etiqueta, ids in por_modelo.items():
        try:
            modelo: Any = apps.get_model(etiqueta)
        except (LookupError, ValueError):
            continue
        filas = modelo._default_manager.filter(pk__in=ids)
        claves = [c.name for c in modelo._meta.concrete_fields if c.many_to_one]
        for fila in filas.select_related(*claves):
            hallados[f"{etiqueta}:{fila.pk}"] = Referido(_texto(fila), _url(fila))
    return hallados


def _texto(fila: Model) -> str:
    # The trail names no person: an account is its number.
    nombre = str(fila.pk) if isinstance(fila, User) else str(fila)
    return Truncator(f"{capfirst(fila._meta.verbose_name)}: {nombre}").chars(90)


def _url(fila: Any) -> str:
    try:
        if isinstance(fila, User):
            return reverse("wagtailusers_users:edit", args=[fila.pk])
        if isinstance(fila, Page):
            return reverse("wagtailadmin_pages:edit", args=[fila.pk])
        return str(fila.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""
