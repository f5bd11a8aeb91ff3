"""What a form for people without an account has against programs, without ever losing their text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FormularioAbierto(forms.Form):
    """A form anyone may send; draw its three fields with components/contra_abuso.html.

    `sitio_web` is a trap: people neither see nor hear it, programs fill it. Whoever falls in it, as a
    careless autofill may, gets the form back with their words and a box to tick instead. `altcha` is
    the proof of work that our script adds; without it the mail confirmation and lower limits stand in.
    Whoever receives the form takes `prueba` to `comun.puerta.pasar`, which uses it up: a form that comes
    back, or that is only looked at, spends none.
    """

    sitio_web = forms.CharField(
        label=_("No escriba aquí"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "tabindex": "-1",
                "autocomplete": "off",
                "data-1p-ignore": "",
                "data-lpignore": "true",
            }
        ),
    )
    persona = forms.BooleanField(label=_("Esto lo envía una persona"), required=False)
    altcha = forms.CharField(required=False, widget=forms.HiddenInput)

    prueba = ""
    """After `is_valid`: the proof of work that came, not looked at yet; empty where none did."""

    con_casilla = False
    """Whether the trap was sprung: draw the box to tick, and no trap."""

    def clean(self) -> dict[str, Any]:
        limpio = super().clean() or {}
        trampa, self.prueba = limpio.pop("sitio_web", ""), limpio.pop("altcha", "")
        self.con_casilla = bool(trampa) or bool(limpio.get("persona"))
        if trampa and not limpio.pop("persona", False):
            self.add_error(
                None,
                _(
                    "No pudimos recibirlo así. Marque «Esto lo envía una persona» y envíelo otra vez."
                ),
            )
        limpio.pop("persona", None)
        return limpio
