"""How an error of the domain reads beside the field it speaks of."""

from django import forms

from comun.errores import ErrorDeDominio

NO_PROCESABLE = 422
"""Status of every form that comes back with what was typed: nothing was sent."""


def errores_de_formulario(form: forms.Form, error: ErrorDeDominio) -> None:
    """Put `error` beside its field when the form has it, above the form otherwise."""
    campo = error.campo if error.campo in form.fields else None
    form.add_error(campo, error.mensaje)
