"""Notes, questions and their answers, and the views a person keeps: what their forms do."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.respuestas.escritorio.asignar import LISTA, VER
from consulta.respuestas.expediente import aporte_del_libro, expediente
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.anotar import anotar, contestar
from consulta.respuestas.flows.vistas import eliminar_vista, guardar_vista, renombrar_vista
from consulta.respuestas.forms.cola import ContestarForm, NotaForm
from consulta.respuestas.models import Nota, VistaGuardada
from consulta.respuestas.notas import notas_que_lee
from consulta.respuestas.permissions import puede_anotar, puede_contestar, puede_ver_libro
from cuentas.models import User


def nota(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note about a contribution, or ask another institution."""
    usuario = cast(User, request.user)
    if not puede_anotar(usuario):
        return denegar(request)
    aporte = aporte_del_libro(pk)
    form = NotaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hecha = anotar(aporte=aporte, por=usuario, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            texto = (
                _("Preguntó a %(para)s: su contestación aparecerá aquí.") % {"para": hecha.para}
                if hecha.para
                else _("Nota guardada. Solo la lee su institución.")
            )
            messages.success(request, texto)
            return HttpResponseRedirect(f"{reverse(VER, args=[pk])}#notas")
    contexto = expediente(aporte) | {"form": form, "titulo": _("Nota interna")}
    estado = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "respuestas/nota.html", contexto, status=estado)


def contestacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question that another institution asked."""
    usuario = cast(User, request.user)
    pregunta = get_object_or_404(notas_que_lee(usuario), pk=pk, para__isnull=False)
    if not puede_contestar(usuario, pregunta):
        return denegar(request, _("Esa pregunta es para otra institución."))
    aporte = aporte_del_libro(pregunta.aporte_id)
    form = ContestarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contestar(pregunta=pregunta, por=usuario, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("Contestación enviada a quien preguntó."))
            return HttpResponseRedirect(f"{reverse(VER, args=[aporte.pk])}#notas")
    contexto = expediente(aporte) | {
        "form": form,
        "pregunta": Nota.objects.select_related("institucion").get(pk=pk),
        "titulo": _("Contestar la pregunta"),
    }
    estado = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "respuestas/nota.html", contexto, status=estado)


@require_POST
def guardar(request: HttpRequest) -> HttpResponse:
    """Keep the filters on screen under a name."""
    usuario = cast(User, request.user)
    if not puede_ver_libro(usuario):
        return denegar(request)
    filtros = FiltrosDeCola(_pedido(request), usuario, propios=False)
    try:
        vista = guardar_vista(
            nombre=request.POST.get("nombre", ""), filtros=filtros.cadena(), por=usuario
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("Vista «%(nombre)s» guardada.") % {"nombre": vista.nombre})
    return HttpResponseRedirect(f"{reverse(LISTA)}?{filtros.cadena()}")


@require_POST
def cambiar(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view of one's own, or forget it."""
    usuario = cast(User, request.user)
    vista = get_object_or_404(VistaGuardada, pk=pk, cuenta=usuario)
    try:
        if "eliminar" in request.POST:
            eliminar_vista(vista=vista, por=usuario)
            messages.success(request, _("Vista eliminada."))
        else:
            renombrar_vista(vista=vista, nombre=request.POST.get("nombre", ""), por=usuario)
            messages.success(request, _("La vista tiene otro nombre."))
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    return HttpResponseRedirect(f"{reverse(LISTA)}?{vista.filtros}")


def _pedido(request: HttpRequest) -> dict[str, str]:
    return QueryDict(request.POST.get("filtro", "")[:2_000]).dict()
