"""What a consultation needs before it is announced, and what announcing fixes for ever (INV-06)."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comun.fechas import ultimo_dia
from consulta.procesos.enums import TipoEtapa
from consulta.procesos.models import Consulta


def impedimentos(consulta: Consulta, ahora: datetime) -> list[str]:
    """Why `consulta` cannot be announced at `ahora`, a sentence each; empty when it can."""
    etapa = consulta.etapa
    faltas = plazos_que_no_calzan(consulta)
    if not TipoEtapa(etapa.tipo).permite:
        faltas.insert(
            0,
            _("La etapa «%(etapa)s» es de tipo «%(tipo)s», que no recibe aportes.")
            % {"etapa": etapa, "tipo": etapa.get_tipo_display()},
        )
    if etapa.fin is not None and etapa.fin <= ahora:
        faltas.append(_("La etapa «%(etapa)s» ya terminó.") % {"etapa": etapa})
    return faltas


def plazos_que_no_calzan(consulta: Consulta) -> list[str]:
    """What is wrong with its dates: they must hold when it is announced and ever after."""
    etapa, vence = consulta.etapa, consulta.responder_antes_de
    faltas = []
    if etapa.inicio is None:
        faltas.append(_("La etapa «%(etapa)s» no tiene fecha de inicio.") % {"etapa": etapa})
    if etapa.fin is None:
        faltas.append(_("La etapa «%(etapa)s» no tiene fecha de término.") % {"etapa": etapa})
    if consulta.plazo_habiles is not None:
        return faltas  # counted after what is received, it cannot fall before
    if vence is None:
        faltas.append(
            _(
                "Falta «Responder antes de», o un plazo en días hábiles: quien participa debe saber "
                "cuándo le responderán."
            )
        )
    elif etapa.fin is not None and vence < ultimo_dia(etapa.fin):
        faltas.append(
            _("La etapa recibe hasta el %(cierre)s y las respuestas vencerían antes, el %(vence)s.")
            % {
                "cierre": date_format(ultimo_dia(etapa.fin), "DATE_FORMAT"),
                "vence": date_format(vence, "DATE_FORMAT"),
            }
        )
    return faltas


def advertencias(consulta: Consulta) -> list[str]:
    """What does not stop the announcement, but whoever confirms it should know."""
    if consulta.espera_borrador:
        return [
            _(
                "Todavía no hay un borrador publicado. La página dirá «El borrador se publicará "
                "pronto», y nadie podrá comentar hasta que usted publique una versión."
            )
        ]
    return []


def lo_que_queda_fijo(consulta: Consulta) -> list[tuple[str, str]]:
    """(what, its value) of all that announcing leaves as it is for ever."""
    etapa = consulta.etapa
    fijo = [
        (_("La dirección"), consulta.get_absolute_url()),
        (_("La sigla de los folios"), f"{consulta.sigla}-0001, {consulta.sigla}-0002…"),
        (_("La etapa"), f"{etapa.proceso}: {etapa} ({etapa.get_tipo_display()})"),
    ]
    if etapa.fin is not None:
        fijo.append(
            (
                _("El cierre, que después solo puede alargarse"),
                date_format(ultimo_dia(etapa.fin), "DATE_FORMAT"),
            )
        )
    return [
        *fijo,
        (_("Que el público la ve"), _("una consulta anunciada no se oculta ni se borra")),
    ]
