"""Taking one's name off what was sent: the words stay, «Participante» signs them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import SinPermiso
from consulta.aportes.models import Autoria
from cuentas.models import User


@transaction.atomic
def ocultar_nombre(*, cuenta: User, ahora: datetime | None = None) -> int:
    """On everything this account sent in its own voice; returns on how many. Safe to repeat.

    What it said for an organisation keeps the organisation's name. Raises SinPermiso.
    """
    if not cuenta.is_authenticated or not cuenta.is_active:
        raise SinPermiso(_("Ingrese con su cuenta."))
    firmados = Autoria.objects.filter(cuenta=cuenta).exclude(nombre_publico="")
    cuantos = firmados.update(nombre_publico="")
    if cuantos:
        registrar(
            verbo="ocultar_nombre",
            objeto=cuenta,
            por=cuenta,
            ahora=ahora or timezone.now(),
            despues={"aportes": cuantos},
        )
    return cuantos
