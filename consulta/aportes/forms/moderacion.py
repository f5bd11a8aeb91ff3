"""The forms of moderation. The rules of each field are the flow's."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.citas.huerfanas import Candidato
from consulta.aportes.enums import Causa
from consulta.procesos.models import VersionBorrador


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


class UbicarCitaForm(forms.Form):
    """Where the words of a quote are now: one of the places found, another one, or none."""

    OTRO, NINGUNO = "otro", "ninguno"
    lugar_elegido = forms.ChoiceField(
        label=_("¿Dónde están ahora estas palabras?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija un lugar, o diga que ya no están.")},
    )
    orden = forms.IntegerField(
        label=_("Número del párrafo"),
        help_text=_("Solo si están en otro lugar."),
        required=False,
        min_value=1,
        max_value=100_000,
    )
    cita = forms.CharField(
        label=_("Palabras, como están en ese párrafo"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, candidatos: Sequence[Candidato], version: VersionBorrador, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.candidatos = {f"{c.fragmento}:{c.inicio}": c for c in candidatos}
        campo: Any = self.fields["lugar_elegido"]
        campo.choices = [
            *(
                (valor, f"Párrafo {c.orden}: «{c.texto}» ({c.seguridad} % de seguridad)")
                for valor, c in self.candidatos.items()
            ),
            (self.OTRO, _("En otro lugar, que escribo abajo")),
            (self.NINGUNO, _("Ya no están en esta versión")),
        ]

    def clean(self) -> dict[str, Any]:
        limpio = super().clean() or {}
        if limpio.get("lugar_elegido") == self.OTRO and "orden" not in self.errors:
            self.fragmento = self.version.fragmentos.filter(orden=limpio.get("orden") or 0).first()
            if self.fragmento is None:
                self.add_error("orden", _("Escriba el número de un párrafo de esta versión."))
        return limpio

    def lugar(self) -> dict[str, Any]:
        """Arguments of `resolver_cita`. Only after `is_valid`."""
        elegido = self.cleaned_data["lugar_elegido"]
        if elegido == self.NINGUNO:
            return {}
        if elegido == self.OTRO:
            return {"fragmento": self.fragmento, "cita": self.cleaned_data["cita"]}
        candidato = self.candidatos[elegido]
        return {
            "fragmento": self.version.fragmentos.get(pk=candidato.fragmento),
            "cita": candidato.texto,
            "inicio": candidato.inicio,
        }
