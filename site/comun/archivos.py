"""Images and files of our own: declared before the first migration, so that they can grow."""

import hashlib
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Imagen(AbstractImage):
    """An image with the text that stands for it (empty: the image is decoration)."""

    credito = models.CharField(_("crédito"), max_length=200, blank=True)

    admin_form_fields = (
        "title", "file", "description", "collection", "credito", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("imagen")
        verbose_name_plural = _("imágenes")
        permissions = [("choose_image", "Can choose image")]


class ImagenRendicion(AbstractRendition):
    image = models.ForeignKey(Imagen, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="imagen_rendicion_unica"
            )
        ]
        verbose_name = _("versión de imagen")
        verbose_name_plural = _("versiones de imagen")


class Archivo(AbstractDocument):
    """A file of the library, with the SHA-256 by which anyone can check their copy."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("archivo")
        verbose_name_plural = _("archivos")
        permissions = [("choose_document", "Can choose document")]

    nombre_de_descarga = ""
    """Set while it is being served: the name it is stored by may bear a suffix of chance."""

    @property
    def filename(self) -> str:
        return self.nombre_de_descarga or str(super().filename)

    def poner_nombre_de_descarga(self) -> None:
        """Its title, as the name of a file."""
        nombre = slugify(self.title) or "documento"
        self.nombre_de_descarga = f"{nombre[:80].strip('-')}.{self.file_extension}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and (not self.sha256 or not self.file._committed):
            suma = hashlib.sha256()
            with self.file.open("rb") as abierto:
                for trozo in abierto.chunks():
                    suma.update(trozo)
                abierto.seek(0)
                self.sha256 = suma.hexdigest()
                self._set_document_file_metadata()
                super().save(*args, **kwargs)
                return
        super().save(*args, **kwargs)
