"""The desk of quotes without a place: the list with how far it is, and putting one where it belongs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.listas import elegido, pagina
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.citas.huerfanas import (
    anterior_de,
    avances,
    candidatos_de,
    para_resolver,
    visibles,
)
from consulta.aportes.enums import EstadoAncla
from consulta.aportes.flows.citas import resolver_cita
from consulta.aportes.forms.moderacion import UbicarCitaForm
from consulta.aportes.permissions import puede_resolver_citas

POR_PAGINA = 25
ESTADOS = {"pendientes": _("Por resolver"), "resueltas": _("Resueltas")}


def citas(request: HttpRequest) -> HttpResponse:
    """Those to resolve first; those resolved can be resolved again."""
    if not puede_resolver_citas(request.user):  # type: ignore[arg-type]
        return denegar(request)
    estado = elegido(request, "estado", ESTADOS) or "pendientes"
    filas = para_resolver().order_by("version", "pk")
    pendientes = filas.filter(estado=EstadoAncla.HUERFANA)
    if estado == "resueltas":
        pendientes = filas.exclude(estado=EstadoAncla.HUERFANA)
    return TemplateResponse(
        request,
        "modeladmin/aportes/citas.html",
        {
            "avances": avances(),
            "estado": estado,
            "estados": ESTADOS,
            "page_obj": pagina(request, pendientes, POR_PAGINA),
        },
    )


def ubicar(request: HttpRequest, pk: int) -> HttpResponse:
    """One quote: its words, where they were, where they may be; a person decides."""
    if not puede_resolver_citas(request.user):  # type: ignore[arg-type]
        return denegar(request)
    filas = visibles().select_related("por").exclude(estado=EstadoAncla.ORIGINAL)
    ancla = get_object_or_404(filas, pk=pk)
    candidatos = candidatos_de(ancla)
    datos = request.POST if request.method == "POST" else None
    form = UbicarCitaForm(datos, candidatos=candidatos, version=ancla.version)
    if request.method == "POST" and form.is_valid():
        try:
            resolver_cita(ancla=ancla, por=request.user, **form.lugar())  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("Cita de %(f)s resuelta.") % {"f": ancla.aporte.folio})
            return HttpResponseRedirect(reverse("citas_huerfanas"))
    contexto: dict[str, Any] = {
        "ancla": ancla,
        "antes": anterior_de(ancla),
        "candidatos": candidatos,
        "form": form,
    }
    return TemplateResponse(
        request,
        "modeladmin/aportes/cita.html",
        contexto,
        status=422 if form.errors else 200,
    )
