"""The last part of an address, from what someone typed or from the title when they typed nothing."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

LARGO = 80


class ConDireccion(forms.ModelForm):
    """A form whose `slug` may stay empty: it is made of the field `da_direccion`, and never clashes."""

    da_direccion = "titulo"

    slug = forms.CharField(
        label=_("Nombre en la dirección"),
        max_length=LARGO,
        required=False,
        help_text=_("Minúsculas, números y guiones: plan-7. Si lo deja vacío, se hace del título."),
        error_messages={"unique": _("Otra página ya usa esa dirección: elija otro nombre.")},
    )

    def clean_slug(self) -> str:
        escrito = self.cleaned_data["slug"]
        if escrito:
            direccion = _direccion(escrito)
        elif self.instance.pk:
            direccion = self.instance.slug
        else:
            direccion = self._libre(_direccion(self.cleaned_data.get(self.da_direccion, "")))
        if not direccion and (escrito or self.cleaned_data.get(self.da_direccion)):
            raise forms.ValidationError(_("Escriba un nombre con letras o números: plan-7."))
        return direccion

    def _libre(self, direccion: str) -> str:
        """`direccion`, numbered where it is taken."""
        modelo: Any = self._meta.model
        usadas = set(
            modelo.objects.filter(slug__startswith=direccion).values_list("slug", flat=True)
        )
        candidatas = (f"{direccion[: LARGO - 4]}-{n}" for n in range(2, len(usadas) + 3))
        if direccion not in usadas:
            return direccion
        return next(c for c in candidatas if c not in usadas)


def _direccion(texto: str) -> str:
    return slugify(texto.replace("_", "-"))[:LARGO].strip("-")
