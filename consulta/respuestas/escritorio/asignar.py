"""Handing over and referring, one or many, and taking it back: the pages."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte
from consulta.respuestas.escritorio.columnas import breve
from consulta.respuestas.expediente import aporte_del_libro, expediente
from consulta.respuestas.flows.asignar import (
    asignar_aporte,
    derivar_aporte,
    deshacer_asignacion,
)
from consulta.respuestas.flows.mover import MAXIMO, Movidos, asignar_aportes
from consulta.respuestas.forms.cola import AsignarForm
from consulta.respuestas.models import Derivacion
from consulta.respuestas.permissions import puede_asignar, puede_asignar_aporte
from consulta.respuestas.seleccion import Seleccion, seleccion_de
from cuentas.models import User

LISTA = "participacion_aportes_modeladmin_index"
VER = "participacion_aportes_modeladmin_inspect"
MUESTRA = 10


def asignar(request: HttpRequest, pk: int, deriva: bool = False) -> HttpResponse:
    """Hand a pending contribution over, or refer it: the same page, where referring asks for a reason."""
    usuario = cast(User, request.user)
    if not puede_asignar(usuario):
        return denegar(request)
    aporte = aporte_del_libro(pk)
    if not puede_asignar_aporte(usuario, aporte):
        return denegar(request, _("Está a cargo de otra institución: pídale que se lo derive."))
    inicial: dict[str, Any] = {"visto_en": timezone.now().isoformat()}
    if not deriva:
        inicial |= {
            "institucion": aporte.institucion_id or usuario.institucion_id,
            "responsable": aporte.responsable_id,
        }
    form = AsignarForm(request.POST or None, usuario=usuario, deriva=deriva, initial=inicial)
    estado = 200
    if request.method == "POST":
        if form.is_valid() and _hecho(request, form, aporte, deriva):
            return HttpResponseRedirect(reverse(VER, args=[pk]))
        estado = 422
    contexto = expediente(aporte) | {"form": form, "deriva": deriva}
    return TemplateResponse(request, "respuestas/asignar.html", contexto, status=estado)


def _hecho(request: HttpRequest, form: AsignarForm, aporte: Aporte, deriva: bool) -> bool:
    flujo = derivar_aporte if deriva else asignar_aporte
    try:
        flujo(aporte=aporte, por=cast(User, request.user), **form.cleaned_data)
    except ErrorDeDominio as error:
        anotar_error(form, error)
        return False
    texto = _("%(folio)s quedó derivado.") if deriva else _("%(folio)s quedó asignado.")
    suyas = Derivacion.objects.filter(aporte=aporte, por=cast(User, request.user))
    ultima = suyas.filter(deshecha_en=None).first()
    botones = [messages.button(_url_deshacer(ultima.tanda), _("Deshacer"))] if ultima else []
    messages.success(request, texto % {"folio": aporte.folio}, buttons=botones)
    return True


def asignar_varios(request: HttpRequest, deriva: bool = False) -> HttpResponse:
    """Hand over or refer what was marked in the queue: first how many they are, then done."""
    usuario = cast(User, request.user)
    if not puede_asignar(usuario):
        return denegar(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse(LISTA))
    confirma = "confirmar" in request.POST
    ahora = timezone.now()
    inicial = {
        "visto_en": ahora.isoformat(),
        "institucion": None if deriva else usuario.institucion_id,
    }
    form = AsignarForm(
        request.POST if confirma else None, usuario=usuario, deriva=deriva, initial=inicial
    )
    form_vale = confirma and form.is_valid()
    hasta: datetime = (form.cleaned_data.get("visto_en") if form_vale else None) or ahora
    elegidas = seleccion_de(request.POST, usuario, hasta=hasta)
    ids = elegidas.ids()
    if not ids:
        messages.warning(request, _("Marque al menos un aporte de la lista."))
        return HttpResponseRedirect(lista_de_vuelta(request))
    if form_vale:
        try:
            hecho = asignar_aportes(aportes=ids, por=usuario, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            return _contar(request, hecho, deriva)
    return TemplateResponse(
        request,
        "respuestas/asignar_varios.html",
        _muestra(elegidas, ids)
        | {"form": form, "deriva": deriva, "vuelta": lista_de_vuelta(request)},
        status=422 if confirma else 200,
    )


def _muestra(elegidas: Seleccion, ids: list[int]) -> dict[str, Any]:
    """The number of rows and how the first ones begin."""
    filas = Aporte.objects.con_texto().in_bulk(ids[:MUESTRA])
    return {
        "n": len(ids),
        "demasiados": len(ids) > MAXIMO,
        "maximo": MAXIMO,
        "ids": elegidas.marcadas,
        "filtro": elegidas.filtro,
        "muestra": [(filas[pk], breve(filas[pk])) for pk in ids[:MUESTRA]],
        "resto": max(0, len(ids) - MUESTRA),
    }


def _contar(request: HttpRequest, hecho: Movidos, deriva: bool) -> HttpResponse:
    """Back to the list when all went well; else a page with what was set aside, and why."""
    n, iguales = len(hecho.aportes), hecho.iguales
    que = _("derivado") if deriva else _("asignado")
    texto = f"1 aporte {que}." if n == 1 else f"{n} aportes {que}s."
    if iguales:
        texto += f" {iguales} ya estaba{'' if iguales == 1 else 'n'} así."
    if not hecho.apartados:
        botones = [messages.button(_url_deshacer(hecho.tanda), _("Deshacer"))] if n else []
        messages.success(request, texto, buttons=botones)
        return HttpResponseRedirect(lista_de_vuelta(request))
    return TemplateResponse(
        request,
        "respuestas/apartados.html",
        {
            "texto": texto,
            "apartados": hecho.apartados,
            "deshacer": _url_deshacer(hecho.tanda) if n else "",
            "vuelta": lista_de_vuelta(request),
        },
    )


def deshacer(request: HttpRequest, tanda: UUID) -> HttpResponse:
    """Ask, then give the rows of one act back to who had them."""
    usuario = cast(User, request.user)
    if not puede_asignar(usuario):
        return denegar(request)
    filas = Derivacion.objects.filter(tanda=tanda, por=usuario, deshecha_en=None)
    if request.method == "POST":
        try:
            hecho = deshacer_asignacion(tanda=tanda, por=usuario)
        except ErrorDeDominio as error:
            messages.error(request, error.mensaje)
            return HttpResponseRedirect(reverse(LISTA))
        texto = f"Deshecho: {len(hecho.aportes)} aportes volvieron a quien los tenía."
        if not hecho.apartados:
            messages.success(request, texto)
            return HttpResponseRedirect(reverse(LISTA))
        resumen = {"texto": texto, "apartados": hecho.apartados, "vuelta": reverse(LISTA)}
        return TemplateResponse(request, "respuestas/apartados.html", resumen)
    contexto = {"n": filas.count(), "primera": filas.select_related("a").first()}
    return TemplateResponse(request, "respuestas/deshacer.html", contexto)


def _url_deshacer(tanda: UUID) -> str:
    return reverse("deshacer_asignacion", args=[tanda])


def lista_de_vuelta(request: HttpRequest) -> str:
    """The list as it was: its query string, and nothing that comes from outside."""
    return f"{reverse(LISTA)}?{request.POST.get('vuelta', '').replace(chr(0), '')[:2000]}"
