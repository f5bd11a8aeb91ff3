"""What people say of themselves: the name they sign with, the organisation they speak for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.flows.contenido import LARGO_NOMBRE
from consulta.paginas.campos import TextoField
from cuentas.flows.representaciones import LARGO_RESPALDO
from cuentas.models import REPRESENTABLES, Institucion


class PerfilForm(forms.Form):
    """The public name."""

    nombre_publico = TextoField(
        label=_("Nombre público"),
        max_length=LARGO_NOMBRE,
        required=False,
        auto="nickname",
        help_text=_("Es público. Si lo deja vacío, aparecerá «Participante»."),
    )


class RepresentacionForm(forms.Form):
    """Asking to speak for an organisation."""

    sin_marca = ("institucion", "nombre", "tipo")
    """Which of these is asked depends on the others: neither «obligatorio» nor «opcional»."""

    institucion = forms.ModelChoiceField(
        label=_("Organización"),
        queryset=Institucion.objects.filter(tipo__in=REPRESENTABLES),
        required=False,
        empty_label=_("No está en la lista"),
    )
    nombre = TextoField(
        label=_("Nombre, si no está en la lista"),
        max_length=200,
        required=False,
        auto="organization",
    )
    tipo = forms.ChoiceField(
        label=_("Tipo, si no está en la lista"),
        choices=[("", _("Elija un tipo")), *((t.value, t.label) for t in REPRESENTABLES)],
        required=False,
    )
    cargo = TextoField(label=_("Su cargo"), max_length=120, required=False)
    respaldo = TextoField(
        label=_("¿Cómo podemos comprobarlo?"),
        max_length=LARGO_RESPALDO,
        filas=4,
        help_text=_(
            "Por ejemplo, la página donde aparece su nombre, o el acta que lo dice. Solo lo lee la "
            "secretaría técnica."
        ),
        error_messages={"required": _("Cuente cómo podemos comprobarlo.")},
    )
