"""What an activity of the agenda may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipoEvento(models.TextChoices):
    SESION = "sesion", _("Sesión de la Mesa")
    MESA = "mesa", _("Mesa de trabajo")
    TALLER = "taller", _("Taller o capacitación")
    JORNADA = "jornada", _("Jornada abierta")
    RESULTADOS = "resultados", _("Presentación de resultados")
    RED = "red", _("Actividad de una red")
    PLAZO = "plazo", _("Plazo del proceso")
    OTRO = "otro", _("Otra actividad")


class Acceso(models.TextChoices):
    ABIERTA = "abierta", _("Abierta a todo público")
    CERRADA = "cerrada", _("Por invitación")
