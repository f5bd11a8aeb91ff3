"""Reporting what breaks a rule, and appealing a removal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Causa
from consulta.aportes.flows import apelar, reportar
from consulta.paginas.campos import TextoField


class ReporteForm(forms.Form):
    causa = forms.ChoiceField(
        label=_("¿Qué norma no cumple?"),
        choices=Causa.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija qué norma no cumple.")},
    )
    texto = TextoField(
        label=_("¿Quiere explicarlo?"),
        max_length=reportar.LARGO_TEXTO,
        filas=4,
        required=False,
        help_text=_("Lo lee solo moderación. Quien escribió el aporte no sabrá quién lo reportó."),
    )


class ApelacionForm(forms.Form):
    texto = TextoField(
        label=_("¿Por qué su aporte debería volver?"),
        max_length=apelar.LARGO_TEXTO,
        filas=7,
        error_messages={"required": _("Diga por qué su aporte debería volver.")},
        help_text=_("Lo lee solo moderación. No hace falta que repita su texto: lo tenemos."),
    )
