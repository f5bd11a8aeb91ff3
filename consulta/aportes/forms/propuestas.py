"""Forms of the back office about proposals: entering, merging, dividing, undoing. The flows check them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comun.regiones import Region
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, Canal, TipoAutor, Valor
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.dividir import PuntoPropuesto
from consulta.aportes.flows.ingresar import CANALES, Ingreso
from consulta.procesos.models import Consulta, Tema


class VariosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class VariosArchivosField(forms.Field):
    """Several files; the flow that takes each says what is wrong with it."""

    def clean(self, value: Any) -> None:
        return None


def _area(filas: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": filas})


class IngresarForm(forms.Form):
    """A proposal that came by another way, on behalf of whoever wrote it."""

    clave = forms.UUIDField(widget=forms.HiddenInput)
    consulta = forms.ModelChoiceField(label=_("Consulta"), queryset=Consulta.objects.none())
    canal = forms.ChoiceField(
        label=_("Cómo llegó"),
        choices=[(c.value, c.label) for c in CANALES],
        widget=forms.RadioSelect,
    )
    referencia = forms.CharField(
        label=_("Número del oficio, o nombre de la mesa"), required=False,
        help_text=_("Obligatorio para oficios y mesas. Es público."),
    )  # fmt: skip
    recibido = forms.DateField(
        label=_("Día en que se recibió"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Con esa fecha cuenta: debe estar dentro del plazo de la consulta."),
    )  # fmt: skip
    firma = forms.CharField(
        label=_("En nombre de (persona)"), required=False,
        help_text=_("Como quiere aparecer. Es público."),
    )  # fmt: skip
    organizacion = forms.CharField(label=_("En nombre de (organización)"), required=False)
    correo = forms.EmailField(
        label=_("Correo de quien la envió"), required=False,
        help_text=_("No se publica. Si lo dejó, le llegan el recibo y la respuesta."),
    )  # fmt: skip
    titulo = forms.CharField(label=_("Título"), required=False)
    problema = forms.CharField(label=_("Problema"), required=False, widget=_area(5))
    texto = forms.CharField(label=_("Propuesta"), required=False, widget=_area(8))
    brecha = forms.CharField(label=_("Brecha"), required=False, widget=_area(3))
    resultados_esperados = forms.CharField(
        label=_("Resultados esperados"), required=False, widget=_area(3)
    )
    actores = forms.CharField(label=_("Actores"), required=False, widget=_area(2))
    componentes = forms.CharField(label=_("Componentes"), required=False, widget=_area(3))
    valores = forms.MultipleChoiceField(
        label=_("Valores"),
        choices=Valor.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tema = forms.ModelChoiceField(
        label=_("Tema"), queryset=Tema.objects.all(), to_field_name="slug", required=False
    )
    region = forms.ChoiceField(
        label=_("Región"), choices=[("", _("Todo el país")), *Region.choices], required=False
    )
    tipo_autor = forms.ChoiceField(
        label=_("Quién propone"), choices=[("", "—"), *TipoAutor.choices], required=False
    )
    archivos = VariosArchivosField(
        label=_("Documento original y anexos"), required=False,
        widget=VariosInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp"}),
        help_text=_("Se publican sin datos ocultos. Revise que no muestren firmas ni RUN."),
    )  # fmt: skip

    def __init__(self, *args: Any, consultas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consulta"].queryset = consultas  # type: ignore[attr-defined]
        self.fields["clave"].initial = uuid4
        self.fields["recibido"].initial = timezone.localdate

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        datos = self.cleaned_data
        return Contenido(
            titulo=datos["titulo"],
            texto=datos["texto"],
            campos={n: datos[n] for n in (*CAMPOS_DE_PROPUESTA, "valores")},
            tema=datos["tema"],
            region=datos["region"],
            tipo_autor=datos["tipo_autor"],
            firma=datos["firma"],
            organizacion=datos["organizacion"],
        )

    def ingreso(self) -> Ingreso:
        """How it came. Only after `is_valid`."""
        datos = self.cleaned_data
        return Ingreso(
            Canal(datos["canal"]), datos["recibido"], datos["referencia"], datos["correo"]
        )


class AgruparForm(forms.Form):
    """What is said in public of proposals treated together."""

    titulo = forms.CharField(label=_("Título del grupo"), required=False)
    texto = forms.CharField(
        label=_("Qué piden en conjunto"), required=False, widget=_area(6),
        help_text=_("Con sus palabras. No reemplaza el texto de nadie."),
    )  # fmt: skip
    motivo = forms.CharField(
        label=_("Por qué se tratan juntas"), required=False, widget=_area(3),
        help_text=_("Es público y llega por correo a quienes las enviaron."),
    )  # fmt: skip


class MotivoForm(forms.Form):
    """Why a group is undone."""

    motivo = forms.CharField(
        label=_("Por qué se deshace"), required=False, widget=_area(3),
        help_text=_("Es público y llega por correo a quienes las enviaron."),
    )  # fmt: skip


class DividirForm(forms.Form):
    """The points, one per block of lines: a name after «#» if wanted, then the passage."""

    puntos = forms.CharField(
        label=_("Puntos"), required=False, strip=False, widget=_area(16),
        help_text=_(
            "Separe los puntos con una línea «---». Cada uno es un pasaje de la propuesta, tal cual está "
            "escrito. Si quiere nombrarlo, empiece con una línea «# Nombre»."
        ),
    )  # fmt: skip
    motivo = forms.CharField(label=_("Por qué se divide"), required=False, widget=_area(3))

    def lista(self) -> list[PuntoPropuesto]:
        """The points as the flow takes them. Only after `is_valid`."""
        texto = self.cleaned_data["puntos"].replace("\r\n", "\n")
        puntos = []
        for bloque in texto.split("\n---"):
            primera, _salto, resto = bloque.strip("-\n ").partition("\n")
            con_nombre = primera.startswith("#")
            puntos.append(
                PuntoPropuesto(
                    resto if con_nombre else bloque.strip("-\n "),
                    primera.lstrip("# ") if con_nombre else "",
                )
            )
        return puntos
