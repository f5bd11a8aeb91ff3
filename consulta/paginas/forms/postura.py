"""Comments of a consultation that asks where each one stands."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Postura
from consulta.aportes.flows.contenido import Contenido
from consulta.paginas.forms.aporte import ComentarioForm
from consulta.paginas.forms.cita import ObservacionForm
from consulta.procesos.models import Consulta


class ComentarioConPosturaForm(ComentarioForm):
    """A comment that says whether it is for, neutral or against."""

    postura = forms.ChoiceField(
        label=_("¿Cuál es su postura?"),
        choices=Postura.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Diga si está a favor, neutral o en contra.")},
    )

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        return replace(super().contenido(), postura=self.cleaned_data["postura"])


class ObservacionConPosturaForm(ComentarioConPosturaForm, ObservacionForm):
    """The same on a fragment, where it may quote."""


def formulario_general(consulta: Consulta) -> type[ComentarioForm]:
    """The form of a comment on the draft as a whole."""
    return ComentarioConPosturaForm if consulta.pide_postura else ComentarioForm


def formulario_de_fragmento(consulta: Consulta) -> type[ObservacionForm]:
    """The form of a comment on a fragment."""
    return ObservacionConPosturaForm if consulta.pide_postura else ObservacionForm
