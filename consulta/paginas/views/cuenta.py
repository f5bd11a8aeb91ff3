"""One's own account: the public name, and speaking for an organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comun.errores import ErrorDeDominio
from consulta.aportes.flows.firmas import ocultar_nombre
from consulta.aportes.models import Autoria
from consulta.paginas.cabeceras import migas, persona, seo
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms.cuenta import PerfilForm, RepresentacionForm
from cuentas.flows.perfil import cambiar_nombre_publico
from cuentas.flows.representaciones import pedir_representacion, terminar_representacion
from cuentas.models import Representacion


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def perfil(request: HttpRequest) -> HttpResponse:
    """See and change the name one signs with, or take it off what was sent."""
    cuenta = persona(request)
    if request.method == "POST" and "ocultar" in request.POST:
        n = ocultar_nombre(cuenta=cuenta)
        messages.success(
            request,
            ngettext(
                "Quitamos su nombre de %(n)d aporte.", "Quitamos su nombre de %(n)d aportes.", n
            )
            % {"n": n}
            if n
            else _("Su nombre no aparece en ningún aporte."),
        )
        return redirect("paginas:perfil")
    form = PerfilForm(
        request.POST if request.method == "POST" else None,
        initial={"nombre_publico": cuenta.nombre_publico},
    )
    if request.method == "POST" and form.is_valid():
        cambiar_nombre_publico(cuenta=cuenta, nombre=form.cleaned_data["nombre_publico"])
        messages.success(request, _("Desde ahora firma como «%(f)s».") % {"f": cuenta.firma})
        return redirect("paginas:perfil")
    return TemplateResponse(
        request,
        "paginas/perfil.html",
        {
            "seo": seo("Nombre público", reverse("paginas:perfil")),
            "migas": _migas("Nombre público"),
            "form": form,
            "firma": cuenta.firma,
            "firmados": Autoria.objects.filter(cuenta=cuenta).exclude(nombre_publico="").count(),
        },
        status=NO_PROCESABLE if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representaciones(request: HttpRequest) -> HttpResponse:
    """Those one asked for, and asking."""
    cuenta = persona(request)
    form = RepresentacionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            pedir_representacion(cuenta=cuenta, **form.cleaned_data)
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(
                request, _("Recibimos su solicitud: la secretaría técnica la revisará.")
            )
            return redirect("paginas:representaciones")
    filas = list(cuenta.representaciones.select_related("institucion").order_by("-pedida_en"))
    vivas = {Representacion.Estado.PENDIENTE, Representacion.Estado.VERIFICADA}
    return TemplateResponse(
        request,
        "paginas/representaciones.html",
        {
            "seo": seo("Hablar por una organización", reverse("paginas:representaciones")),
            "migas": _migas("Hablar por una organización"),
            "filas": filas,
            "puede_pedir": not any(f.estado in vivas for f in filas),
            "form": form,
        },
        status=NO_PROCESABLE if form.errors else 200,
    )


@never_cache
@login_required
@require_POST
def terminar(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop speaking for it, or take the request back."""
    fila = get_object_or_404(Representacion, pk=pk, cuenta=persona(request))
    try:
        terminar_representacion(representacion=fila, por=persona(request))
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    return redirect("paginas:representaciones")


def _migas(titulo: str) -> list[dict[str, str]]:
    return migas(("Mis aportes", reverse("paginas:mis_aportes")), (titulo, ""))
