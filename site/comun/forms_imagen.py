"""The form of an image in the administration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ImagenForm(BaseImageForm):
    """An image is described, or somebody says on purpose that it only adorns: then it has no words."""

    decorativa = forms.BooleanField(
        label=_("Es decorativa"),
        required=False,
        help_text=_("Solo adorna y no dice nada: los lectores de pantalla la saltan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" not in self.fields:
            del self.fields["decorativa"]
            return
        self.fields["description"].help_text = _(
            "Qué muestra la imagen, para quien no la ve. Puede quedar vacía solo si es decorativa."
        )
        # One kept without words was kept as decoration: nothing else may leave them empty.
        self.initial.setdefault(
            "decorativa", bool(self.instance.pk and not self.instance.description)
        )
        nombres = [n for n in self.fields if n != "decorativa"]
        nombres.insert(nombres.index("description") + 1, "decorativa")
        self.order_fields(nombres)

    def clean(self) -> dict[str, Any]:
        limpio: dict[str, Any] = super().clean() or self.cleaned_data
        if "decorativa" not in self.fields:
            return limpio
        descripcion = str(limpio.get("description") or "").strip()
        if limpio.get("decorativa") and descripcion:
            self.add_error(
                "decorativa", _("Tiene descripción: borre el texto, o quite esta marca.")
            )
        elif not limpio.get("decorativa") and not descripcion:
            self.add_error(
                "description", _("Diga qué muestra la imagen, o marque que es decorativa.")
            )
        return limpio
