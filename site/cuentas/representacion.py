"""For which organisation an account may speak."""

from cuentas.models import Institucion, User


def organizacion_de(usuario: User) -> Institucion | None:
    """The organisation it represents, verified by the secretariat; no query where there is none."""
    if not usuario.is_authenticated or not usuario.is_active:
        return None
    return usuario.representa
