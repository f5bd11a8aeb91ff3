"""Withdrawing one's own words. A tombstone stays (INV-06); removing others' is in `moderar`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.textos import limpiar
from consulta.aportes.cambiados import aporte_cambiado
from consulta.aportes.cuentas_de_campana import volver_a_contar
from consulta.aportes.enums import SIN_MOTIVO, Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_suyo, puede_retirar
from consulta.aportes.recuentos import contar_postura
from cuentas.models import User

LARGO_MOTIVO = 500


@transaction.atomic
def retirar_aporte(
    *,
    aporte: Aporte,
    por: User | None,
    motivo: str = "",
    codigo: str = "",
    ahora: datetime | None = None,
) -> Aporte:
    """The author, by account or by `codigo`, takes their words back while the stage is open. For good.

    Raises SinPermiso, FueraDePlazo, Conflicto (withdrawn or removed already) or DatoInvalido (`motivo`).
    """
    ahora = ahora or timezone.now()
    aporte = bajo_llave(aporte)
    if not es_suyo(por, aporte, codigo):
        raise SinPermiso(_("Solo quien escribió un aporte puede retirarlo."))
    if not puede_retirar(por, aporte, ahora, codigo):
        raise FueraDePlazo(_("El plazo terminó: el aporte ya no se puede retirar."))
    dicho = limpiar(motivo)
    if len(dicho) > LARGO_MOTIVO:
        raise DatoInvalido(
            _("El motivo es muy largo: el máximo son %(m)s caracteres.") % {"m": LARGO_MOTIVO},
            campo="motivo",
        )
    aporte.situacion, aporte.motivo = Situacion.RETIRADO, dicho or SIN_MOTIVO
    return dejar_lapida(aporte, por, ahora)


def bajo_llave(aporte: Aporte) -> Aporte:
    """Its row, locked and read anew. Raises Conflicto when it is no longer published."""
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.select_related("autoria", "consulta__etapa__proceso").get(pk=aporte.pk)
    if not aporte.es_visible:
        raise Conflicto(_("Este aporte ya no está publicado."))
    return aporte


def dejar_lapida(aporte: Aporte, por: User | None, ahora: datetime) -> Aporte:
    """Write what `aporte` became, with the audit event, and take it off the archive."""
    aporte.quitado_en = ahora
    aporte.save(update_fields=["situacion", "causa", "motivo", "quitado_en", "removido_por"])
    contar_postura(aporte, cuanto=-1)
    volver_a_contar(aporte.pk)
    registrar(
        verbo="retirar_aporte" if aporte.situacion == Situacion.RETIRADO else "remover_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        antes={"situacion": Situacion.VIGENTE},
        despues={
            "situacion": aporte.situacion,
            "motivo": aporte.motivo,
            **({"causa": aporte.causa} if aporte.causa else {}),
        },
    )
    buscador.proyectar([aporte])
    aporte_cambiado(aporte=aporte, ahora=ahora)
    return aporte
