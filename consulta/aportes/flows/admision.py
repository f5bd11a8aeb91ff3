"""Whether a sending is received: by whom, here and now; to a place that takes it; once per organisation."""

from datetime import datetime

from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.limites import gastar
from comun.puerta import pasar
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.flows.pedidos import Pedido
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import (
    puede_enviar,
    puede_enviar_sin_cuenta,
    puede_hablar_por_institucion,
)
from consulta.procesos.enums import EstadoEtapa

LIMITADOS = (Canal.FORMULARIO, Canal.API)
"""Channels by which people send for themselves: what the secretariat enters has no limit."""


class YaParticipo(Conflicto):
    """The organisation spoke of this already: `aporte` says where, and can be corrected."""

    def __init__(self, aporte: Aporte) -> None:
        self.aporte = aporte
        super().__init__(
            _(
                "Su organización ya comentó esto en el aporte %(folio)s, y una organización habla "
                "una vez: corrija ese aporte, o envíe este a título personal."
            )
            % {"folio": aporte.folio},
            campo="voz",
        )


def comprobar_quien(pedido: Pedido, *, institucional: bool, por_organizacion: bool) -> None:
    """Whether they may send this here and now. Limits on how much one may send come here too."""
    por, consulta, tipo, ahora = pedido.por, pedido.consulta, pedido.tipo, pedido.ahora
    if por is not None:
        if not por.is_authenticated or not por.is_active:
            raise SinPermiso(_("Ingrese con su cuenta para participar."))
        puede = puede_enviar(por, consulta, tipo, ahora)
    else:
        if pedido.invitado is None or not consulta.acepta_invitados:
            raise SinPermiso(_("Ingrese con su cuenta para participar en esta consulta."))
        puede = puede_enviar_sin_cuenta(consulta, tipo, ahora)
    if por is not None and pedido.canal in LIMITADOS:
        gastar("enviar", f"cuenta:{por.pk}", ahora)
    elif pedido.invitado is not None:
        dejar_escribir_a(pedido.invitado, ahora)
    exigir_sin_bloqueo(por, ahora, correo=pedido.invitado.correo if pedido.invitado else "")
    if not puede:
        estado = consulta.etapa.estado(ahora)
        if estado is EstadoEtapa.CERRADA:
            raise FueraDePlazo(
                _("El plazo para participar ya terminó. Su texto sigue aquí: guárdelo si quiere.")
            )
        if estado is EstadoEtapa.FUTURA:
            raise FueraDePlazo(_("Esta consulta todavía no se abre."))
        raise SinPermiso(_("Esta consulta no recibe este tipo de aportes."))
    if institucional and (por is None or not puede_hablar_por_institucion(por)):
        raise SinPermiso(_("Su cuenta no puede hablar en nombre de una institución."))
    if por_organizacion and pedido.organizacion is None:
        raise SinPermiso(_("Su cuenta no representa a una organización verificada."))
    if institucional and por_organizacion:
        raise DatoInvalido(_("Elija una sola voz."), campo="voz")


def dejar_escribir_a(invitado: Invitado, ahora: datetime) -> None:
    """Count one mail with a link to `invitado`: of the address they come from, then of their mailbox.

    In that order: who is stopped by the first must not spend what somebody else's mailbox may get.
    Raises DatoInvalido (the proof) or DemasiadosIntentos.
    """
    if invitado.desde:
        pasar("invitado", desde=invitado.desde, prueba=invitado.prueba, ahora=ahora)
    gastar("invitado_correo", f"correo:{invitado.correo}", ahora)


def comprobar_donde(pedido: Pedido) -> None:
    """Whether it can hang there. Raises DatoInvalido, Conflicto or YaParticipo."""
    padre = pedido.padre
    if (pedido.tipo is TipoAporte.REPLICA) != (padre is not None):
        raise DatoInvalido(_("Una réplica responde a otro aporte."))
    if padre is not None:
        if padre.asunto_id != pedido.asunto.pk:
            raise DatoInvalido(_("La réplica y el aporte son de asuntos distintos."))
        if not padre.es_visible:
            raise Conflicto(_("El aporte al que responde ya no está publicado."))
    comprobar_que_no_hablo(pedido)


def comprobar_que_no_hablo(pedido: Pedido) -> None:
    """An organisation comments a matter once (`aporte_organizacion_una_vez`). Raises YaParticipo."""
    if pedido.organizacion is None or pedido.tipo is not TipoAporte.OBSERVACION:
        return
    dicho = (
        Aporte.objects.vigentes()
        .select_related("consulta")
        .filter(
            asunto=pedido.asunto,
            organizacion=pedido.organizacion,
            tipo=TipoAporte.OBSERVACION,
        )
        .first()
    )
    if dicho is not None:
        raise YaParticipo(dicho)
