"""Shared texts in the back office: which a program proposed, and what a person says of each."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.listas import consulta_sin, elegido, pagina
from comun.modeladmin import anotar_error, denegar
from consulta.aportes import campanas as textos
from consulta.aportes.enums import ClaseGrupo, EstadoCampana, VerMiembros
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    devolver_a_campana,
    modelo_de,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.forms.campanas import ConfirmarForm, DeshacerForm
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.permissions import puede_moderar, puede_revisar_campanas
from consulta.aportes.semejanza.parecidos import texto_completo
from consulta.procesos.models import Consulta
from cuentas.models import User

LISTA = "campanas_del_escritorio"
UNA = "campana_del_escritorio"
POR_PAGINA = 30
ELEGIBLES = 200


def lista(request: HttpRequest) -> HttpResponse:
    """The groups of one state, the largest first."""
    if not puede_revisar_campanas(cast(User, request.user)):
        return denegar(request)
    consultas = dict(
        Consulta.objects.filter(grupos__clase=ClaseGrupo.CAMPANA)
        .distinct()
        .order_by("-pk")
        .values_list("slug", "titulo")
    )
    ver = elegido(request, "ver", EstadoCampana.values) or EstadoCampana.POR_REVISAR
    consulta = elegido(request, "consulta", consultas)
    page_obj = pagina(request, textos.campanas(ver, consulta), POR_PAGINA)
    filas = list(page_obj.object_list)
    comunes = textos.textos_de(filas)
    cuentas = textos.cuantas(consulta)
    return TemplateResponse(
        request,
        "moderacion/campanas.html",
        {
            "ver": ver,
            "vistas": [(e.value, e.label, cuentas[e]) for e in EstadoCampana],
            "page_obj": page_obj,
            "filas": [(grupo, comunes[grupo.pk]) for grupo in filas],
            "consulta": consulta,
            "consultas": consultas.items(),
            "sin_pagina": consulta_sin(request),
            "modera": puede_moderar(cast(User, request.user)),
        },
    )


def una(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its text, who sent it, what each adds, and what a person may say of it."""
    quien = cast(User, request.user)
    if not puede_revisar_campanas(quien):
        return denegar(request)
    grupo = get_object_or_404(
        Grupo.objects.select_related("consulta", "confirmado_por"),
        pk=pk,
        clase=ClaseGrupo.CAMPANA,
    )
    accion = request.POST.get("accion", "")
    visto = {"titulo": grupo.titulo, "visto": grupo.titulo}
    confirmar = ConfirmarForm(request.POST if accion == "confirmar" else None, initial=visto)
    deshacer = DeshacerForm(request.POST if accion == "deshacer" else None)
    if request.method == "POST":
        form = {"confirmar": confirmar, "deshacer": deshacer}.get(accion)
        if form is None:
            _mover(request, grupo, accion, quien)
            return HttpResponseRedirect(request.get_full_path())
        if form.is_valid():
            try:
                mensaje = _decidir(accion, form.cleaned_data, grupo, quien)
            except ErrorDeDominio as error:
                anotar_error(form, error)
            else:
                messages.success(request, mensaje)
                return HttpResponseRedirect(request.get_full_path())
    grupo.refresh_from_db()
    ver = elegido(request, "ver", VerMiembros.values) or VerMiembros.TODOS
    page_obj = pagina(request, textos.miembros(grupo, ver), POR_PAGINA)
    modelo = modelo_de(grupo)
    comun = texto_completo(modelo) if modelo is not None else ""
    fallas = confirmar.errors or deshacer.errors
    return TemplateResponse(
        request,
        "moderacion/campana.html",
        {
            "grupo": grupo,
            "estado": textos.estado_de(grupo.confirmado_en, grupo.deshecho_en),
            "modelo": modelo,
            "comun": comun,
            "ver": ver,
            "vistas": _vistas(grupo),
            "page_obj": page_obj,
            "miembros": textos.con_cambios(page_obj.object_list, comun),
            "sin_pagina": consulta_sin(request),
            "confirmar": confirmar,
            "deshacer": deshacer,
            "modera": puede_moderar(quien),
        },
        status=422 if fallas else 200,
    )


def _decidir(accion: str, datos: dict[str, Any], grupo: Grupo, quien: User) -> str:
    """Confirm or undo; returns what to tell. Raises what the flow raises."""
    if accion == "confirmar":
        antes = grupo.confirmado_en
        revisar_campana(grupo=grupo, por=quien, titulo=datos["titulo"], visto=datos["visto"])
        return _("Título cambiado.") if antes else _("Grupo confirmado: quedó a la vista.")
    deshacer_campana(grupo=grupo, por=quien, motivo=datos["motivo"])
    return _("Grupo deshecho. Cada aporte sigue publicado por separado.")


def _mover(request: HttpRequest, grupo: Grupo, accion: str, quien: User) -> None:
    """Take the ticked ones out, or back in; a message says how it went."""
    mover = {"sacar": sacar_de_campana, "devolver": devolver_a_campana}.get(accion)
    ids = [
        int(pk)
        for pk in request.POST.getlist("aporte")[:ELEGIBLES]
        if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]
    aportes = list(Aporte.objects.filter(pk__in=ids))
    if mover is None or not aportes:
        messages.warning(request, _("Elija al menos un aporte."))
        return
    try:
        n = mover(grupo=grupo, aportes=aportes, por=quien)
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
        return
    texto = _("%(n)s fuera del grupo.") if accion == "sacar" else _("%(n)s de vuelta en el grupo.")
    messages.success(request, texto % {"n": n})


def _vistas(grupo: Grupo) -> list[tuple[str, Any, int]]:
    """The tabs with their numbers: two are kept on the row, one is counted."""
    cuentas = {
        VerMiembros.TODOS: grupo.envios,
        VerMiembros.PROPIOS: grupo.propios,
        VerMiembros.FUERA: textos.miembros(grupo, VerMiembros.FUERA).count(),
    }
    return [(v.value, v.label, cuentas[v]) for v in VerMiembros]
