"""Who may change institutions and read the audit trail."""

from cuentas.models import User
from cuentas.roles import Rol


def puede_gestionar_instituciones(usuario: User) -> bool:
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_gestionar_cuentas(usuario: User) -> bool:
    """Open accounts for others, give roles and take them."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.ADMINISTRADOR)


def puede_verificar_representaciones(usuario: User) -> bool:
    """Say who speaks for an organisation, and end it."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_ver_auditoria(usuario: User) -> bool:
    """Read who did what and when. The trail names accounts by pseudonym (INV-23)."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.ADMINISTRADOR)


def puede_nombrar_suplentes(usuario: User) -> bool:
    """Say who stands in for anybody."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_nombrar_suplente(usuario: User, titular: User) -> bool:
    """Say who stands in for `titular`: they themselves, or the secretariat."""
    return usuario.is_authenticated and (
        (usuario.is_active and usuario.pk == titular.pk) or puede_nombrar_suplentes(usuario)
    )
