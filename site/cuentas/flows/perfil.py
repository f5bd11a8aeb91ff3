"""The name an account signs with."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import SinPermiso
from comun.textos import limpiar_linea
from cuentas.models import User

LARGO_NOMBRE = 80


@transaction.atomic
def cambiar_nombre_publico(*, cuenta: User, nombre: str, ahora: datetime | None = None) -> User:
    """Sign so from now on; empty signs «Participante». What was sent keeps the name it was sent with.

    The event keeps that it changed, not the names. Raises SinPermiso.
    """
    if not cuenta.is_authenticated or not cuenta.is_active:
        raise SinPermiso(_("Ingrese con su cuenta."))
    limpio = limpiar_linea(nombre)[:LARGO_NOMBRE]
    if limpio != cuenta.nombre_publico:
        cuenta.nombre_publico = limpio
        cuenta.save(update_fields=["nombre_publico"])
        registrar(
            verbo="cambiar_nombre_publico",
            objeto=cuenta,
            por=cuenta,
            ahora=ahora or timezone.now(),
        )
    return cuenta
