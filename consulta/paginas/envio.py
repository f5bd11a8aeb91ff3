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
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comun.errores import Conflicto, ErrorDeDominio
from comun.limites import direccion_de
from consulta.aportes import colas
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.bloquear import frase_de_bloqueo
from consulta.aportes.flows.enviar import Envio, enviar_aporte
from consulta.aportes.models import Aporte, Bloqueo, BorradorDeAporte
from consulta.aportes.permissions import VERBO_DE
from consulta.paginas import guardado
from consulta.paginas.cabeceras import cuenta
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms.aporte import EnvioForm
from consulta.paginas.presentacion.consultas import cuando_de
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User

RECIBOS = "recibos"
POR_CONFIRMAR = "por_confirmar"
LUGAR_ENVIADO = "lugar_enviado"
ANCLA = "#participar"

F = TypeVar("F", bound=EnvioForm)


@dataclass(slots=True)
class Participacion:
    """What the place of the form says: open or not, to whom, what was kept, and how to sign in.

    `lugar` is the address the form is sent to, by which what is typed is kept; `visto` when what it
    opens with was kept (ISO), `guardado_en` the same for people.
    """

    consulta: Consulta
    cuando: str
    abierta: bool
    motivo: str
    autenticado: bool
    invitados: bool
    lugar: str
    url_ingreso: str
    url_registro: str
    guardado: bool = False
    guardado_en: datetime | None = None
    visto: str = ""
    hay_mas_nuevo: bool = False
    descartar_en_equipo: bool = False
    bloqueada: bool = False
    hay_borrador: bool = False

    @property
    def recuperado(self) -> bool:
        return self.guardado_en is not None


def participacion_en(
    request: HttpRequest,
    consulta: Consulta,
    tipo: TipoAporte,
    ahora: datetime,
    lugar: str = "",
) -> Participacion:
    """Whether `tipo` is received in `consulta` at `ahora`, and from this person; where not, `motivo`
    says why.

    `lugar` is where the form is sent, when that is not the page itself.
    """
    # With its query: what was chosen in the address, such as the words to quote, is there afterwards.
    siguiente = urlencode({"next": f"{lugar or request.get_full_path()}{ANCLA}"})
    abierta = consulta.publicada and consulta.etapa.permite(VERBO_DE[tipo], ahora)
    bloqueo, hay_borrador = _de_cuenta(request, lugar or request.path, ahora)
    return Participacion(
        consulta=consulta,
        cuando=cuando_de(consulta, ahora),
        abierta=abierta and bloqueo is None,
        bloqueada=abierta and bloqueo is not None,
        motivo=frase_de_bloqueo(bloqueo) if abierta and bloqueo else _motivo(consulta, ahora),
        hay_borrador=hay_borrador,
        autenticado=request.user.is_authenticated,
        invitados=consulta.acepta_invitados,
        lugar=lugar or request.path,
        url_ingreso=f"{reverse('account_login')}?{siguiente}",
        url_registro=f"{reverse('account_signup')}?{siguiente}",
    )


def formulario(request: HttpRequest, clase: type[F], participacion: Participacion) -> F | None:
    """The form as this request wants it: filled with what was sent, or with what could not be sent
    before; None where nobody may send, or one must sign in first."""
    autenticado = participacion.autenticado
    if request.method == "POST":
        # The draft it continues is still the one it continues, or its next saving would look like a
        # second tab's.
        participacion.visto = _instante(request.POST.get("visto", ""))
        # Without an address it was opened by someone signed in, whose session ended since.
        return clase(
            request.POST,
            usuario=request.user,
            invitado=not autenticado and participacion.invitados and "correo" in request.POST,
        )
    if not participacion.abierta or not (autenticado or participacion.invitados):
        return None
    form = clase(usuario=request.user, invitado=not autenticado)
    hallado = guardado.recuperar(request, participacion.lugar, de_cuenta=participacion.hay_borrador)
    if hallado is not None:
        form.initial = guardado.valores(hallado, form.fields)
        participacion.guardado_en = hallado.en
        participacion.visto = hallado.en.isoformat()
    return form


def _instante(texto: str) -> str:
    instante = guardado.leer_instante(texto)
    return instante.isoformat() if instante else ""


def recibir(
    request: HttpRequest,
    form: EnvioForm,
    participacion: Participacion,
    *,
    asunto: Asunto,
    tipo: TipoAporte,
    padre: Aporte | None = None,
    adjuntos: Sequence[Elegido] = (),
) -> HttpResponseRedirect | None:
    """Send what `form` says and lead to the receipt; None when it must be shown again."""
    if "guardar" in request.POST:
        return _guardar(request, form, participacion)
    if not participacion.autenticado and not form.invitado:
        participacion.guardado = guardado.guardar(request, participacion.lugar, request.POST)
        form.add_error(None, _("Su sesión terminó y su aporte todavía no se envía."))
        return None
    if form.es_de_menor:
        guardado.olvidar(request, participacion.lugar)
        participacion.descartar_en_equipo = True
    if not form.is_valid():
        return None
    try:
        envio = enviar_aporte(
            asunto=asunto,
            tipo=tipo,
            contenido=form.contenido(),
            por=cuenta(request),
            invitado=form.quien_invita(direccion_de(request)),
            clave=form.cleaned_data["clave"],
            padre=padre,
            institucional=form.es_institucional,
            por_organizacion=form.por_organizacion,
            adjuntos=adjuntos,
            preguntas=form.preguntas,
            espera=_en_espera(request),
        )
        _comprobar_que_es_el_mismo(envio, form)
    except ErrorDeDominio as error:
        if isinstance(error, Conflicto):
            form.renovar_clave()
        errores_de_formulario(form, error)
        return None
    return _llevar(request, envio, participacion)


