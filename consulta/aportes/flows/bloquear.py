"""Keeping an account from writing for a time, and letting it write again. Reading is for everyone."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.fechas import SANTIAGO
from comun.textos import limpiar
from consulta.aportes.models import Bloqueo
from consulta.aportes.permissions import (
    bloqueo_de,
    bloqueo_de_correo,
    puede_bloquear,
    puede_moderar,
)
from cuentas.models import User


@transaction.atomic
def bloquear_cuenta(
    *,
    cuenta: User,
    por: User,
    motivo: str,
    hasta: datetime | None = None,
    ahora: datetime | None = None,
) -> Bloqueo:
    """From `ahora` until `hasta` (UTC, excluded; None: until lifted) the account may not write.

    It still reads, withdraws its own words and appeals. Never an account of the house: that is
    decided by whoever gave it its role. Raises SinPermiso, DatoInvalido, Conflicto (blocked already).
    """
    ahora = ahora or timezone.now()
    cuenta = User.objects.select_for_update().get(pk=cuenta.pk)
    if not puede_moderar(por):
        raise SinPermiso(_("Solo moderación puede bloquear cuentas."))
    if not puede_bloquear(por, cuenta):
        raise SinPermiso(_("Las cuentas con funciones en el sitio no se bloquean aquí."))
    limpio = limpiar(motivo)
    if not limpio:
        raise DatoInvalido(_("Escriba el motivo: lo leerá la persona bloqueada."), campo="motivo")
    if hasta is not None and hasta <= ahora:
        raise DatoInvalido(_("La fecha de término tiene que ser futura."), campo="hasta")
    if bloqueo_de(cuenta, ahora) is not None:
        raise Conflicto(_("Esta cuenta ya está bloqueada."))
    Bloqueo.objects.filter(cuenta=cuenta, levantado_en=None).update(levantado_en=ahora)
    try:
        with transaction.atomic():
            bloqueo = Bloqueo.objects.create(
                cuenta=cuenta, desde=ahora, hasta=hasta, motivo=limpio, por=por
            )
    except IntegrityError as error:
        raise Conflicto(_("Esta cuenta ya está bloqueada.")) from error
    registrar(
        verbo="bloquear_cuenta",
        objeto=bloqueo,
        por=por,
        ahora=ahora,
        despues={"motivo": limpio, "hasta": hasta},
    )
    avisar(destino=f"cuenta:{cuenta.pk}", razon="bloqueo", objeto=bloqueo, ahora=ahora)
    return bloqueo


@transaction.atomic
def levantar_bloqueo(*, bloqueo: Bloqueo, por: User, ahora: datetime | None = None) -> Bloqueo:
    """Let the account write again before its time. Raises SinPermiso, Conflicto (lifted or over)."""
    ahora = ahora or timezone.now()
    bloqueo = Bloqueo.objects.select_for_update().get(pk=bloqueo.pk)
    if not puede_moderar(por):
        raise SinPermiso(_("Solo moderación puede levantar bloqueos."))
    if bloqueo.levantado_en is not None or (bloqueo.hasta and bloqueo.hasta <= ahora):
        raise Conflicto(_("Este bloqueo ya terminó."))
    bloqueo.levantado_en, bloqueo.levantado_por = ahora, por
    bloqueo.save(update_fields=["levantado_en", "levantado_por"])
    registrar(verbo="levantar_bloqueo", objeto=bloqueo, por=por, ahora=ahora)
    avisar(
        destino=f"cuenta:{bloqueo.cuenta_id}",
        razon="bloqueo",
        objeto=bloqueo,
        ahora=ahora,
        version=2,
    )
    return bloqueo


def exigir_sin_bloqueo(usuario: User | None, ahora: datetime, correo: str = "") -> None:
    """The one check of every verb that writes. Raises SinPermiso, saying why, until when and what to do.

    A guest is known by `correo`: a blocked account does not come back through that door.
    """
    bloqueo = (
        bloqueo_de(usuario, ahora) if usuario is not None else bloqueo_de_correo(correo, ahora)
    )
    if bloqueo is not None:
        raise SinPermiso(frase_de_bloqueo(bloqueo))


def frase_de_bloqueo(bloqueo: Bloqueo) -> str:
    """What the blocked person reads."""
    plazo = (
        _("hasta el %(fecha)s")
        % {"fecha": f"{bloqueo.hasta.astimezone(SANTIAGO):%d-%m-%Y, %H:%M} h"}
        if bloqueo.hasta
        else _("hasta que moderación lo levante")
    )
    return _(
        "Su cuenta no puede escribir %(plazo)s. Motivo: %(motivo)s Puede seguir leyendo, retirar lo "
        "suyo y apelar. Si cree que es un error, escríbanos desde la página de contacto."
    ) % {"plazo": plazo, "motivo": f"{bloqueo.motivo.rstrip('. ')}."}
