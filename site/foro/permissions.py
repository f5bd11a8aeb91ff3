"""Who may say who sits in the forum."""

from cuentas.models import User
from cuentas.roles import Rol


def puede_gestionar_foro(usuario: User) -> bool:
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
