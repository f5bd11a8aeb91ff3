"""The form of a page of the library in the administration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class DocumentoForm(WagtailAdminPageForm):
    """To publish without a file one has to say that there is none."""

    def clean(self) -> dict[str, Any]:
        datos: dict[str, Any] = super().clean() or {}
        publica = not getattr(self, "is_deferred_validation", False)
        if publica and not datos.get("archivo") and not datos.get("sin_archivo"):
            self.add_error(
                "archivo",
                _("Elija el archivo. Si no lo tiene, marque «No tenemos el archivo»."),
            )
        elif datos.get("archivo") and datos.get("sin_archivo"):
            self.add_error("sin_archivo", _("Eligió un archivo: quite esta marca."))
        return datos
