"""What was told to a person, how they want to be told, and the link that stops it with one click."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comun.avisos.bandeja import avisos_de, marcar_leidos
from comun.avisos.preferencias import leer_baja, modos_de, preferir, quien
from comun.clases import OBLIGATORIAS, PREDETERMINADO, Clase, Modo
from comun.errores import DatoInvalido
from comun.listas import consulta_sin, elegido, pagina
from cuentas.models import User
from cuentas.roles import Rol

POR_PAGINA = 30
PENDIENTES = "pendientes"


@dataclass(frozen=True, slots=True)
class Eleccion:
    """One kind of notice and how it arrives, as the page of preferences draws it."""

    clase: str
    titulo: str
    modo: str


@never_cache
@login_required
@require_safe
def avisos(request: HttpRequest) -> TemplateResponse:
    """Everything that was told to this account; `?ver=pendientes` only what was not read."""
    cuenta = _cuenta(request)
    ver = elegido(request, "ver", [PENDIENTES])
    filas = avisos_de(cuenta.pk)
    return TemplateResponse(
        request,
        "cuentas/avisos.html",
        {
            "page_obj": pagina(request, filas.filter(leido_en=None) if ver else filas, POR_PAGINA),
            "base_query": consulta_sin(request),
            "ver": ver,
            "sin_leer": cuenta.avisos_sin_leer,
        },
    )


@never_cache
@login_required
@require_safe
def abrir(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Go where a notice leads, which is to have read it."""
    cuenta = _cuenta(request)
    aviso = get_object_or_404(avisos_de(cuenta.pk), pk=pk)
    marcar_leidos(cuenta=cuenta.pk, ids=[aviso.pk], ahora=timezone.now())
    return redirect(aviso.url or "avisos")


@login_required
@require_POST
def leer(request: HttpRequest) -> HttpResponseRedirect:
    """Mark all as read, or the one of the field `aviso`."""
    uno = request.POST.get("aviso", "")
    ids = [int(uno)] if uno.isascii() and uno.isdigit() and len(uno) < 19 else None
    marcar_leidos(cuenta=_cuenta(request).pk, ids=ids, ahora=timezone.now())
    return redirect("avisos")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferencias(request: HttpRequest) -> HttpResponse:
    """How each kind of notice arrives: one field per kind, its value a mode."""
    cuenta = _cuenta(request)
    destino = f"cuenta:{cuenta.pk}"
    estado = 200
    if request.method == "POST":
        modos = {c.value: request.POST[c.value] for c in PREDETERMINADO if c.value in request.POST}
        try:
            preferir(destino=destino, modos=modos, ahora=timezone.now())
        except DatoInvalido as error:
            messages.error(request, str(error))
            estado = 422
        else:
            messages.success(request, _("Guardamos cómo quiere recibir sus avisos."))
            return redirect("avisos_preferencias")
    calla = "" if _recibe_encargos(cuenta) else Clase.ENCARGOS
    modos_hoy = modos_de(destino).items()
    elecciones = [Eleccion(c.value, str(c.label), m) for c, m in modos_hoy if c != calla]
    return TemplateResponse(
        request,
        "cuentas/preferencias.html",
        {
            "elecciones": elecciones,
            "modos": Modo.choices,
            "siempre": [c.label for c in Clase if c in OBLIGATORIAS and c != Clase.SITIO],
        },
        status=estado,
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def baja(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a kind of notice, or those of a digest, from its own mail and without signing in (RFC 8058).

    GET asks, for programs that open every link; POST does it. Nothing is shown of whom it is.
    The address itself is the permission, so no CSRF token is asked for.
    """
    leida = leer_baja(token)
    if leida is None:
        raise Http404
    hecho = ""
    if request.method == "POST":
        hecho = "vuelta" if request.POST.get("volver") else "baja"
        modos: dict[str, str] = dict(leida.vuelta)
        if hecho == "baja":
            modos = dict.fromkeys(leida.clases, Modo.NINGUNO)
        preferir(destino=quien(leida.destino), modos=modos, ahora=timezone.now())
    contexto = {"clases": [c.label for c in leida.clases], "hecho": hecho}
    return TemplateResponse(request, "cuentas/baja.html", contexto)


def _recibe_encargos(cuenta: User) -> bool:
    """Whether work is sent to this account: it answers or moderates, or sits in the forum and was told."""
    quienes = (Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR)
    return cuenta.tiene_rol(*quienes) or avisos_de(cuenta.pk).filter(clase=Clase.ENCARGOS).exists()


def _cuenta(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — login_required said so
    return request.user
