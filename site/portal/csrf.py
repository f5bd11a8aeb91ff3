"""When a form arrives with a token that is not valid any more: what was typed is shown, never lost.

A token ends when someone signs in or out in another tab. The page repeats the words so that they can
be copied and, for forms of participation, keeps them so that the form opens with them again. What
came from another site is neither kept nor repeated.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import render
from django.views.csrf import csrf_failure

from consulta.paginas.guardado import FUERA, es_formulario, guardar

SIN_ECO = ("/cuenta/", "/admin/", "/_allauth/", "/api/", "/mi-aporte/", "/confirmar/")
OCULTOS = FUERA | {"clave", "next", "sitio_web"}
LARGO_TOTAL = 2_000_000
OTRO_SITIO = tuple(
    razon.split("%", maxsplit=1)[0] for razon in (REASON_BAD_ORIGIN, REASON_BAD_REFERER)
)


@dataclass(slots=True)
class Escrito:
    """One thing that was typed."""

    nombre: str
    texto: str


def fallo(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. Answers 403 in every case."""
    if request.path.startswith(SIN_ECO) or reason.startswith(OTRO_SITIO):
        return csrf_failure(request, reason=reason, template_name="403_csrf.html")
    escritos = lo_escrito(request)
    if not escritos:
        return csrf_failure(request, reason=reason, template_name="403_csrf.html")
    guardado = es_formulario(request.path_info) and guardar(request, request.path, request.POST)
    contexto = {"escritos": escritos, "guardado": guardado, "ruta": request.path}
    respuesta = render(request, "portal/formulario_vencido.html", contexto, status=403)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def lo_escrito(request: HttpRequest) -> list[Escrito]:
    """The words of the form, without what is not a person's; nothing when there is too much."""
    escritos = [
        Escrito(nombre.replace("_", " ").capitalize(), valor.replace("\x00", ""))
        for nombre, valores in request.POST.lists()
        if nombre not in OCULTOS and "password" not in nombre
        for valor in valores
        if valor.strip()
    ]
    return escritos if sum(len(e.texto) for e in escritos) <= LARGO_TOTAL else []
