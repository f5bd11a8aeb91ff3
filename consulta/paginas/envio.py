"""Receiving a form of participation: one way for proposals, comments and replies.

What was typed is never lost. A form that cannot be sent comes back with it and the status 422; where
the session had ended, it is also kept until the person comes back signed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comun.errores import Conflicto, ErrorDeDominio
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.enviar import Envio, enviar_aporte
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import VERBO_DE
from consulta.paginas import guardado
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms import EnvioForm
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Asunto, Consulta

RECIBOS = "recibos"
ANCLA = "#participar"

F = TypeVar("F", bound=EnvioForm)


@dataclass(slots=True)
class Participacion:
    """What the place of the form says: open or not, and how to come back signed in."""

    abierta: bool
    motivo: str
    autenticado: bool
    url_ingreso: str
    url_registro: str
    guardado: bool = False
    recuperado: bool = False


def participacion_en(
    request: HttpRequest, consulta: Consulta, tipo: TipoAporte, ahora: datetime
) -> Participacion:
    """Whether `tipo` is received in `consulta` at `ahora`; where not, `motivo` says why."""
    siguiente = urlencode({"next": f"{request.path}{ANCLA}"})
    return Participacion(
        abierta=consulta.publicada and consulta.etapa.permite(VERBO_DE[tipo], ahora),
        motivo=_motivo(consulta, ahora),
        autenticado=request.user.is_authenticated,
        url_ingreso=f"{reverse('account_login')}?{siguiente}",
        url_registro=f"{reverse('account_signup')}?{siguiente}",
    )


def formulario(request: HttpRequest, clase: type[F], participacion: Participacion) -> F | None:
    """The form as this request wants it: filled with what was sent, or with what could not be sent
    before; None where nobody may send, or one must sign in first."""
    if request.method == "POST":
        return clase(request.POST, usuario=request.user)
    if not (participacion.abierta and participacion.autenticado):
        return None
    form = clase(usuario=request.user)
    form.initial = guardado.recuperar(request, request.path, form.fields)
    participacion.recuperado = bool(form.initial)
    return form


def recibir(
    request: HttpRequest,
    form: EnvioForm,
    participacion: Participacion,
    *,
    asunto: Asunto,
    tipo: TipoAporte,
    padre: Aporte | None = None,
    institucional: bool = False,
    adjuntos: Sequence[Elegido] = (),
) -> HttpResponseRedirect | None:
    """Send what `form` says and lead to the receipt; None when it must be shown again."""
    if not request.user.is_authenticated:
        participacion.guardado = guardado.guardar(request, request.path, request.POST)
        form.add_error(None, _("Su sesión terminó y su aporte todavía no se envía."))
        return None
    if not form.is_valid():
        return None
    try:
        envio = enviar_aporte(
            asunto=asunto,
            tipo=tipo,
            contenido=form.contenido(),
            por=request.user,
            clave=form.cleaned_data["clave"],
            padre=padre,
            institucional=institucional,
            adjuntos=adjuntos,
        )
        _comprobar_que_es_el_mismo(envio, form)
    except ErrorDeDominio as error:
        if isinstance(error, Conflicto):
            form.renovar_clave()
        errores_de_formulario(form, error)
        return None
    return _al_recibo(request, envio)


def estado_http(form: EnvioForm | None) -> int:
    """200; 422 for a form that comes back, 429 where a limit sent it back."""
    if form is None or not form.is_bound:
        return 200
    return int(getattr(form, "estado_http", NO_PROCESABLE))


def _comprobar_que_es_el_mismo(envio: Envio, form: EnvioForm) -> None:
    """Someone went back, wrote something else and sent it with the key of what was received before."""
    if envio.nuevo:
        return
    antes, ahora = envio.aporte.contenido, form.contenido()
    if (antes.texto, antes.titulo or "") != (ahora.texto, ahora.titulo):
        raise Conflicto(
            _(
                "Con este formulario ya se recibió el aporte %(folio)s, con otro texto. "
                "Si quiere enviar este como un aporte nuevo, envíelo otra vez."
            )
            % {"folio": envio.aporte.folio}
        )


def _al_recibo(request: HttpRequest, envio: Envio) -> HttpResponseRedirect:
    guardado.olvidar(request, request.path)
    if not envio.nuevo:
        messages.info(request, _("Ya habíamos recibido este envío: no se duplicó."))
    pendientes = [pk for pk in request.session.get(RECIBOS, []) if pk != envio.aporte.pk]
    request.session[RECIBOS] = [*pendientes[-4:], envio.aporte.pk]
    return redirect("paginas:recibo", envio.aporte.folio)


def _motivo(consulta: Consulta, ahora: datetime) -> str:
    if consulta.etapa.proceso.es_historico:
        return _("Este proceso es histórico: se puede leer, pero ya no recibe aportes.")
    estado = consulta.etapa.estado(ahora)
    if estado is EstadoEtapa.FUTURA:
        return _("Esta consulta todavía no se abre.")
    if estado is EstadoEtapa.ABIERTA:
        return _("Esta consulta no recibe este tipo de aportes.")
    return _("El plazo para participar terminó.")
