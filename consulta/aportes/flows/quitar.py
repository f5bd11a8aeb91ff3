"""Withdrawing one's own words, and removing others' for a published reason. A tombstone stays (INV-06)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.textos import limpiar
from consulta.aportes.enums import SIN_MOTIVO, Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor, puede_remover, puede_retirar
from cuentas.models import User


@transaction.atomic
def retirar_aporte(
    *, aporte: Aporte, por: User, motivo: str = "", ahora: datetime | None = None
) -> Aporte:
    """The author takes their words back while the stage is open. Raises SinPermiso, FueraDePlazo."""
    ahora = ahora or timezone.now()
    aporte = _bajo_llave(aporte)
    if not es_autor(por, aporte):
        raise SinPermiso(_("Solo quien escribió un aporte puede retirarlo."))
    if not puede_retirar(por, aporte, ahora):
        raise FueraDePlazo(_("El plazo terminó: el aporte ya no se puede retirar."))
    texto = limpiar(motivo) or SIN_MOTIVO
    return _quitar(aporte, Situacion.RETIRADO, texto, por, ahora)


@transaction.atomic
def remover_aporte(
    *, aporte: Aporte, por: User, motivo: str, ahora: datetime | None = None
) -> Aporte:
    """A moderator removes it, saying why in public. Raises SinPermiso, DatoInvalido (no reason)."""
    aporte = _bajo_llave(aporte)
    if not puede_remover(por, aporte):
        raise SinPermiso(_("Solo moderación puede remover aportes de otras personas."))
    texto = limpiar(motivo)
    if not texto:
        raise DatoInvalido(_("Escriba el motivo: quedará a la vista."), campo="motivo")
    return _quitar(aporte, Situacion.REMOVIDO, texto, por, ahora or timezone.now())


def _bajo_llave(aporte: Aporte) -> Aporte:
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.select_related("autoria", "consulta__etapa__proceso").get(pk=aporte.pk)
    if not aporte.es_visible:
        raise Conflicto(_("Este aporte ya no está publicado."))
    return aporte


def _quitar(
    aporte: Aporte, situacion: Situacion, motivo: str, por: User, ahora: datetime
) -> Aporte:
    aporte.situacion = situacion
    aporte.motivo = motivo
    aporte.save(update_fields=["situacion", "motivo"])
    registrar(
        verbo="retirar_aporte" if situacion is Situacion.RETIRADO else "remover_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        antes={"situacion": Situacion.VIGENTE},
        despues={"situacion": situacion, "motivo": motivo},
    )
    buscador.proyectar([aporte])
    return aporte
