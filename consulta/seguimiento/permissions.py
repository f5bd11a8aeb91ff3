"""Who may change plans and commitments."""

from cuentas.models import User
from cuentas.roles import Rol


def puede_gestionar_planes(usuario: User) -> bool:
    """Create and change plans and commitments, save those of a historical process."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
