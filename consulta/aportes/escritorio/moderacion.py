"""The desk of moderation in the back office: the queues, and one case with all its context."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.listas import consulta_sin, elegido, pagina
from comun.modeladmin import anotar_error, denegar
from consulta.aportes import colas
from consulta.aportes.enums import Causa, Situacion
from consulta.aportes.flows.apelar import resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta, levantar_bloqueo
from consulta.aportes.flows.moderar import (
    desestimar_reportes,
    marcar_revisados,
    remover_aporte,
    remover_varios,
    reponer_aporte,
)
from consulta.aportes.forms.moderacion import (
    BloquearForm,
    DesestimarForm,
    RemoverForm,
    ReponerForm,
    ResolverForm,
)
from consulta.aportes.models import Apelacion, Aporte, Bloqueo
from consulta.aportes.permissions import (
    puede_bloquear,
    puede_moderar,
    puede_remover,
    puede_resolver,
)
from consulta.procesos.models import Consulta
from cuentas.models import User

COLA = "moderacion"
CASO = "moderacion_caso"
POR_PAGINA = 30
HERMANAS = 5
VISTAS = {
    "reportados": gettext_lazy("Reportados"),
    "sin_revisar": gettext_lazy("Recientes sin revisar"),
    "apelaciones": gettext_lazy("Apelaciones"),
    "removidos": gettext_lazy("Removidos"),
    "bloqueos": gettext_lazy("Cuentas bloqueadas"),
}


def cola(request: HttpRequest) -> HttpResponse:
    """One of the queues; a POST acts on the rows that were ticked."""
    quien = cast(User, request.user)
    if not puede_moderar(quien):
        return denegar(request)
    ver = elegido(request, "ver", VISTAS) or "reportados"
    form = RemoverForm(request.POST or None)
    if request.method == "POST" and _actuar(request, quien, form):
        return HttpResponseRedirect(request.get_full_path())
    consultas = dict(Consulta.objects.order_by("-pk").values_list("slug", "titulo"))
    filtro = colas.Filtro(
        consulta=elegido(request, "consulta", consultas),
        causa=elegido(request, "causa", Causa.values),
    )
    ahora = timezone.now()
    filas: Any = {
        "reportados": colas.reportados,
        "sin_revisar": colas.sin_revisar,
        "removidos": colas.removidos,
        "apelaciones": colas.apelaciones,
        "bloqueos": lambda _filtro: colas.bloqueos(ahora),
    }[ver](filtro)
    if filas.model is Aporte:
        filas = filas.only("pk")  # found and sorted narrow: what is shown is read by id
    esperan = colas.cuantos_esperan(ahora)
    # What the tab says, where nothing narrows it: it was counted already.
    hay = esperan[ver] if filtro == colas.Filtro() else None
    page_obj = pagina(request, filas, POR_PAGINA, hay)
    page_obj.object_list = _con_contexto(ver, list(page_obj.object_list))
    return TemplateResponse(
        request,
        "moderacion/cola.html",
        {
            "ver": ver,
            "vistas": [(clave, texto, esperan[clave]) for clave, texto in VISTAS.items()],
            "page_obj": page_obj,
            "filtro": filtro,
            "consultas": consultas.items(),
            "causas": Causa.choices,
            "sin_pagina": consulta_sin(request),
            "form": form,
            "elegidos": set(request.POST.getlist("aporte")),
        },
        status=422 if form.errors else 200,
    )


def caso(request: HttpRequest, pk: int) -> HttpResponse:
    """One contribution with reports, thread and past, and everything that may be done about it."""
    quien = cast(User, request.user)
    if not puede_moderar(quien):
        return denegar(request)
    aporte = get_object_or_404(
        Aporte.objects.confirmados().con_texto().select_related("padre__consulta", "removido_por"),
        pk=pk,
    )
    apelacion = aporte.apelaciones.filter(acogida=None).first()
    autor = getattr(getattr(aporte, "autoria", None), "cuenta", None)
    acciones = _acciones(request, aporte, apelacion, autor)
    accion = request.POST.get("accion", "")
    if request.method == "POST" and accion not in acciones:
        messages.warning(
            request,
            _("Eso ya no se puede hacer: alguien decidió antes. Así está ahora este aporte."),
        )
    elif request.method == "POST":
        form = acciones[accion]
        if form.is_valid():
            try:
                mensaje = _hacer(accion, form, aporte, apelacion, autor, quien)
            except ErrorDeDominio as error:
                anotar_error(form, error)
            else:
                messages.success(request, mensaje)
                return HttpResponseRedirect(reverse(COLA))
    contexto = {
        "caso": colas.casos_de([aporte])[0],
        "aporte": aporte,
        "padre": _con_texto(aporte.padre_id),
        "hermanas": Aporte.objects.confirmados()
        .con_texto()
        .filter(raiz=aporte.raiz_id or aporte.pk)
        .exclude(pk=aporte.pk)
        .order_by("-enviado_en")[:HERMANAS],
        "apelacion": apelacion,
        "acciones": acciones,
        "abierta": accion,
        "es_propio": not puede_remover(quien, aporte),
        "anteriores": aporte.reportes.exclude(estado="abierto").order_by("-resuelto_en")[:HERMANAS],
    }
    estado = 422 if any(f.is_bound and f.errors for f in acciones.values()) else 200
    return TemplateResponse(request, "moderacion/caso.html", contexto, status=estado)


def levantar(request: HttpRequest, pk: int) -> HttpResponse:
    """End a block before its time; only by POST, from its row."""
    if not puede_moderar(cast(User, request.user)):
        return denegar(request)
    bloqueo = get_object_or_404(Bloqueo, pk=pk)
    if request.method == "POST":
        try:
            levantar_bloqueo(bloqueo=bloqueo, por=cast(User, request.user))
            messages.success(request, _("La cuenta puede escribir otra vez."))
        except ErrorDeDominio as error:
            messages.error(request, error.mensaje)
    return HttpResponseRedirect(f"{reverse(COLA)}?ver=bloqueos")


def _actuar(request: HttpRequest, quien: User, form: RemoverForm) -> bool:
    """Do what was asked of the ticked rows; False when the form must be shown again."""
    ids = [
        int(pk)
        for pk in request.POST.getlist("aporte")
        if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]
    filas = list(Aporte.objects.confirmados().select_related("consulta").filter(pk__in=ids[:200]))
    if not filas:
        messages.warning(request, _("Elija al menos un aporte."))
        return True
    if request.POST.get("accion") == "revisar":
        hechos = marcar_revisados(aportes=filas, por=quien)
        messages.success(request, _("%(n)s marcados como revisados.") % {"n": hechos})
        return True
    if not form.is_valid():
        return False
    try:
        tanda = remover_varios(aportes=filas, por=quien, **form.cleaned_data)
    except ErrorDeDominio as error:
        anotar_error(form, error)
        return False
    messages.success(request, _("%(n)s removidos.") % {"n": len(tanda.hechos)})
    for folio, mensaje in tanda.errores:
        messages.warning(request, f"{folio}: {mensaje}")
    return True


def _acciones(
    request: HttpRequest, aporte: Aporte, apelacion: Apelacion | None, autor: User | None
) -> dict[str, forms.Form]:
    """What this person may do now, by name, each with its form: the one sent is filled.

    Fields are prefixed by the name.
    """
    quien = cast(User, request.user)
    enviada = request.POST.get("accion")
    removido = aporte.situacion == Situacion.REMOVIDO
    ofrece: list[tuple[str, bool, Callable[..., forms.Form]]] = [
        ("resolver", bool(apelacion and puede_resolver(quien, apelacion)), ResolverForm),
        (
            "desestimar",
            puede_remover(quien, aporte) and aporte.reportes.filter(estado="abierto").exists(),
            DesestimarForm,
        ),
        ("remover", aporte.es_visible and puede_remover(quien, aporte), RemoverForm),
        ("reponer", removido and not apelacion and puede_remover(quien, aporte), ReponerForm),
        ("bloquear", autor is not None and puede_bloquear(quien, autor), BloquearForm),
    ]
    return {
        nombre: clase(request.POST if nombre == enviada else None, prefix=nombre)
        for nombre, si, clase in ofrece
        if si
    }


def _hacer(
    accion: str,
    form: Any,
    aporte: Aporte,
    apelacion: Apelacion | None,
    autor: User | None,
    quien: User,
) -> str:
    """Call the flow of `accion`; returns what to tell. Raises what the flow raises."""
    datos = form.cleaned_data
    if accion == "resolver" and apelacion is not None:
        resolver_apelacion(apelacion=apelacion, por=quien, **datos)
        return _("Apelación resuelta. Le escribimos a quien apeló.")
    if accion == "desestimar":
        desestimar_reportes(aporte=aporte, por=quien, **datos)
        return _("El aporte sigue publicado. Le escribimos a quien reportó.")
    if accion == "remover":
        remover_aporte(aporte=aporte, por=quien, **datos)
        return _("%(folio)s fue removido.") % {"folio": aporte.folio}
    if accion == "reponer":
        reponer_aporte(aporte=aporte, por=quien, **datos)
        return _("%(folio)s volvió a publicarse.") % {"folio": aporte.folio}
    ahora = timezone.now()
    bloquear_cuenta(
        cuenta=cast(User, autor),
        por=quien,
        motivo=datos["motivo"],
        hasta=form.hasta(ahora),
        ahora=ahora,
    )
    return _("La cuenta que escribió %(folio)s quedó bloqueada.") % {"folio": aporte.folio}


def _con_contexto(ver: str, filas: list[Any]) -> list[Any]:
    if ver == "bloqueos":
        return filas
    if ver == "apelaciones":
        aportes = _por_id([f.aporte_id for f in filas])
        for fila in filas:
            fila.aporte = aportes[fila.aporte_id]
        return filas
    por_id = _por_id([f.pk for f in filas])
    return colas.casos_de(por_id[f.pk] for f in filas)


def _por_id(ids: list[int]) -> dict[int, Aporte]:
    return {a.pk: a for a in Aporte.objects.con_texto().filter(pk__in=ids)}


def _con_texto(pk: int | None) -> Aporte | None:
    return Aporte.objects.con_texto().filter(pk=pk).first() if pk else None
