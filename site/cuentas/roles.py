"""The roles, which are Wagtail groups. Their permissions are set by a migration of `portal`."""

from django.db import models


class Rol(models.TextChoices):
    PARTICIPANTE = "participante", "Participante"
    EDITOR = "editor", "Editor"
    OFICIAL = "oficial", "Oficial"
    SECRETARIA = "secretaria_tecnica", "Secretaría técnica"
    MODERADOR = "moderador", "Moderador"
    ADMINISTRADOR = "administrador", "Administrador"


ROLES_DE_ADMINISTRACION = tuple(rol for rol in Rol if rol is not Rol.PARTICIPANTE)
