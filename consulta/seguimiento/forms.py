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
        error_messages = {
            "numero": {"unique": _("Ya hay un plan con ese número.")},
            "proceso": {"unique": _("Ese proceso ya tiene un plan.")},
        }

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
        widgets = {"avance": forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"})}
        help_texts = {
            "avance": _("El que informa la institución. Vacío si no ha informado: no escriba 0."),
            "origen": _("De qué aporte, mesa o sesión nació."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vivos = Proceso.objects.vivos()
        planes = Plan.objects.filter(proceso=None) | Plan.objects.filter(proceso__in=vivos)
        self.fields["plan"].queryset = planes  # type: ignore[attr-defined]

    def clean_avance(self) -> Any:
        avance = self.cleaned_data["avance"]
        if avance is not None and not 0 <= avance <= 100:
            raise forms.ValidationError(_("El avance va de 0 a 100."))
        return avance

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        plan, numero = datos.get("plan"), datos.get("numero")
        iguales = Compromiso.objects.exclude(pk=self.instance.pk)
        if plan and numero is not None and iguales.filter(plan=plan, numero=numero).exists():
            self.add_error("numero", _("Ese plan ya tiene un compromiso con ese número."))
        return datos
