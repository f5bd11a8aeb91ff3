"""Rules of assignment: the page where they are read, tried, ordered and applied."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.procesos.models import Consulta
from consulta.respuestas.cola import por_lo_que_espera
from consulta.respuestas.escritorio.asignar import LISTA
from consulta.respuestas.escritorio.columnas import breve
from consulta.respuestas.flows.reglas import (
    aplicar_reglas,
    crear_regla,
    editar_regla,
    eliminar_regla,
    mover_regla,
)
from consulta.respuestas.forms.reglas import ReglaForm
from consulta.respuestas.models import Regla
from consulta.respuestas.permissions import puede_gestionar_reglas, puede_ver_libro
from consulta.respuestas.reglas import ensayar, libres
from cuentas.models import User


def reglas(request: HttpRequest) -> HttpResponse:
    """The rules of one consultation with what each would take now; any official may read them."""
    usuario = cast(User, request.user)
    if not puede_ver_libro(usuario):
        return denegar(request)
    consultas = por_lo_que_espera(Consulta.objects.all(), libres())
    pedida = request.GET.get("consulta", "")
    consulta = next(
        (c for c in consultas if str(c.pk) == pedida), consultas[0] if consultas else None
    )
    contexto = {
        "consultas": consultas,
        "consulta": consulta,
        "ensayos": [
            (e, [(a, breve(a)) for a in e.muestra]) for e in (ensayar(consulta) if consulta else [])
        ],
        "libres": consulta.esperan if consulta else 0,  # type: ignore[attr-defined]
        "puede_gestionar": puede_gestionar_reglas(usuario),
        "lista": reverse(LISTA),
    }
    return TemplateResponse(request, "respuestas/reglas.html", contexto)


def regla(request: HttpRequest, consulta: int = 0, pk: int = 0) -> HttpResponse:
    """Write a rule for a consultation, or change one."""
    usuario = cast(User, request.user)
    if not puede_gestionar_reglas(usuario):
        return denegar(request)
    fila = get_object_or_404(Regla, pk=pk) if pk else None
    de = get_object_or_404(Consulta, pk=fila.consulta_id if fila else consulta)
    form = ReglaForm(request.POST or None, instance=fila, usuario=usuario)
    if request.method == "POST" and form.is_valid():
        try:
            if fila is None:
                crear_regla(consulta=de, por=usuario, **form.cleaned_data)
            else:
                editar_regla(regla=fila, por=usuario, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("Regla guardada: valdrá para lo que llegue desde ahora."))
            return _a_la_lista(de.pk)
    estado = 422 if request.method == "POST" else 200
    contexto = {"form": form, "consulta": de, "fila": fila, "vuelta": _direccion(de.pk)}
    return TemplateResponse(request, "respuestas/regla.html", contexto, status=estado)


@require_POST
def cambiar(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a rule up or down, or take it away."""
    usuario = cast(User, request.user)
    if not puede_gestionar_reglas(usuario):
        return denegar(request)
    fila = get_object_or_404(Regla, pk=pk)
    consulta = fila.consulta_id
    if "eliminar" in request.POST:
        eliminar_regla(regla=fila, por=usuario)
        messages.success(request, _("Regla eliminada. Lo que asignó sigue donde está."))
    else:
        mover_regla(regla=fila, sube="subir" in request.POST, por=usuario)
    return _a_la_lista(consulta)


@require_POST
def aplicar(request: HttpRequest, consulta: int) -> HttpResponse:
    """Let the rules take what fits now, old rows too."""
    usuario = cast(User, request.user)
    if not puede_gestionar_reglas(usuario):
        return denegar(request)
    de = get_object_or_404(Consulta, pk=consulta)
    hecho = aplicar_reglas(consulta=de, por=usuario)
    n = len(hecho.aportes)
    botones = []
    if n:
        ruta = reverse("deshacer_asignacion", args=[hecho.tanda])
        botones = [messages.button(ruta, _("Deshacer"))]
    texto = (
        "1 aporte asignado por las reglas." if n == 1 else f"{n} aportes asignados por las reglas."
    )
    messages.success(request, texto, buttons=botones)
    return _a_la_lista(consulta)


def _direccion(consulta: int) -> str:
    return f"{reverse('reglas')}?consulta={consulta}"


def _a_la_lista(consulta: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(_direccion(consulta))
