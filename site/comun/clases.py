"""Kinds of notices, and how each person wants each kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clase(models.TextChoices):
    """What a notice is about. People choose by kind, not by mail."""

    RECIBOS = "recibos", _("Recibos y confirmaciones de lo que envío")
    MODERACION = "moderacion", _("Decisiones de moderación sobre lo que envié o reporté")
    RESPUESTAS = "respuestas", _("Respuestas de las instituciones a lo que envié")
    HILOS = "hilos", _("Conversaciones que sigo y réplicas a lo que escribí")
    PROCESOS = "procesos", _("Plazos y nuevas versiones de las consultas en que participo")
    ENCARGOS = "encargos", _("Trabajo de mi institución")
    SITIO = "sitio", _("Mensajes del sitio a quien lo administra")


class Modo(models.TextChoices):
    """How notices of a kind reach a person by mail. On the site they are always listed."""

    INMEDIATO = "inmediato", _("Un correo al momento")
    RESUMEN = "resumen", _("Un resumen al día")
    NINGUNO = "ninguno", _("Sin correo")


OBLIGATORIAS = frozenset({Clase.RECIBOS, Clase.MODERACION, Clase.SITIO})
"""Kinds that are always mailed at once: they prove a right or allow to defend it."""

PREDETERMINADO = {
    Clase.RESPUESTAS: Modo.INMEDIATO,
    Clase.HILOS: Modo.INMEDIATO,
    Clase.PROCESOS: Modo.RESUMEN,
    Clase.ENCARGOS: Modo.INMEDIATO,
}
"""How each kind arrives until the person says otherwise."""
