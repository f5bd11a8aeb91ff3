"""Saying that a contribution breaks a rule. A report hides nothing: a person decides."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.enums import Causa
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.models import Aporte, Reporte
from consulta.aportes.permissions import es_autor
from cuentas.models import User

LARGO_TEXTO = 1_000


@transaction.atomic
def reportar_aporte(
    *, aporte: Aporte, por: User, causa: str, texto: str = "", ahora: datetime | None = None
) -> Reporte:
    """Keep one report per person and contribution; a second one returns the first, unchanged.

    Who reported is never shown to the author. Raises SinPermiso (no account, blocked, one's own
    words), Conflicto (no longer published) or DatoInvalido.
    """
    ahora = ahora or timezone.now()
    if not por.is_authenticated or not por.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para reportar."))
    exigir_sin_bloqueo(por, ahora)
    if es_autor(por, aporte):
        raise SinPermiso(_("Este aporte es suyo: si quiere, puede retirarlo."))
    if causa not in Causa.values:
        raise DatoInvalido(_("Elija qué norma no cumple."), campo="causa")
    limpio = limpiar(texto)
    if len(limpio) > LARGO_TEXTO:
        raise DatoInvalido(
            _("El texto es muy largo: el máximo son 1.000 caracteres."), campo="texto"
        )
    aporte = Aporte.objects.select_for_update().get(pk=aporte.pk)
    if not aporte.es_visible:
        raise Conflicto(_("Este aporte ya no está publicado: no hace falta reportarlo."))
    reporte, nuevo = Reporte.objects.get_or_create(
        aporte=aporte, cuenta=por, defaults={"causa": causa, "texto": limpio, "en": ahora}
    )
    if nuevo:
        registrar(
            verbo="reportar_aporte", objeto=reporte, por=por, ahora=ahora, despues={"causa": causa}
        )
    return reporte
