"""The form of an image in the administration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ImagenForm(BaseImageForm):
    """Says what the description is for: it stands for the image wherever it is the featured one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].help_text = _(
                "Qué muestra la imagen, para quien no la ve. Vacía, los lectores de pantalla la "
                "saltan: déjela así solo si la imagen es un adorno."
            )
