"""The two ways to ask whether a receipt holds: its file, or its folio and fingerprint."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.aportes.verificar import LARGO_RECIBO

BYTES = LARGO_RECIBO * 4


class ReciboForm(forms.Form):
    """A whole receipt, as a file or pasted."""

    archivo = forms.FileField(
        label=gettext_lazy("Archivo del recibo"),
        help_text=gettext_lazy(
            "El archivo .json que venía en su correo o que descargó de su recibo."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    recibo = forms.CharField(
        label=gettext_lazy("O pegue aquí su contenido"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        archivo = datos.get("archivo")
        if archivo is None:
            if not datos.get("recibo") and not self.errors:
                self.add_error("archivo", _("Elija el archivo de su recibo, o pegue su contenido."))
            return datos
        if archivo.size > BYTES:
            self.add_error("archivo", _("El archivo es demasiado grande para ser un recibo."))
            return datos
        try:
            datos["recibo"] = archivo.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(
                "archivo", _("El archivo no es un recibo: debe ser el .json de su correo.")
            )
        return datos


class HuellaForm(forms.Form):
    """What one reads on paper."""

    folio = forms.CharField(
        label=gettext_lazy("Folio"),
        help_text=gettext_lazy("Por ejemplo, P7B-0001."),
        max_length=24,
        error_messages={"required": gettext_lazy("Escriba el folio de su recibo.")},
    )
    huella = forms.CharField(
        label=gettext_lazy("Huella"),
        help_text=gettext_lazy(
            "Los grupos de cuatro letras y números; bastan los cuatro primeros."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Escriba la huella de su recibo.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
