"""Gathering contributions for one response: what was marked in the queue, or a branch of a thread."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.escritorio.asignar import lista_de_vuelta
from consulta.respuestas.expediente import aporte_del_libro
from consulta.respuestas.flows.ramas import alcance_de, reunir_rama
from consulta.respuestas.flows.varios import (
    Reunidos,
    reunir_borrador,
)
from consulta.respuestas.forms.varios import (
    RamaForm,
)
from consulta.respuestas.permissions import instituciones_de, puede_redactar
from consulta.respuestas.seleccion import seleccion_de
from cuentas.models import Institucion, User
from cuentas.roles import Rol


def institucion_comun(usuario: User, ids: list[int]) -> Institucion | None:
    """For whom they answer: the one that has them in hand, of those `usuario` answers for, else their own."""
    cargos = Aporte.objects.filter(pk__in=ids, institucion__isnull=False)
    if not usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        cargos = cargos.filter(institucion__in=instituciones_de(usuario))
    primero = cargos.select_related("institucion").order_by("pk").first()
    return primero.institucion if primero is not None else usuario.institucion


def responder_varios(request: HttpRequest) -> HttpResponse:
    """Begin one response for what was marked in the queue, and go to its page."""
    usuario = cast(User, request.user)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("borradores_de_respuestas"))
    ids = seleccion_de(request.POST, usuario).ids()
    institucion = institucion_comun(usuario, ids)
    if institucion is None or not puede_redactar(usuario, institucion):
        return denegar(request, _("Asigne antes estos aportes a la institución que responderá."))
    consultas = list(Consulta.objects.filter(aportes__in=ids[:1_001]).distinct()[:2])
    if len(consultas) != 1:
        texto = (
            _(
                "Eligió aportes de varias consultas, y una respuesta trata de una sola: filtre por consulta."
            )
            if consultas
            else _("Elija al menos un aporte.")
        )
        messages.error(request, texto)
        return HttpResponseRedirect(lista_de_vuelta(request))
    try:
        hecho = reunir_borrador(
            aportes=ids, consulta=consultas[0], institucion=institucion, por=usuario
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
        return HttpResponseRedirect(lista_de_vuelta(request))
    return _al_borrador(request, hecho)


def _al_borrador(request: HttpRequest, hecho: Reunidos) -> HttpResponse:
    if hecho.fuera:
        dichos = "; ".join(f"{r.aporte.folio}: {r.texto}" for r in hecho.fuera[:5])
        mas = len(hecho.fuera) - 5
        messages.warning(
            request,
            _("%(n)s quedaron fuera. %(dichos)s%(mas)s")
            % {
                "n": len(hecho.fuera),
                "dichos": dichos,
                "mas": _(" … y %(m)s más.") % {"m": mas} if mas > 0 else "",
            },
        )
    return HttpResponseRedirect(reverse("borrador_de_respuesta", args=[hecho.borrador.pk]))


def responder_rama(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose up to when the replies of a conversation are taken, and begin one response for them."""
    usuario = cast(User, request.user)
    cabeza = aporte_del_libro(pk)
    institucion = institucion_comun(usuario, [pk])
    if institucion is None or not puede_redactar(usuario, institucion):
        return denegar(request, _("Asigne antes este aporte a la institución que responderá."))
    form = RamaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hecho = reunir_rama(
                cabeza=cabeza, institucion=institucion, por=usuario,
                hasta=form.cleaned_data["hasta"],
            )  # fmt: skip
        except ErrorDeDominio as error:
            if isinstance(error, DatoInvalido) and error.campo not in form.fields:
                error.campo = "hasta"
            anotar_error(form, error)
        else:
            return _al_borrador(request, hecho)
    ahora = timezone.now()
    contexto = {"form": form, "aporte": cabeza, "ahora": ahora, "media": form.media,
                "esperan": len(alcance_de(cabeza, ahora).ids), "institucion": institucion}  # fmt: skip
    return TemplateResponse(
        request, "respuestas/rama.html", contexto, status=422 if form.errors else 200
    )
