"""The form by which a moderator removes a contribution."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemoverForm(forms.Form):
    motivo = forms.CharField(
        label=_("Motivo"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Quedará a la vista, en el lugar del aporte. Diga qué norma de participación no cumple, "
            "sin repetir lo que se remueve."
        ),
    )
