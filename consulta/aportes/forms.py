"""The forms of moderation. The rules of each field are the flow's."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Causa


def campo_largo(rotulo: Any, ayuda: Any, filas: int = 3) -> forms.CharField:
    """Words the flow will clean and measure."""
    return forms.CharField(
        label=rotulo,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": filas}),
        help_text=ayuda,
    )


class RemoverForm(forms.Form):
    """Removing one contribution, or several for the same cause."""

    causa = forms.ChoiceField(
        label=_("Qué norma no cumple"),
        choices=Causa.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija la causa: quedará a la vista.")},
        help_text=_("Es pública y se cuenta en la página de las reglas."),
    )
    motivo = campo_largo(
        _("Explicación"),
        _("Quedará a la vista, en el lugar del aporte. Diga qué se hizo mal sin repetirlo."),
    )


class DesestimarForm(forms.Form):
    nota = campo_largo(
        _("Por qué sigue publicado"), _("La leerá quien reportó. No se muestra a nadie más.")
    )


class ReponerForm(forms.Form):
    razon = campo_largo(
        _("Por qué vuelve a publicarse"), _("Quedará a la vista en el aporte, con la fecha de hoy.")
    )


class ResolverForm(forms.Form):
    acogida = forms.TypedChoiceField(
        label=_("Decisión"),
        choices=[
            ("si", _("Se acoge: el aporte vuelve a publicarse")),
            ("no", _("No se acoge: sigue removido")),
        ],
        coerce=lambda valor: valor == "si",
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija una de las dos.")},
    )
    razon = campo_largo(
        _("Razón"),
        _("La leerá quien apeló. Si se acoge, además queda a la vista en el aporte."),
        filas=5,
    )


class BloquearForm(forms.Form):
    """How long an account may not write, and why."""

    PLAZOS = (
        ("3", _("3 días")),
        ("30", _("30 días")),
        ("180", _("6 meses")),
        ("0", _("Sin plazo")),
    )

    dias = forms.ChoiceField(
        label=_("Por cuánto tiempo"), choices=PLAZOS, widget=forms.RadioSelect, initial="3"
    )
    motivo = campo_largo(
        _("Motivo"), _("Lo leerá la persona bloqueada, por correo y cada vez que quiera escribir.")
    )

    def hasta(self, ahora: datetime) -> datetime | None:
        """When it ends; None when it has no end. Only after `is_valid`."""
        dias = int(self.cleaned_data["dias"])
        return ahora + timedelta(days=dias) if dias else None
