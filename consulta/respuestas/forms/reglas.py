"""The form of a rule of assignment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.respuestas.forms.cola import ResponsableField
from consulta.respuestas.models import Regla
from consulta.respuestas.opciones import oficiales
from cuentas.models import User


class ReglaForm(forms.ModelForm):
    """Conditions, then who gets what fits them. Whether they make sense, the flow says."""

    responsable = ResponsableField(
        label=_("Persona responsable (opcional)"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("— Nadie en particular —"),
    )

    class Meta:
        model = Regla
        fields = (
            "tema", "region", "tipo", "tipo_autor", "palabras", "desde_parrafo", "hasta_parrafo",
            "institucion", "responsable", "activa",
        )  # fmt: skip

    def __init__(self, *args: Any, usuario: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsable"].queryset = oficiales(usuario)  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The flow fills the row under its lock: here only the fields are read."""
