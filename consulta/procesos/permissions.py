"""Who may do what with processes. The matrix stage × role is tested verb by verb."""

from datetime import datetime

from consulta.procesos.enums import Verbo
from consulta.procesos.models import Consulta
from cuentas.models import User
from cuentas.roles import Rol


def puede_participar(usuario: User, consulta: Consulta, verbo: Verbo, ahora: datetime) -> bool:
    """Whether an account may do `verbo` in `consulta` at `ahora`: signed in, announced, window open."""
    return (
        usuario.is_authenticated
        and usuario.is_active
        and consulta.publicada
        and consulta.etapa.permite(verbo, ahora)
    )


def puede_gestionar_procesos(usuario: User) -> bool:
    """Create and change processes, stages, consultations and drafts."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
