"""The form of a proposal, after what one should know before writing it; its preview; others like it."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comun.errores import DemasiadosIntentos
from comun.espera import demasiados
from comun.fechas import dia_de
from comun.limites import direccion_de, gastar
from comun.textos import limpiar
from consulta.aportes.enums import TipoAporte
from consulta.paginas.archivos import QUITAR, ArchivosDelFormulario, archivos_de
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.envio import Participacion, formulario, participacion_en, recibir
from consulta.paginas.errores import estado_de_formulario
from consulta.paginas.forms.propuesta import PropuestaForm
from consulta.paginas.presentacion.consultas import balances, vista_de_consulta
from consulta.paginas.presentacion.previa import previa_de
from consulta.paginas.presentacion.semejantes import VistaSemejante, vistas_semejantes
from consulta.procesos.models import Asunto, Consulta

REVISAR, EDITAR, ADJUNTAR = "revisar", "editar", "adjuntar"
"""What a button of the form asks for instead of sending it."""


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def proponer(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a proposal, see how it will look if one wants to, and send it."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    ahora = timezone.now()
    participacion = participacion_en(request, consulta, TipoAporte.PROPUESTA, ahora)
    form = formulario(request, PropuestaForm, participacion)
    archivos = ArchivosDelFormulario(puede=False)
    if form is not None and (request.method != "POST" or participacion.abierta):
        archivos = archivos_de(request, form, consulta)
    if request.method == "POST" and form is not None:
        accion = request.POST.get("accion", "")
        if accion in (EDITAR, ADJUNTAR) or QUITAR in request.POST:
            form.perdonar()
            archivos.anotar(form)
        elif archivos.errores:
            archivos.anotar(form)
        elif accion == REVISAR:
            if form.is_valid():
                return _previa(request, consulta, form, archivos)
        else:
            enviado = recibir(
                request,
                form,
                participacion,
                asunto=asunto_general(consulta),
                tipo=TipoAporte.PROPUESTA,
                adjuntos=archivos.elegidos,
            )
            if enviado is not None:
                return enviado
    return _formulario(request, consulta, form, participacion, archivos)


@require_http_methods(["GET", "HEAD", "POST"])
def semejantes(request: HttpRequest, slug: str) -> HttpResponse:
    """Proposals like the title and problem given: a piece of page that the form asks for as one types.

    By POST the text does not lie in an address, nor in the logs of any server."""
    consulta = get_object_or_404(Consulta.objects.publicadas(), slug=slug)
    dicho = request.POST if request.method == "POST" else request.GET
    titulo, problema = limpiar(dicho.get("titulo", "")), limpiar(dicho.get("problema", ""))
    try:
        vistas = _semejantes(request, consulta, titulo, problema)
    except DemasiadosIntentos as error:
        return demasiados(error)
    respuesta = TemplateResponse(request, "paginas/_semejantes.html", {"semejantes": vistas})
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _semejantes(
    request: HttpRequest, consulta: Consulta, titulo: str, problema: str
) -> list[VistaSemejante]:
    """Those like it, counted by address: looking costs work, and anyone may ask."""
    gastar("semejantes", direccion_de(request))
    return vistas_semejantes(consulta, titulo, problema, timezone.now())


def asunto_general(consulta: Consulta) -> Asunto:
    """The consultation as a whole, which proposals speak of."""
    return Asunto.objects.get_or_create(consulta=consulta, fragmento=None)[0]


def _formulario(
    request: HttpRequest,
    consulta: Consulta,
    form: PropuestaForm | None,
    participacion: Participacion,
    archivos: ArchivosDelFormulario,
) -> HttpResponse:
    ahora = timezone.now()
    balance = balances([consulta], dia_de(ahora))[consulta.pk]
    contexto = _contexto(request, consulta, "Enviar una propuesta") | {
        "vista": vista_de_consulta(consulta, balance, ahora),
        "participacion": participacion,
        "form": form,
        "archivos": archivos,
    }
    estado = estado_de_formulario(form) if form is not None else 200
    return TemplateResponse(request, "paginas/proponer.html", contexto, status=estado)


def _previa(
    request: HttpRequest, consulta: Consulta, form: PropuestaForm, archivos: ArchivosDelFormulario
) -> HttpResponse:
    contenido = form.contenido()
    semejantes: list[VistaSemejante] = []
    with suppress(DemasiadosIntentos):  # the preview is what was asked for; this only comes with it
        problema = str(contenido.campos.get("problema", ""))
        semejantes = _semejantes(request, consulta, contenido.titulo, problema)
    contexto = _contexto(request, consulta, "Revise su propuesta") | {
        "form": form,
        "previa": previa_de(contenido, request.user),
        "archivos": archivos,
        "semejantes": semejantes,
    }
    respuesta = TemplateResponse(request, "paginas/proponer_revisar.html", contexto)
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _contexto(request: HttpRequest, consulta: Consulta, titulo: str) -> dict[str, Any]:
    ruta = reverse("paginas:proponer", args=[consulta.slug])
    return {
        "seo": seo(titulo, ruta, f"Envíe su propuesta a la consulta «{consulta.titulo}»."),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
            (titulo, ""),
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
    }
