"""Forms of the queue: to whom, why, and what officials tell each other. The rules are in the flows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.respuestas.filtros import es_solo_oficial
from consulta.respuestas.flows.anotar import LARGO_NOTA
from consulta.respuestas.flows.mover import LARGO_RAZON
from consulta.respuestas.opciones import oficiales
from cuentas.models import Institucion, User

VACIO = _("— Elija —")


def _area(filas: int, largo: int, **kwargs: Any) -> forms.CharField:
    atributos = {"rows": filas, "data-contador": largo}
    return forms.CharField(widget=forms.Textarea(attrs=atributos), strip=False, **kwargs)


class ResponsableField(forms.ModelChoiceField):
    """People by name with their institution."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.nombre_interno} · {obj.institucion}"


class AsignarForm(forms.Form):
    """To whom contributions are handed. `visto_en` says when the person saw whose they were."""

    visto_en = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    institucion = forms.ModelChoiceField(
        label=_("Institución"),
        queryset=Institucion.objects.all(),
        empty_label=VACIO,
        error_messages={"required": _("Elija la institución que responderá.")},
    )
    responsable = ResponsableField(
        label=_("Persona responsable (opcional)"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("— Nadie en particular —"),
        help_text=_("Debe trabajar en la institución elegida."),
    )
    razon = _area(
        3,
        LARGO_RAZON,
        label=_("Razón"),
        required=False,
        help_text=_("Obligatoria si pasa de una institución a otra. La lee quien lo recibe."),
    )

    def __init__(self, *args: Any, usuario: User, deriva: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campos: dict[str, Any] = self.fields
        campos["responsable"].queryset = oficiales(usuario)
        if deriva:
            campos["razon"].required = True
            campos["razon"].help_text = _("La lee quien lo recibe. El plazo no cambia.")
            campos["razon"].error_messages["required"] = _("Escriba por qué lo deriva.")
            if es_solo_oficial(usuario):
                # Whom it will be is for those who receive it to say.
                del campos["responsable"]


class NotaForm(forms.Form):
    """A note, or a question to another institution."""

    texto = _area(3, LARGO_NOTA, label=_("Nota o pregunta"), required=False)
    para = forms.ModelChoiceField(
        label=_("Preguntar a otra institución (opcional)"),
        queryset=Institucion.objects.all(),
        required=False,
        empty_label=_("— Solo una nota para mi institución —"),
    )


class ContestarForm(forms.Form):
    texto = _area(3, LARGO_NOTA, label=_("Contestación"), required=False)
