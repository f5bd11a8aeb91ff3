"""What an account is still writing: kept as often as it changes, never over something newer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.models import BorradorDeAporte
from cuentas.models import User

LARGO = 60_000
CUANTOS = 100
LARGO_LUGAR = 200
VIDA = timedelta(days=90)

Campos = dict[str, list[str]]


class HayUnoMasNuevo(Conflicto):
    """Another tab or device saved after this one looked: `borrador` is what it saved."""

    def __init__(self, borrador: BorradorDeAporte) -> None:
        self.borrador = borrador
        super().__init__(_("Hay un borrador más reciente, guardado en otra pestaña u otro equipo."))


@transaction.atomic
def guardar_borrador(
    *,
    cuenta: User,
    lugar: str,
    campos: Campos,
    visto: datetime | None = None,
    pisar: bool = False,
    ahora: datetime | None = None,
) -> BorradorDeAporte:
    """Keep `campos` for the form at `lugar`. `visto` is when the draft this one continues was saved.

    Raises HayUnoMasNuevo when a newer one is there and `pisar` does not say to write over it,
    DatoInvalido when it is too long, Conflicto when the account keeps too many, SinPermiso.
    """
    ahora = ahora or timezone.now()
    if not cuenta.is_authenticated or not cuenta.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para guardar un borrador."))
    if not lugar or len(lugar) > LARGO_LUGAR:
        raise DatoInvalido(_("Ese formulario no existe."), campo="lugar")
    if sum(len(v) for valores in campos.values() for v in valores) > LARGO:
        raise DatoInvalido(_("El texto es demasiado largo para guardarlo: cópielo, por favor."))
    User.objects.select_for_update().get(pk=cuenta.pk)
    borrador = BorradorDeAporte.objects.filter(cuenta=cuenta, lugar=lugar).first()
    if borrador is None:
        if BorradorDeAporte.objects.filter(cuenta=cuenta).count() >= CUANTOS:
            raise Conflicto(_("Tiene demasiados borradores: envíe o descarte alguno."))
        borrador = BorradorDeAporte(cuenta=cuenta, lugar=lugar)
    elif borrador.campos == campos:
        return borrador
    elif not pisar and (visto is None or borrador.guardado_en > visto):
        raise HayUnoMasNuevo(borrador)
    borrador.campos, borrador.guardado_en = campos, ahora
    borrador.save()
    return borrador


def descartar_borrador(*, cuenta: User, lugar: str) -> bool:
    """Forget what was kept for `lugar`: it was sent, or is not wanted. False when there was nothing."""
    return bool(BorradorDeAporte.objects.filter(cuenta=cuenta, lugar=lugar).delete()[0])


def eliminar_borradores_viejos(ahora: datetime) -> int:
    """Delete the drafts nobody touched for 90 days."""
    return BorradorDeAporte.objects.filter(guardado_en__lt=ahora - VIDA).delete()[0]