def estado_http(form: EnvioForm | None) -> int:
    """200; 422 for a form that comes back (`comun.espera` makes it 429 where a limit sent it back)."""
    return 200 if form is None or not form.is_bound else NO_PROCESABLE


def _en_espera(request: HttpRequest) -> int | None:
    """What this browser sent last without an account and still has to be confirmed."""
    pk = (request.session.get(POR_CONFIRMAR) or {}).get("aporte")
    return pk if isinstance(pk, int) else None


def _comprobar_que_es_el_mismo(envio: Envio, form: EnvioForm) -> None:
    """Someone went back, wrote something else and sent it with the key of what was received before."""
    if envio.nuevo:
        return
    antes, ahora = envio.aporte.contenido, form.contenido()
    if (antes.texto, antes.titulo or "") != (ahora.texto, ahora.titulo):
        cual = _("el aporte %(f)s") % {"f": envio.aporte.folio or _("que espera su confirmación")}
        raise Conflicto(
            _(
                "Con este formulario ya se recibió %(cual)s, con otro texto. "
                "Si quiere enviar este como un aporte nuevo, envíelo otra vez."
            )
            % {"cual": cual}
        )


def _guardar(
    request: HttpRequest, form: EnvioForm, participacion: Participacion
) -> HttpResponseRedirect | None:
    """The button «Guardar borrador»: keep it and open the form again; tell where a newer one is."""
    try:
        guardado.anotar(request, participacion.lugar, request.POST)
    except guardado.HayUnoMasNuevo as error:
        participacion.hay_mas_nuevo = True
        participacion.visto = error.borrador.guardado_en.isoformat()
        form.add_error(None, error.mensaje)
        return None
    except ErrorDeDominio as error:
        form.add_error(None, error.mensaje)
        return None
    return redirect(f"{participacion.lugar}{ANCLA}")


def _llevar(
    request: HttpRequest, envio: Envio, participacion: Participacion
) -> HttpResponseRedirect:
    """To the receipt; a guest, to where it says that a mail is on its way."""
    guardado.olvidar(request, participacion.lugar)
    if envio.por_confirmar:
        request.session[POR_CONFIRMAR] = {
            "aporte": envio.aporte.pk,
            "en": envio.aporte.enviado_en.isoformat(),
            "lugar": participacion.lugar,
        }
        return redirect("paginas:por_confirmar")
    request.session[LUGAR_ENVIADO] = participacion.lugar
    if not envio.nuevo:
        messages.info(request, _("Ya habíamos recibido este envío: no se duplicó."))
    if not participacion.autenticado:
        return redirect(envio.aporte)
    return al_recibo(request, envio.aporte)


def al_recibo(request: HttpRequest, aporte: Aporte) -> HttpResponseRedirect:
    """To the receipt, which will show the private code once."""
    pendientes = [pk for pk in request.session.get(RECIBOS, []) if pk != aporte.pk]
    request.session[RECIBOS] = [*pendientes[-4:], aporte.pk]
    return redirect("paginas:recibo", aporte.folio)


def _de_cuenta(request: HttpRequest, lugar: str, ahora: datetime) -> tuple[Bloqueo | None, bool]:
    """The block in force of whoever asks, and whether they kept a draft here; one query for both."""
    quien = cuenta(request)
    if quien is None:
        return None, False
    bloqueos = colas.bloqueos(ahora).filter(cuenta=OuterRef("pk"), desde__lte=ahora)
    borradores = BorradorDeAporte.objects.filter(cuenta=OuterRef("pk"), lugar=lugar)
    bloqueo, borrador = User.objects.values_list(
        Subquery(bloqueos.values("pk")[:1]), Subquery(borradores.values("pk")[:1])
    ).get(pk=quien.pk)
    return Bloqueo.objects.get(pk=bloqueo) if bloqueo else None, borrador is not None


def _motivo(consulta: Consulta, ahora: datetime) -> str:
    if consulta.etapa.proceso.es_historico:
        return _("Este proceso es histórico: se puede leer, pero ya no recibe aportes.")
    estado = consulta.etapa.estado(ahora)
    if estado is EstadoEtapa.FUTURA:
        return _("Esta consulta todavía no se abre.")
    if estado is EstadoEtapa.ABIERTA:
        return _("Esta consulta no recibe este tipo de aportes.")
    return _("El plazo para participar terminó.")
