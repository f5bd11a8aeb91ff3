"""Creating and changing institutions."""

from typing import Any

from django.utils.translation import gettext as _

from comun.cambios import escribir_fila
from comun.errores import SinPermiso
from cuentas.models import Institucion, User
from cuentas.permissions import puede_gestionar_instituciones


def crear_institucion(*, por: User, **campos: Any) -> Institucion:
    """Raises SinPermiso."""
    _permitir(por)
    return escribir_fila(objeto=Institucion(), campos=campos, por=por, verbo="crear_institucion")


def editar_institucion(*, objeto: Institucion, por: User, **campos: Any) -> Institucion:
    """Its published answers follow the name. Raises SinPermiso."""
    _permitir(por)
    return escribir_fila(objeto=objeto, campos=campos, por=por, verbo="editar_institucion")


def _permitir(por: User) -> None:
    if not puede_gestionar_instituciones(por):
        raise SinPermiso(_("Solo la secretaría técnica cambia las instituciones."))
