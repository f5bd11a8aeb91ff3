"""The form of a file in the administration."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from biblioteca.models import DocumentoPage
from comun.contenido import comprobar_contenido


class ArchivoForm(BaseDocumentForm):
    """A file that was published is not replaced: its SHA-256 is what others cite (INV-06)."""

    def clean_file(self) -> Any:
        archivo = self.cleaned_data["file"]
        publicado = (
            self.instance.pk is not None
            and "file" in self.changed_data
            and DocumentoPage.objects.de_archivo(self.instance).alguna_vez_publicados().exists()
        )
        if publicado:
            raise ValidationError(
                _(
                    "Este archivo ya fue publicado y no se reemplaza. Suba el corregido como un "
                    "archivo nuevo y elíjalo en la página del documento."
                )
            )
        if archivo is not None and "file" in self.changed_data:
            comprobar_contenido(archivo, archivo.name)
        return archivo
