"""What sign-up asks beyond an address and a password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comun.textos import limpiar_linea


class DatosDeRegistroForm(forms.Form):
    """Extra fields of sign-up, for allauth's ACCOUNT_SIGNUP_FORM_CLASS."""

    nombre_publico = forms.CharField(
        label=_("Nombre público"),
        max_length=80,
        required=False,
        help_text=_("Así firmará sus aportes. Si lo deja vacío, aparecerá «Participante»."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_nombre_publico(self) -> str:
        return limpiar_linea(self.cleaned_data["nombre_publico"])

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Required by allauth; the adapter has saved everything already."""
