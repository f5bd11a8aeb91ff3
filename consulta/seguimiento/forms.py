"""Forms of plans and commitments. The rules are in the flows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.procesos.models import Proceso
from consulta.seguimiento.models import Compromiso, Plan


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ("numero", "titulo", "proceso", "desde", "hasta", "resumen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proceso"].queryset = Proceso.objects.vivos()  # type: ignore[attr-defined]


class CompromisoForm(forms.ModelForm):
    class Meta:
        model = Compromiso
        fields = (
            "plan", "numero", "titulo", "descripcion", "institucion", "area", "origen", "avance",
            "semaforo", "nota",
        )  # fmt: skip
        help_texts = {
            "avance": _("El que informa la institución. Vacío si no ha informado: no escriba 0."),
            "origen": _("De qué aporte, mesa o sesión nació."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vivos = Proceso.objects.vivos()
        planes = Plan.objects.filter(proceso=None) | Plan.objects.filter(proceso__in=vivos)
        self.fields["plan"].queryset = planes  # type: ignore[attr-defined]
