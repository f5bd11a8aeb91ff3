"""What an author says after the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.paginas.api.lectura import MAYOR_ID
from consulta.paginas.campos import TextoField
from consulta.respuestas.enums import Responde
from consulta.respuestas.flows.revisar import LARGO_TEXTO

VERSION = _("Vuelva a cargar la página: no sabemos qué versión de la respuesta leyó.")


class _DeVersion(forms.Form):
    """`version` is the number of the answer's version they read."""

    version = forms.IntegerField(
        min_value=1,
        max_value=MAYOR_ID,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), VERSION),
    )


class OpinionForm(_DeVersion):
    responde = forms.ChoiceField(
        label=_("¿Le responde?"),
        choices=Responde.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Elija si la respuesta le responde.")
        ),
    )


class RevisionForm(_DeVersion):
    texto = TextoField(
        label=_("¿Qué falta, o qué no le responde?"),
        max_length=LARGO_TEXTO,
        filas=8,
        error_messages={"required": _("Diga qué falta o qué no le responde.")},
        help_text=_(
            "Se publica junto a su aporte, con su nombre público. No escriba datos personales. "
            "Máximo 2.000 caracteres."
        ),
    )
