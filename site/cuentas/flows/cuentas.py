"""Opening accounts for others and giving roles: the administrator's work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import DatoInvalido, SinPermiso
from cuentas.models import Institucion, User
from cuentas.permissions import puede_gestionar_cuentas
from cuentas.roles import Rol

INVITACION = "invitacion"


def exigir_institucion(roles: Iterable[Group], institucion: Institucion | None) -> None:
    """Whoever answers does so for an institution. Raises DatoInvalido naming the field."""
    if institucion is None and any(rol.name == Rol.OFICIAL for rol in roles):
        raise DatoInvalido(
            _("Una persona oficial responde por una institución: elíjala."), campo="institucion"
        )


@transaction.atomic
def crear_cuenta(
    *, por: User, groups: Iterable[Group], ahora: datetime | None = None, **campos: Any
) -> User:
    """Open an account without a password, and send the link by which its owner sets one.

    Setting it proves the address. Raises SinPermiso and DatoInvalido (an official without institution).
    """
    ahora = ahora or timezone.now()
    _permitir(por)
    roles = list(groups)
    exigir_institucion(roles, campos.get("institucion"))
    cuenta = User.objects.create_user(**campos)
    cuenta.groups.set(roles)
    registrar(
        verbo="crear_cuenta", objeto=cuenta, por=por, ahora=ahora, despues=_visto(cuenta, roles)
    )
    avisar(destino=f"cuenta:{cuenta.pk}", razon=INVITACION, objeto=cuenta, ahora=ahora)
    return cuenta


@transaction.atomic
def anotar_cambio_de_cuenta(
    *, cuenta: User, por: User, antes: dict[str, Any], ahora: datetime | None = None
) -> None:
    """The event of a change of roles, institution or access; none when none of them changed."""
    _permitir(por)
    despues = lo_que_se_audita(cuenta)
    if despues != antes:
        registrar(
            verbo="editar_cuenta",
            objeto=cuenta,
            por=por,
            ahora=ahora or timezone.now(),
            antes=antes,
            despues=despues,
        )


def lo_que_se_audita(cuenta: User) -> dict[str, Any]:
    """What the trail keeps of an account: what it may do, and nothing of who it is."""
    return _visto(cuenta, cuenta.groups.all())


def _visto(cuenta: User, roles: Iterable[Group]) -> dict[str, Any]:
    return {
        "roles": sorted(rol.name for rol in roles),
        "institucion": cuenta.institucion_id,
        "activa": cuenta.is_active,
    }


def _permitir(por: User) -> None:
    if not puede_gestionar_cuentas(por):
        raise SinPermiso(_("Solo quien administra el sitio abre cuentas y da roles."))
