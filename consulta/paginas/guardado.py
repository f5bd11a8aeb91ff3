"""What someone typed and could not send yet: kept in their session until they can.

A session ends while one writes; the text must not. It is kept under the address of its form, and
goes when the form is sent. Too long a text is not kept: the page that tells so still shows it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

SESION = "textos_sin_enviar"
CUANTOS = 5
LARGO = 60_000
"""Texts kept per session, and characters of each."""

FUERA = frozenset({"csrfmiddlewaretoken"})


def guardar(request: HttpRequest, ruta: str, datos: QueryDict) -> bool:
    """Keep the fields of `datos` for the form at `ruta`; False when it is too much to keep."""
    campos = {nombre: valores for nombre, valores in datos.lists() if nombre not in FUERA}
    if sum(len(v) for valores in campos.values() for v in valores) > LARGO:
        return False
    guardados = {r: c for r, c in request.session.get(SESION, {}).items() if r != ruta}
    guardados[ruta] = campos
    request.session[SESION] = dict(list(guardados.items())[-CUANTOS:])
    return True


def recuperar(request: HttpRequest, ruta: str, campos: Mapping[str, forms.Field]) -> dict[str, Any]:
    """Initial values for the form at `ruta`: empty when nothing was kept."""
    guardados: dict[str, Sequence[str]] = request.session.get(SESION, {}).get(ruta, {})
    return {
        nombre: list(valores)
        if isinstance(campos[nombre], forms.MultipleChoiceField)
        else valores[-1]
        for nombre, valores in guardados.items()
        if nombre in campos and valores
    }


def olvidar(request: HttpRequest, ruta: str) -> None:
    """The form at `ruta` was sent: its text is not needed any more."""
    guardados = request.session.get(SESION, {})
    if guardados.pop(ruta, None) is not None:
        request.session[SESION] = guardados
