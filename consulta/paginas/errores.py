"""How an error of the domain reads beside the field it speaks of."""

from django import forms

from comun.errores import DemasiadosIntentos, ErrorDeDominio

NO_PROCESABLE = 422
"""Status of every form that comes back with what was typed: nothing was sent."""

DEMASIADOS = 429
"""Status of one that comes back because a limit was reached."""


def errores_de_formulario(form: forms.Form, error: ErrorDeDominio) -> None:
    """Put `error` beside its field when the form has it, above the form otherwise."""
    campo = error.campo if error.campo in form.fields else None
    form.add_error(campo, error.mensaje)
    if isinstance(error, DemasiadosIntentos):
        form.estado_http = DEMASIADOS  # type: ignore[attr-defined]


def estado_de_formulario(form: forms.Form) -> int:
    """200; 422 for a form that comes back, 429 where a limit sent it back."""
    return int(getattr(form, "estado_http", NO_PROCESABLE if form.errors else 200))
