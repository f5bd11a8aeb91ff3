"""The field people write in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comun.textos import limpiar

DEMASIADO = 4
"""A text this many times longer than allowed is refused before any work is done on it."""


class TextoField(forms.CharField):
    """Words of a person: cleaned as the flow will, counted after that, never cut by the browser."""

    def __init__(self, *, max_length: int, filas: int = 0, auto: str = "", **kwargs: Any) -> None:
        atributos = {"dir": "auto"}
        if auto:
            atributos["autocomplete"] = auto
        kwargs.setdefault(
            "widget",
            forms.Textarea(attrs={**atributos, "rows": filas})
            if filas
            else forms.TextInput(attrs=atributos),
        )
        kwargs["error_messages"] = {
            "max_length": _(
                "El texto tiene %(show_value)d caracteres y el máximo es %(limit_value)d: "
                "acórtelo, por favor."
            ),
            **kwargs.get("error_messages", {}),
        }
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        texto = "" if value is None else str(value)
        tope = self.max_length or 0
        if len(texto) > DEMASIADO * tope + 1000:
            raise forms.ValidationError(
                self.error_messages["max_length"],
                code="max_length",
                params={"show_value": len(texto), "limit_value": tope},
            )
        return limpiar(texto)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data.replace("\x00", "") if isinstance(data, str) else data

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        atributos = super().widget_attrs(widget)
        atributos.pop("maxlength", None)
        return atributos
