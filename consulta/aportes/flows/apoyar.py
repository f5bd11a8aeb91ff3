"""Supporting what another person said: one each, and one may take it back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, FueraDePlazo, SinPermiso
from comun.limites import gastar
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.models import Aporte, Apoyo
from consulta.aportes.permissions import es_autor, puede_apoyar
from consulta.procesos.enums import Verbo
from cuentas.models import User


@transaction.atomic
def apoyar(*, aporte: Aporte, por: User, ahora: datetime | None = None) -> Aporte:
    """Support it. Doing it twice counts once; the answer carries the sum as it is now.

    Raises SinPermiso (nobody signed in, blocked, one's own words), FueraDePlazo, Conflicto (not shown
    any more), DemasiadosIntentos.
    """
    ahora = ahora or timezone.now()
    aporte = _bajo_llave(aporte, por, ahora)
    gastar("apoyar", f"cuenta:{por.pk}", ahora)
    _apoyo, nuevo = Apoyo.objects.get_or_create(aporte=aporte, cuenta=por, defaults={"en": ahora})
    return _sumar(aporte, 1, por, ahora) if nuevo else aporte


@transaction.atomic
def quitar_apoyo(*, aporte: Aporte, por: User, ahora: datetime | None = None) -> Aporte:
    """Take one's support back. Where there was none nothing happens. Raises as `apoyar`."""
    ahora = ahora or timezone.now()
    aporte = _bajo_llave(aporte, por, ahora)
    cuantos, _filas = Apoyo.objects.filter(aporte=aporte, cuenta=por).delete()
    return _sumar(aporte, -1, por, ahora) if cuantos else aporte


def _bajo_llave(aporte: Aporte, por: User, ahora: datetime) -> Aporte:
    """Lock the row: its sum, and whether it still stands, are decided one at a time."""
    Aporte.objects.select_for_update().filter(pk=aporte.pk).values_list("pk").get()
    aporte = Aporte.objects.select_related("autoria", "consulta__etapa__proceso").get(pk=aporte.pk)
    if puede_apoyar(por, aporte, ahora):
        exigir_sin_bloqueo(por, ahora)
        return aporte
    if not por.is_authenticated or not por.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para apoyar."))
    if not aporte.es_visible:
        raise Conflicto(_("Este aporte ya no está publicado."))
    if es_autor(por, aporte):
        raise SinPermiso(_("No puede apoyar su propio aporte."))
    if not aporte.consulta.etapa.permite(Verbo.APOYAR, ahora):
        raise FueraDePlazo(_("El plazo para apoyar aportes no está abierto."))
    raise SinPermiso(_("Su cuenta no puede apoyar este aporte."))


def _sumar(aporte: Aporte, cuanto: int, por: User, ahora: datetime) -> Aporte:
    Aporte.objects.filter(pk=aporte.pk).update(apoyos=F("apoyos") + cuanto)
    aporte.refresh_from_db(fields=["apoyos"])
    registrar(
        verbo="apoyar_aporte" if cuanto > 0 else "quitar_apoyo",
        objeto=aporte,
        por=por,
        ahora=ahora,
    )
    return aporte
