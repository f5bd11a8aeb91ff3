"""What was sent without an account joins the account of the same, verified, address."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import SinPermiso
from consulta.aportes.models import Aporte, Autoria
from consulta.aportes.querysets import AporteQuerySet
from cuentas.models import User
from cuentas.verificacion import correos_verificados

POR_VEZ = 500


def por_reclamar(cuenta: User) -> AporteQuerySet:
    """Contributions sent as a guest with an address this account verified. Two queries."""
    correos = correos_verificados(cuenta)
    if not correos:
        return Aporte.objects.none()
    return Aporte.objects.filter(autoria__cuenta=None, autoria__correo__in=correos)


@transaction.atomic
def reclamar_aportes(*, cuenta: User, ahora: datetime | None = None) -> int:
    """Add them to the account, and forget the address beside each; returns how many. Safe to repeat.

    Names, codes and receipts stay as they are. Raises SinPermiso when nobody is signed in.
    """
    ahora = ahora or timezone.now()
    if not cuenta.is_authenticated or not cuenta.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para agregar sus aportes."))
    ids = list(por_reclamar(cuenta).values_list("pk", flat=True)[:POR_VEZ])
    hechos = Autoria.objects.filter(aporte__in=ids, cuenta=None).update(cuenta=cuenta, correo="")
    if hechos:
        registrar(
            verbo="reclamar_aportes",
            objeto=cuenta,
            por=cuenta,
            ahora=ahora,
            despues={"aportes": sorted(ids)},
        )
    return hechos
