"""What someone typed and did not send yet: kept until they do, or say they do not want it.

Of an account it is kept as a draft, on every device; of a visitor in their session. It is known by
the address its form is sent to, and goes when the form is sent. Who they are is never kept with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comun.errores import ErrorDeDominio
from consulta.aportes.flows.borradores import (
    LARGO,
    Campos,
    HayUnoMasNuevo,
    descartar_borrador,
    guardar_borrador,
)
from consulta.aportes.models import BorradorDeAporte
from consulta.paginas.cabeceras import persona

SESION = "textos_sin_enviar"
CUANTOS = 5
"""Texts kept per session."""

FUERA = frozenset(
    {
        "csrfmiddlewaretoken",
        "correo",
        "tramo_edad",
        "guardar",
        "visto",
        "pisar",
        "lugar",
        "accion",
        "seguro",
        "sitio_web",
        "persona",
    }
)


FORMULARIOS = frozenset({"proponer", "fragmento", "replicar", "borrador_comentarios"})
"""Pages whose forms keep what is typed, under the address their form is sent to."""


def es_formulario(lugar: str) -> bool:
    """Whether `lugar` is the path of a form of participation."""
    if not lugar.isprintable():
        return False
    try:
        hallado = resolve(lugar)
    except Resolver404:
        return False
    return hallado.namespace == "paginas" and hallado.url_name in FORMULARIOS


@dataclass(frozen=True)
class Guardado:
    """The fields of one form as they were typed, and when (UTC)."""

    campos: Campos
    en: datetime


def se_guarda(nombre: str) -> bool:
    """Whether a field of that name is kept: none that says who sends it, nor one that no form has."""
    return nombre.isprintable() and nombre not in FUERA and not nombre.startswith("altcha")


def de_formulario(datos: QueryDict) -> Campos:
    """What is worth keeping of a form: nothing that says who sends it."""
    return {
        nombre: [str(v).replace("\x00", "") for v in valores]
        for nombre, valores in datos.lists()
        if se_guarda(nombre)
    }


def guardar(request: HttpRequest, ruta: str, datos: QueryDict) -> bool:
    """Keep the fields of `datos` for the form at `ruta`, whatever was there; False when it is too much."""
    try:
        anotar(request, ruta, datos, pisar=True)
    except ErrorDeDominio:
        return False
    return True


def anotar(request: HttpRequest, ruta: str, datos: QueryDict, *, pisar: bool = False) -> Guardado:
    """As `guardar`; raises HayUnoMasNuevo when another tab or device was here after `visto`."""
    campos = de_formulario(datos)
    if request.user.is_authenticated:
        borrador = guardar_borrador(
            cuenta=persona(request),
            lugar=ruta,
            campos=campos,
            visto=leer_instante(datos.get("visto", "")),
            pisar=pisar or datos.get("pisar") == "1",
        )
        return Guardado(borrador.campos, borrador.guardado_en)
    return _anotar_en_sesion(request, ruta, campos)


def recuperar(request: HttpRequest, ruta: str, *, de_cuenta: bool = True) -> Guardado | None:
    """The newest that was kept for the form at `ruta`, by the account or in this session.

    `de_cuenta` False: it is known that the account keeps none.
    """
    hallados = [_de_sesion(request, ruta), _de_cuenta(request, ruta) if de_cuenta else None]
    return max(filter(None, hallados), key=lambda g: g.en, default=None)


def valores(guardado: Guardado, campos: Mapping[str, forms.Field]) -> dict[str, Any]:
    """Initial values for a form with `campos`."""
    return {
        nombre: list(dichos)
        if isinstance(campos[nombre], forms.MultipleChoiceField)
        else dichos[-1]
        for nombre, dichos in guardado.campos.items()
        if nombre in campos and dichos
    }


def olvidar(request: HttpRequest, ruta: str) -> None:
    """The form at `ruta` was sent, or is not wanted: its text is not needed any more."""
    guardados = request.session.get(SESION, {})
    if guardados.pop(ruta, None) is not None:
        request.session[SESION] = guardados
    if request.user.is_authenticated:
        descartar_borrador(cuenta=persona(request), lugar=ruta)


def leer_instante(texto: str) -> datetime | None:
    """An instant as a page wrote it; None for anything else."""
    try:
        instante = parse_datetime(texto)
    except ValueError:
        return None
    return instante if instante is not None and timezone.is_aware(instante) else None


def _anotar_en_sesion(request: HttpRequest, ruta: str, campos: Campos) -> Guardado:
    if sum(len(v) for dichos in campos.values() for v in dichos) > LARGO:
        raise ErrorDeDominio("demasiado largo")
    ahora = timezone.now()
    guardados = {r: c for r, c in request.session.get(SESION, {}).items() if r != ruta}
    guardados[ruta] = {"campos": campos, "en": ahora.isoformat()}
    request.session[SESION] = dict(list(guardados.items())[-CUANTOS:])
    return Guardado(campos, ahora)


def _de_sesion(request: HttpRequest, ruta: str) -> Guardado | None:
    fila = request.session.get(SESION, {}).get(ruta) or {}
    en = leer_instante(str(fila.get("en", "")))
    return Guardado(fila["campos"], en) if en is not None else None


def _de_cuenta(request: HttpRequest, ruta: str) -> Guardado | None:
    if not request.user.is_authenticated:
        return None
    borrador = BorradorDeAporte.objects.filter(cuenta=persona(request), lugar=ruta).first()
    return Guardado(borrador.campos, borrador.guardado_en) if borrador else None


__all__ = [
    "FUERA",
    "Guardado",
    "HayUnoMasNuevo",
    "anotar",
    "es_formulario",
    "guardar",
    "leer_instante",
    "olvidar",
    "recuperar",
    "se_guarda",
    "valores",
]
