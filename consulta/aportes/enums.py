"""What a contribution may be, and where it came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipoAporte(models.TextChoices):
    PROPUESTA = "propuesta", _("Propuesta")
    OBSERVACION = "observacion", _("Comentario al borrador")
    REPLICA = "replica", _("Réplica")
    PAPEL = "papel", _("Formulario en papel")
    MESA = "mesa", _("Mesa de trabajo")


class Canal(models.TextChoices):
    FORMULARIO = "formulario", _("Formulario en línea")
    API = "api", _("Interfaz de programación")
    OFICIO = "oficio", _("Oficio")
    MESA = "mesa", _("Mesa de trabajo")
    PAPEL = "papel", _("Papel")


class Situacion(models.TextChoices):
    VIGENTE = "vigente", _("Vigente")
    RETIRADO = "retirado", _("Retirado por su autor")
    REMOVIDO = "removido", _("Removido por moderación")


class TipoAutor(models.TextChoices):
    CIUDADANIA = "ciudadania", _("Ciudadanía")
    OSC = "osc", _("Organización de la sociedad civil")
    ACADEMIA = "academia", _("Academia")
    SECTOR_PUBLICO = "sector_publico", _("Sector público")
    CONGRESO = "congreso", _("Congreso")
    PRIVADO = "privado", _("Sector privado")


class Valor(models.TextChoices):
    """The values of open government (OGP)."""

    TRANSPARENCIA = "transparencia", _("Transparencia y acceso a la información")
    PARTICIPACION = "participacion", _("Participación ciudadana")
    RENDICION = "rendicion", _("Rendición de cuentas")
    INNOVACION = "innovacion", _("Tecnología e innovación")


CAMPOS_DE_PROPUESTA = {
    "problema": _("Problema que quiere resolver"),
    "brecha": _("Brecha de gobierno abierto"),
    "resultados_esperados": _("Resultados esperados"),
    "actores": _("Actores que deberían participar"),
    "componentes": _("Componentes o actividades"),
}
"""Fields of a proposal beside its title and its description, in the order of the form (SY07)."""

SIN_MOTIVO = "Retirado por su autor o autora"
"""What stands for the reason of whoever withdrew their words and gave none."""
