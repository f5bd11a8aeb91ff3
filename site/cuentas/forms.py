"""What sign-up asks beyond an address and a password."""

from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.espera import anotar_espera
from comun.limites import direccion_de
from comun.puerta import pasar
from comun.textos import limpiar_linea
from comun.trampa import FormularioAbierto
from cuentas.edades import OPCIONES, PREGUNTA, revisar_edad


class EdadField(forms.ChoiceField):
    """Age in three steps. Whoever is under 14 is refused, and told how their words can still arrive."""

    def clean(self, value: Any) -> str:
        """The bracket. Raises ValidationError."""
        valor: str = super().clean(value)
        try:
            return revisar_edad(valor)
        except DatoInvalido as error:
            raise forms.ValidationError(error.mensaje, code="edad") from error


def campo_edad() -> EdadField:
    return EdadField(
        label=PREGUNTA,
        choices=OPCIONES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Diga qué edad tiene: marque una opción.")},
    )


class DatosDeRegistroForm(FormularioAbierto):
    """Extra fields of sign-up, for allauth's ACCOUNT_SIGNUP_FORM_CLASS."""

    nombre_publico = forms.CharField(
        label=_("Nombre público"),
        max_length=80,
        required=False,
        help_text=_("Así firmará sus aportes. Si lo deja vacío, aparecerá «Participante»."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    tramo_edad = campo_edad()

    def clean_nombre_publico(self) -> str:
        return limpiar_linea(self.cleaned_data["nombre_publico"])

    def _post_clean(self) -> None:
        """Its limit, by address, once all else is right: allauth looks at passwords after `clean`, and a
        form that comes back for one must spend neither the proof nor a turn."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and context.request is not None:
            try:
                pasar("registro", desde=direccion_de(context.request), prueba=self.prueba)
            except ErrorDeDominio as error:
                self.add_error(None, error.mensaje)
                anotar_espera(self, error)

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Required by allauth; the adapter has saved everything already."""
