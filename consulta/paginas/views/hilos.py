"""What one does in a thread: support, follow, ask for more replies. Each works as a plain form or link."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comun.errores import DemasiadosIntentos, ErrorDeDominio
from comun.espera import demasiados
from comun.listas import PAGINA
from consulta.aportes.flows.apoyar import apoyar, quitar_apoyo
from consulta.aportes.flows.seguir import dejar_de_seguir, seguir
from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import persona, publica
from consulta.paginas.errores import NO_PROCESABLE
from consulta.paginas.lectores import lector_de, pide_trozo, segun_htmx
from consulta.paginas.presentacion.pedido import pedido_de
from consulta.paginas.presentacion.ramas import REPLICAS_POR_PAGINA, tramo_de
from consulta.paginas.presentacion.tarjetas import tarjeta_de_aporte
from consulta.paginas.views.aportes import aporte_de_folio, pagina_de_aporte
from consulta.paginas.vigencia import revalidable
from consulta.paginas.vuelta import pagina_de_vuelta
from consulta.procesos.models import Asunto, Consulta

ACCION = "accion"


@revalidable
@publica
@require_safe
def respuestas(request: HttpRequest, folio: str) -> HttpResponse:
    """A stretch of the replies below a contribution: in its place by htmx, as its page without."""
    fila = aporte_de_folio(folio)
    if fila.raiz_id is not None or not pide_trozo(request):
        return segun_htmx(pagina_de_aporte(request, fila))
    lector = lector_de(request, fila.consulta, timezone.now())
    ultima = max(-(-fila.replicas_n // REPLICAS_POR_PAGINA), 1)
    numero = min(max(pedido_de(request).numero, 1), ultima)
    ramas, tramo = tramo_de(fila, numero, lector)
    return segun_htmx(
        TemplateResponse(
            request,
            "paginas/_respuestas.html",
            {
                "folio": fila.folio,
                "ramas": ramas,
                "tramo": tramo,
                "hacia_antes": request.GET.get("hacia") == "antes",
                "primera": request.GET.get(PAGINA, "1") == "1",
            },
        )
    )


@publica
@require_POST
def apoyar_aporte(request: HttpRequest, folio: str) -> HttpResponse:
    """Support it (`accion=apoyar`) or take the support back (`quitar`)."""
    fila = aporte_de_folio(folio)
    vuelta = f"{pagina_de_vuelta(request) or fila.get_absolute_url()}#aporte-{fila.folio}"
    if not request.user.is_authenticated:
        return _a_ingresar(request, vuelta)
    quita = request.POST.get(ACCION) == "quitar"
    try:
        hecho = (quitar_apoyo if quita else apoyar)(aporte=fila, por=persona(request))
    except ErrorDeDominio as error:
        return _no_se_pudo(request, error, vuelta)
    if not pide_trozo(request):
        return HttpResponseRedirect(vuelta)
    fila.apoyos = hecho.apoyos
    lector = lector_de(request, fila.consulta, timezone.now())
    vista = tarjeta_de_aporte(fila, lector, apoyado=not quita)
    return TemplateResponse(request, "components/apoyo.html", {"a": vista})


@publica
@require_POST
def seguir_aporte(request: HttpRequest, folio: str) -> HttpResponse:
    """Follow the thread it is in (`accion=seguir`), or leave it (`dejar`)."""
    fila = aporte_de_folio(folio)
    return _seguir(request, fila.asunto, fila.raiz or fila, fila.get_absolute_url)


@publica
@require_POST
def seguir_fragmento(request: HttpRequest, slug: str, n: int, orden: int) -> HttpResponse:
    """Follow what is said of a paragraph."""
    asunto = get_object_or_404(
        Asunto.objects.select_related("consulta", "fragmento__version__consulta").filter(
            consulta__publicada=True, fragmento__version__publicada_en__isnull=False
        ),
        consulta__slug=slug,
        fragmento__version__n=n,
        fragmento__orden=orden,
    )
    return _seguir(request, asunto, None, asunto.get_absolute_url)


@publica
@require_POST
def seguir_consulta(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a whole consultation."""
    consulta = get_object_or_404(Consulta.objects.publicadas(), slug=slug)
    asunto = Asunto.objects.get_or_create(consulta=consulta, fragmento=None)[0]
    return _seguir(request, asunto, None, consulta.get_absolute_url, que=_("esta consulta"))


def _seguir(
    request: HttpRequest,
    asunto: Asunto,
    raiz: Aporte | None,
    pagina: Callable[[], str],
    que: str = "",
) -> HttpResponse:
    vuelta = f"{pagina_de_vuelta(request) or pagina()}#hilo"
    if not request.user.is_authenticated:
        return _a_ingresar(request, vuelta)
    deja = request.POST.get(ACCION) == "dejar"
    try:
        (dejar_de_seguir if deja else seguir)(asunto=asunto, por=persona(request), raiz=raiz)
    except ErrorDeDominio as error:
        return _no_se_pudo(request, error, vuelta)
    if pide_trozo(request):
        return TemplateResponse(
            request,
            "components/seguir.html",
            {"url": request.path, "sigue": not deja, "que": que},
        )
    messages.success(
        request,
        _("Ya no sigue %(que)s.") % {"que": que or _("esta conversación")}
        if deja
        else _("Le avisaremos cuando haya algo nuevo en %(que)s.")
        % {"que": que or _("esta conversación")},
    )
    return HttpResponseRedirect(vuelta)


def _a_ingresar(request: HttpRequest, vuelta: str) -> HttpResponse:
    if pide_trozo(request):
        respuesta = HttpResponse(status=204)
        respuesta["HX-Redirect"] = redirect_to_login(vuelta).url
        return respuesta
    return redirect_to_login(vuelta)


def _no_se_pudo(request: HttpRequest, error: ErrorDeDominio, vuelta: str) -> HttpResponse:
    """Said above the page one was in; by htmx, that page is read again with it."""
    messages.warning(request, error.mensaje)
    if pide_trozo(request):
        respuesta = HttpResponse(status=NO_PROCESABLE)
        if isinstance(error, DemasiadosIntentos):
            respuesta = demasiados(error)
        respuesta["HX-Refresh"] = "true"
        return respuesta
    return redirect(vuelta)
