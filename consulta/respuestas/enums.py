"""The outcomes of a reasoned response."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resultado(models.TextChoices):
    INCORPORADA = "incorporada", _("Incorporada")
    PARCIAL = "parcial", _("Parcialmente incorporada")
    YA_CONTEMPLADA = "ya_contemplada", _("Ya contemplada")
    NO_INCORPORADA = "no_incorporada", _("No incorporada")
    FUERA_DE_ALCANCE = "fuera_de_alcance", _("Fuera de alcance")
    ACLARACION = "aclaracion", _("Aclaración")


EXIGEN_CAMBIO = frozenset({Resultado.INCORPORADA, Resultado.PARCIAL})
"""Outcomes that must say where the contribution landed: why nothing changed is no answer to them."""
