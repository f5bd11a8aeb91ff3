"""What a member of the forum decides, and the interests they declare."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.paginas.campos import TextoField
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows import conflictos, decidir
from foro.models import Mandato

SENTIDOS = [
    (Sentido.CONFORME, _("Conforme: puede publicarse así")),
    (Sentido.CON_DISENSO, _("Conforme con disenso: puede publicarse, con mi nota al lado")),
    (Sentido.PIDE_CAMBIOS, _("Pido cambios: vuelve a quien la redactó")),
]


class DecisionForm(forms.Form):
    sentido = forms.ChoiceField(
        label=_("¿Qué decide?"),
        choices=SENTIDOS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija qué decide.")},
    )
    nota = TextoField(
        label=_("Nota"),
        max_length=decidir.LARGO_NOTA,
        filas=5,
        required=False,
        help_text=_(
            "Obligatoria con disenso, y al pedir cambios. Se publica con su nombre si la respuesta se "
            "publica."
        ),
    )
    mandato = forms.ChoiceField(label=_("Decide como"))
    sha256 = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asientos: Sequence[Mandato], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["mandato"]
        campo.choices = [(str(m.pk), f"{m} · {m.get_sector_display()}") for m in asientos]
        campo.initial = str(asientos[0].pk) if asientos else ""
        if len(asientos) < 2:
            campo.widget = forms.HiddenInput()
            campo.required = False


class ConflictoForm(forms.Form):
    alcance = forms.ChoiceField(
        label=_("¿Sobre qué no decidirá?"),
        choices=[
            ("respuesta", _("Esta respuesta, en todas sus versiones")),
            ("consulta", _("Todas las respuestas de esta consulta")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija sobre qué no decidirá.")},
    )
    motivo = TextoField(
        label=_("¿Cuál es su interés?"),
        max_length=conflictos.LARGO_MOTIVO,
        filas=4,
        help_text=_("Se publica con su nombre. No se puede deshacer."),
        error_messages={"required": _("Diga cuál es su interés.")},
    )
