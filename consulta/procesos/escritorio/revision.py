"""The review of a version: two texts side by side, undo, publish."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import denegar
from consulta.procesos.escritorio.filas import (
    DUDOSAS,
    Cambio,
    cuentas_de,
    elegir,
    filas_de,
    vestir,
)
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.revisar import deshacer
from consulta.procesos.huellas import marca_de_version
from consulta.procesos.models import VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.procesos.publicadas import avisos_de

POR_PAGINA = 40
QUE = {
    "cambiar_fragmento": gettext_lazy("corregir un fragmento"),
    "dividir_fragmento": gettext_lazy("dividir un fragmento"),
    "unir_fragmentos": gettext_lazy("unir dos fragmentos"),
    "quitar_fragmento": gettext_lazy("quitar un fragmento"),
    "corresponder_fragmento": gettext_lazy("decir de dónde viene un fragmento"),
}


def version_de(pk: int) -> VersionBorrador:
    return get_object_or_404(
        VersionBorrador.objects.select_related("consulta__etapa__proceso"), pk=pk
    )


def lugar(request: HttpRequest) -> str:
    """The filter and page one is on, to come back to."""
    claves = {k: request.GET[k][:20] for k in ("ver", "p") if request.GET.get(k)}
    return f"?{urlencode(claves)}" if claves else ""


@require_http_methods(["GET", "HEAD"])
def revisar(request: HttpRequest, pk: int) -> HttpResponse:
    """What was cut and matched, forty rows a page, by kind of change or the doubtful first."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    version = version_de(pk)
    anterior = version.anterior()
    filas = filas_de(version, anterior)
    cuentas = cuentas_de(filas)
    ver = request.GET.get("ver", "")
    pagina = Paginator(elegir(filas, ver), POR_PAGINA).get_page(request.GET.get("p"))
    vestir(pagina.object_list)
    filtros = [("", _("Todo"), len(filas)), (DUDOSAS, _("Dudosas"), cuentas[DUDOSAS])]
    filtros += [(c.value, str(c.label), cuentas.get(c.value, 0)) for c in Cambio]
    ultimo = version.ultimo_cambio or {}
    contexto = {
        "version": version,
        "anterior": anterior,
        "editable": version.publicada_en is None,
        "pagina": pagina,
        "numeros": pagina.paginator.get_elided_page_range(pagina.number),
        "filtros": filtros if anterior else [],
        "ver": ver,
        "lugar": lugar(request),
        "dudosas": cuentas[DUDOSAS],
        "cambio": ultimo.get("n"),
        "que_deshace": QUE.get(ultimo.get("que", ""), ""),
    }
    return TemplateResponse(request, "modeladmin/procesos/revisar.html", contexto)


@require_POST
def deshacer_cambio(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last correction of a version."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    cambio = request.POST.get("cambio", "")
    try:
        numero = int(cambio) if cambio.isascii() and cambio.isdigit() and len(cambio) < 9 else 0
        deshacer(version=version_de(pk), por=request.user, cambio=numero)  # type: ignore[arg-type]
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("Se deshizo el último cambio."))
    return HttpResponseRedirect(reverse("revisar_version", args=[pk]) + lugar(request))


@require_http_methods(["GET", "HEAD", "POST"])
def publicar(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what publishing does, ask, and publish a version for good."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    version = version_de(pk)
    error = ""
    if request.method == "POST":
        marca = request.POST.get("marca", "")[:64]
        try:
            publicar_version(version=version, por=request.user, marca=marca)  # type: ignore[arg-type]
        except ErrorDeDominio as fallo:
            error = fallo.mensaje
        else:
            boton = messages.button(version.get_absolute_url(), _("Ver en el sitio"))
            messages.success(request, _("%(v)s publicada.") % {"v": version}, buttons=[boton])
            return HttpResponseRedirect(reverse("revisar_version", args=[pk]))
    contexto = _consecuencias(version) | {"version": version, "error": error}
    return TemplateResponse(
        request, "modeladmin/procesos/publicar.html", contexto, status=422 if error else 200
    )


def _consecuencias(version: VersionBorrador) -> dict[str, Any]:
    if version.publicada_en is not None:
        return {"publicada": True}
    anterior = version.anterior()
    filas = filas_de(version, anterior)
    cuentas = cuentas_de(filas)
    # As readers will be told: one place that is split, not the pieces it leaves.
    cuentas[Cambio.DIVIDE.value] = len(
        {v for f in filas if f.cambio == Cambio.DIVIDE for v in f.viejos}
    )
    cambios = [(c.label, cuentas.get(c.value, 0)) for c in Cambio if cuentas.get(c.value)]
    dudosas = cuentas[DUDOSAS]
    return {
        "anterior": anterior,
        "fragmentos": version.fragmentos.count(),
        "cambios": cambios if anterior else [],
        "dudosas": dudosas
        and ngettext(
            "%(n)s correspondencia es dudosa y nadie la ha revisado.",
            "%(n)s correspondencias son dudosas y nadie las ha revisado.",
            dudosas,
        )
        % {"n": dudosas},
        "avisos": avisos_de(version),
        "marca": marca_de_version(version),
    }
