"""The forms of shared texts at the desk. The rules of each field are the flow's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.forms.moderacion import campo_largo


class ConfirmarForm(forms.Form):
    """Say that these are one text, and how it is called."""

    titulo = forms.CharField(
        label=_("Título"),
        required=False,
        max_length=200,
        help_text=_(
            "Lo lee todo el mundo. Diga qué pide el texto, sin nombrar a quienes lo enviaron."
        ),
    )
    visto = forms.CharField(required=False, widget=forms.HiddenInput)


class DeshacerForm(forms.Form):
    motivo = campo_largo(
        _("Por qué se deshace"),
        _("Queda en el registro. Los aportes siguen publicados, cada uno por separado."),
    )
