"""What commitments may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    GOBIERNO = "GA", _("Gobierno Abierto")
    JUSTICIA = "JA", _("Justicia Abierta")
    PARLAMENTO = "PA", _("Parlamento Abierto")


class Semaforo(models.TextChoices):
    """Label of the OGP manual. Colour is never the only cue (INV-14)."""

    VERDE = "verde", _("Completo o con avance sustancial")
    AMARILLO = "amarillo", _("Con avance limitado")
    ROJO = "rojo", _("No empezado o con retrasos importantes")
