"""Forms of the secretariat's desk. The rules are in the flows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.procesos.enums import Regimen
from consulta.procesos.flows.redactar import texto_de
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema, VersionBorrador


class FechaHora(forms.DateTimeInput):
    """The browser's own control; a plain text box where it has none."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class Fecha(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


HORA_DE_CHILE = _("Hora de Chile continental.")


class ProcesoForm(forms.ModelForm):
    class Meta:
        model = Proceso
        fields = ("titulo", "slug", "regimen", "resumen", "nota_fuente")
        labels = {"slug": _("Nombre en la dirección")}
        help_texts = {
            "slug": _("Minúsculas, números y guiones: plan-7 da /procesos/plan-7/."),
            "nota_fuente": _("De dónde salen los datos, si no nacieron aquí."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Historical processes come from their sources, never from this form.
        self.fields["regimen"].choices = [  # type: ignore[attr-defined]
            par for par in Regimen.choices if par[0] != Regimen.HISTORICO
        ]


class EtapaForm(forms.ModelForm):
    class Meta:
        model = Etapa
        fields = (
            "proceso", "tipo", "orden", "titulo", "descripcion",
            "prevista_inicio", "prevista_fin", "inicio", "fin",
        )  # fmt: skip
        widgets = {
            n: FechaHora() for n in ("prevista_inicio", "prevista_fin", "inicio", "fin")
        }  # fmt: skip
        help_texts = {
            "inicio": HORA_DE_CHILE,
            "fin": _(
                "El plazo termina justo a esta hora. Una vez anunciado, solo puede alargarse."
            ),
            "titulo": _("Vacío usa el nombre del tipo."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proceso"].queryset = Proceso.objects.vivos()  # type: ignore[attr-defined]


class ConsultaForm(forms.ModelForm):
    class Meta:
        model = Consulta
        fields = (
            "etapa", "titulo", "slug", "sigla", "resumen", "que_se_puede_cambiar",
            "que_no_se_puede_cambiar", "quien_decide", "responder_antes_de", "publicada",
        )  # fmt: skip
        widgets = {"responder_antes_de": Fecha()}
        labels = {
            "slug": _("Nombre en la dirección"),
            "publicada": _("Anunciada: el público la ve"),
        }
        help_texts = {
            "slug": _("Minúsculas, números y guiones. No cambia una vez anunciada."),
            "responder_antes_de": _("Día en que vence la respuesta a cada aporte."),
            "que_se_puede_cambiar": _("Se muestra antes del formulario: sea concreto."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        etapas = Etapa.objects.filter(proceso__in=Proceso.objects.vivos())
        campo: Any = self.fields["etapa"]
        campo.queryset = etapas.select_related("proceso").order_by("-proceso", "orden")
        campo.label_from_instance = lambda etapa: f"{etapa.proceso}: {etapa}"


class TemaForm(forms.ModelForm):
    class Meta:
        model = Tema
        fields = ("nombre", "slug")
        labels = {"slug": _("Nombre en la dirección")}


class VersionForm(forms.ModelForm):
    """A version of the draft, pasted."""

    texto = forms.CharField(
        label=_("Texto"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "Pegue el texto completo. Una línea en blanco separa párrafos; # antes de un título, "
            "- antes de cada punto de una lista, | entre las celdas de una tabla. Después de guardar "
            "verá los párrafos numerados y podrá publicarlos."
        ),
    )

    class Meta:
        model = VersionBorrador
        fields = ("consulta", "titulo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consultas = Consulta.objects.filter(etapa__proceso__in=Proceso.objects.vivos())
        self.fields["consulta"].queryset = consultas.con_contexto()  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            del self.fields["consulta"]
            self.fields["texto"].initial = texto_de(self.instance)
