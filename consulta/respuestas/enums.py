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


class Sentido(models.TextChoices):
    """What a member of the forum says of a sealed answer."""

    CONFORME = "conforme", _("Conforme")
    CON_DISENSO = "con_disenso", _("Conforme con disenso")
    PIDE_CAMBIOS = "pide_cambios", _("Pide cambios")


APRUEBAN = frozenset({Sentido.CONFORME, Sentido.CON_DISENSO})


class Responde(models.TextChoices):
    """«¿Le responde?», says the author."""

    SI = "si", _("Sí")
    EN_PARTE = "en_parte", _("En parte")
    NO = "no", _("No")


class EstadoDePlanilla(models.TextChoices):
    """How far a spreadsheet that came back is."""

    LEYENDO = "leyendo", _("Leyendo el archivo")
    LEIDA = "leida", _("Por confirmar")
    APLICANDO = "aplicando", _("Haciendo borradores")
    APLICADA = "aplicada", _("Borradores hechos")
    DESECHADA = "desechada", _("Desechada")
    ILEGIBLE = "ilegible", _("No se pudo leer")


class EstadoDeFila(models.TextChoices):
    """What was made of one row of it."""

    ACEPTADA = "aceptada", _("Aceptada")
    VACIA = "vacia", _("Sin responder")
    ERROR = "error", _("Con un error")
    CONFLICTO = "conflicto", _("Cambió desde que se exportó")
    APLICADA = "aplicada", _("Borrador hecho")
