"""In whose name a command acts: an account of the secretariat, so that the audit names a person."""

from cuentas.models import User
from cuentas.roles import Rol


def encargado(correo: str = "") -> User | None:
    """The active account with that e-mail; without one, the oldest of the secretariat, or administrator."""
    activas = User.objects.filter(is_active=True)
    if correo:
        return activas.filter(email__iexact=correo).first()
    for rol in (Rol.SECRETARIA, Rol.ADMINISTRADOR):
        cuenta = activas.filter(groups__name=rol).order_by("pk").first()
        if cuenta is not None:
            return cuenta
    return None
