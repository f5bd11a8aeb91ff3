"""The form of a comment on a fragment, which may quote some of its words."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.citas.anclas import LARGO_CITA
from consulta.aportes.citas.localizar import lugar_en
from consulta.aportes.flows.contenido import Contenido
from consulta.paginas.campos import TextoField
from consulta.paginas.forms.aporte import ComentarioForm

NO_ESTA = _(
    "Esas palabras no están en el párrafo. Cópielas tal como aparecen, o deje vacía la cita."
)


class ObservacionForm(ComentarioForm):
    """A comment; `cita` are words of the fragment, `cita_inicio` the character they begin at.

    Without `cita_inicio`, or with one that does not fit, the words are looked for.
    """

    cita = TextoField(
        label=_("Palabras que comenta"),
        max_length=LARGO_CITA,
        filas=2,
        required=False,
        help_text=_("También puede copiarlas aquí, tal como están en el párrafo."),
    )
    cita_inicio = forms.CharField(widget=forms.HiddenInput, required=False)

    fragmento = ""

    def citar(self, fragmento: str, tramo: tuple[int, int] | None) -> None:
        """Say what fragment it is about, and offer the words chosen in the address of the page; they
        stand before those of a text kept from earlier."""
        self.fragmento = fragmento
        if tramo is not None:
            self.initial["cita"] = fragmento[slice(*tramo)]
            self.initial["cita_inicio"] = tramo[0]

    def clean_cita_inicio(self) -> int | None:
        """A number, or nothing: it only helps to find words that are said twice."""
        valor = self.cleaned_data["cita_inicio"].strip()
        return int(valor) if valor.isascii() and valor.isdecimal() and len(valor) < 9 else None

    def clean(self) -> dict[str, Any]:
        limpio = super().clean()
        cita = limpio.get("cita")
        if cita and lugar_en(self.fragmento, cita, limpio.get("cita_inicio")) is None:
            self.add_error("cita", NO_ESTA)
        return limpio

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        return replace(
            super().contenido(),
            cita=self.cleaned_data["cita"],
            cita_inicio=self.cleaned_data["cita_inicio"],
        )
