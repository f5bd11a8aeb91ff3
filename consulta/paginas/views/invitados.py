"""A guest's way from the form to the folio: the mail that was sent, and its confirmation."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun.errores import Conflicto, ErrorDeDominio
from comun.limites import direccion_de
from comun.puerta import pasar
from comun.trampa import FormularioAbierto
from consulta.aportes.flows.confirmar import (
    confirmar_aporte,
    por_vale,
    reenviar_confirmacion,
    vence_en,
)
from consulta.aportes.flows.invitados import PLAZO, Invitado
from consulta.aportes.flows.otro_correo import cambiar_correo
from consulta.aportes.flows.preguntas import Pregunta, YaEnviado
from consulta.aportes.flows.repetidos import publicado_antes
from consulta.aportes.models import Aporte
from consulta.paginas import abiertos
from consulta.paginas.cabeceras import migas, seo
from consulta.paginas.envio import POR_CONFIRMAR, al_recibo
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario, estado_de_formulario
from consulta.paginas.forms.aporte import OtroCorreoForm
from consulta.paginas.guardado import leer_instante
from consulta.paginas.presentacion.detalle import palabras_de
from consulta.paginas.presentacion.mios import sobre_que

VER_EL_PRIMERO = "ver_el_primero"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def por_confirmar(request: HttpRequest) -> HttpResponse:
    """After sending without an account: what is missing, until when, and what if no mail comes."""
    enviado = request.session.get(POR_CONFIRMAR) or {}
    en = leer_instante(str(enviado.get("en", "")))
    if en is None:
        return redirect("paginas:mi_aporte")
    aporte, cambia = _que_espera(enviado.get("aporte")), "correo" in request.POST
    enviados = request.POST if request.method == "POST" else None
    form = FormularioAbierto(None if cambia else enviados)
    otro = OtroCorreoForm(enviados if cambia else None)
    if form.is_valid():
        _reenviar(request, aporte, form.prueba)
        return redirect("paginas:por_confirmar")
    if otro.is_valid() and _cambiar_correo(request, aporte, otro):
        return redirect("paginas:por_confirmar")
    return TemplateResponse(
        request,
        "paginas/por_confirmar.html",
        {
            "seo": seo("Falta un paso", reverse("paginas:por_confirmar")),
            "migas": migas(("Falta un paso", "")),
            "vence": en + PLAZO,
            "lugar_enviado": enviado.get("lugar", ""),
            "form": form,
            "otro": otro,
        },
        status=estado_de_formulario(otro if cambia else form),
    )


def _que_espera(pk: object) -> Aporte | None:
    if not isinstance(pk, int):
        return None
    filas = Aporte.objects.con_texto().filter(pk=pk, autoria__cuenta=None)
    return filas.select_related("autoria", "consulta", "asunto", "padre").first()


def _cambiar_correo(request: HttpRequest, aporte: Aporte | None, otro: OtroCorreoForm) -> bool:
    correo, desde = otro.cleaned_data["correo"], direccion_de(request)
    try:
        if aporte is None:
            raise Conflicto(_("Este aporte ya no espera confirmación."))
        cambiar_correo(aporte=aporte, invitado=Invitado(correo, desde=desde, prueba=otro.prueba))
    except ErrorDeDominio as error:
        errores_de_formulario(otro, error)
        return False
    messages.success(request, _("Enviamos el enlace al correo que escribió ahora."))
    return True


def _reenviar(request: HttpRequest, aporte: Aporte | None, prueba: str) -> None:
    try:
        if aporte is None:
            raise Conflicto(_("Este aporte ya no espera confirmación."))
        pasar("invitado", desde=direccion_de(request), prueba=prueba)
        reenviar_confirmacion(aporte=aporte)
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("Enviamos el correo otra vez, a la dirección que escribió."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmar(request: HttpRequest, vale: str) -> HttpResponse:
    """Show what is about to be confirmed; only the button confirms, since mail scanners open links."""
    ahora = timezone.now()
    if request.method == "POST":
        return _confirmar(request, vale, ahora)
    return _pagina(request, vale, ahora)


def _confirmar(request: HttpRequest, vale: str, ahora: datetime) -> HttpResponse:
    preguntas = [p for p in Pregunta if p.value not in request.POST.getlist("seguro")]
    try:
        hecha = confirmar_aporte(vale=vale, preguntas=preguntas, ahora=ahora)
    except YaEnviado as duda:
        if request.POST.get("accion") == VER_EL_PRIMERO:
            # Whoever holds the link holds the mailbox, and it is the same for both.
            abiertos.abrir(request, duda.aporte)
            return redirect("paginas:recibo", duda.aporte.folio)
        return _pagina(request, vale, ahora, status=NO_PROCESABLE)
    except ErrorDeDominio:
        return _pagina(request, vale, ahora, status=NO_PROCESABLE)
    if not hecha.nuevo and ahora >= vence_en(hecha.aporte):
        return redirect(hecha.aporte)
    if not hecha.nuevo:
        messages.info(request, _("Este aporte ya estaba confirmado: no se duplicó."))
    request.session.pop(POR_CONFIRMAR, None)
    abiertos.abrir(request, hecha.aporte)
    return al_recibo(request, hecha.aporte)


def _pagina(request: HttpRequest, vale: str, ahora: datetime, status: int = 200) -> HttpResponse:
    aporte = por_vale(vale)
    if aporte is None and status == 200:
        status = 404
    vence = vence_en(aporte) if aporte else None
    antes = publicado_antes(aporte) if aporte and not aporte.confirmado_en else None
    return TemplateResponse(
        request,
        "paginas/confirmar.html",
        {
            "seo": seo("Confirmar su aporte", reverse("paginas:por_confirmar")),
            "migas": migas(("Confirmar su aporte", "")),
            "aporte": aporte,
            "duda": YaEnviado(antes) if antes else None,
            "palabras": palabras_de(aporte) if aporte else [],
            "sobre": sobre_que(aporte) if aporte else ("", ""),
            "vence": vence,
            "vencido": vence is not None and ahora >= vence,
        },
        status=status,
    )
