"""What a document of the library may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipoDocumento(models.TextChoices):
    ACTA = "acta", _("Acta")
    AUTOEVALUACION = "autoevaluacion", _("Autoevaluación")
    INFORME_MRI = "informe_mri", _("Informe del Mecanismo de Revisión Independiente")
    PLAN = "plan", _("Plan de acción")
    PRESENTACION = "presentacion", _("Presentación")
    OFICIO = "oficio", _("Oficio")
    COMPROMISO = "compromiso", _("Acta de compromiso")
    OTRO = "otro", _("Otro documento")


class Licencia(models.TextChoices):
    CC_BY = "cc-by-4.0", _("CC BY 4.0: puede reutilizarse citando la fuente")
    CC0 = "cc0-1.0", _("CC0 1.0: puede reutilizarse sin condiciones")
    RESERVADA = "reservada", _("Derechos reservados por su autor")

    @property
    def enlace(self) -> str:
        """Address of the licence's text; empty when there is none."""
        return {
            "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.es",
            "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.es",
        }.get(self.value, "")
