"""How an error of the domain reads beside the field it speaks of."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comun.errores import ErrorDeDominio
from comun.espera import anotar_espera
from consulta.aportes.flows.enviar import YaParticipo
from consulta.aportes.flows.preguntas import PorPreguntar

NO_PROCESABLE = 422
"""Status of every form that comes back with what was typed: nothing was sent."""


def errores_de_formulario(form: forms.Form, error: ErrorDeDominio) -> None:
    """Put `error` beside its field when the form has it, above the form otherwise."""
    con_enlace = isinstance(error, YaParticipo)
    campo = error.campo if error.campo in form.fields and not con_enlace else None
    if campo is not None and form.fields[campo].widget.is_hidden:
        campo = None  # nobody would see it there
    form.add_error(campo, _con_salida(error))
    if isinstance(error, PorPreguntar):
        form.duda = error  # type: ignore[attr-defined]
    anotar_espera(form, error)


def estado_de_formulario(form: forms.Form) -> int:
    """200; 422 for a form that comes back (`comun.espera` makes it 429 where a limit sent it back)."""
    return NO_PROCESABLE if form.errors else 200


def _con_salida(error: ErrorDeDominio) -> str:
    """The words, with the link to what is there already where that is the way out."""
    if isinstance(error, YaParticipo):
        return format_html(
            '{} <a href="{}">{}</a>',
            error.mensaje,
            reverse("paginas:corregir", args=[error.aporte.folio]),
            _("Corregir %(folio)s") % {"folio": error.aporte.folio},
        )
    return error.mensaje
