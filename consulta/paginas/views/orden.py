"""The rules of participation, reporting what breaks them, and appealing a removal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun.errores import ErrorDeDominio
from comun.limites import gastar
from consulta.aportes.enums import Situacion
from consulta.aportes.flows.apelar import apelar_remocion, ya_apelada
from consulta.aportes.flows.bloquear import frase_de_bloqueo
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Aporte, Reporte
from consulta.aportes.permissions import bloqueo_de, es_autor
from consulta.paginas import abiertos
from consulta.paginas.cabeceras import migas, persona, publica, seo
from consulta.paginas.errores import errores_de_formulario, estado_de_formulario
from consulta.paginas.forms.orden import ApelacionForm, ReporteForm
from consulta.paginas.presentacion.reglas import cuentas, reglas, tabla_de_reglas
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.views.suyo import mostrar_que_es_suyo


@publica
@require_safe
def pagina_de_reglas(request: HttpRequest) -> HttpResponse:
    """What one may not write, with examples, how often it was applied, and what to do about it."""
    filas = reglas()
    return TemplateResponse(
        request,
        "paginas/reglas.html",
        {
            "seo": seo(
                "Reglas de participación",
                reverse("paginas:reglas"),
                "Qué no se puede publicar, quién lo decide, cómo reportar y cómo apelar.",
            ),
            "migas": migas(("Reglas de participación", "")),
            "reglas": filas,
            "tabla": tabla_de_reglas(filas),
            "cuentas": cuentas(),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reportar(request: HttpRequest, folio: str) -> HttpResponse:
    """Tell moderation that a contribution breaks a rule."""
    fila = aporte_de_folio(folio)
    form = ReporteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gastar("reportar", f"cuenta:{persona(request).pk}")
            reportar_aporte(aporte=fila, por=persona(request), **form.cleaned_data)
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(
                request,
                _("Recibimos su reporte sobre %(folio)s. Le escribiremos cuando se decida.")
                % {"folio": fila.folio},
            )
            return redirect(fila)
    contexto = _contexto(fila, "Reportar", "reportar") | {
        "form": form,
        "previo": Reporte.objects.filter(aporte=fila, cuenta=persona(request).pk).first(),
        "es_mio": es_autor(persona(request), fila),
        "bloqueo": _bloqueo(request),
    }
    return TemplateResponse(
        request, "paginas/reportar.html", contexto, status=estado_de_formulario(form)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apelar(request: HttpRequest, folio: str) -> HttpResponse:
    """The author of a removed contribution asks for another look, by account or by private code."""
    fila = aporte_de_folio(folio)
    codigo = abiertos.codigo(request, fila)
    if not es_autor(persona(request), fila) and not codigo:
        return mostrar_que_es_suyo(request, fila, "Apelar")
    form = ApelacionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            apelar_remocion(
                aporte=fila,
                texto=form.cleaned_data["texto"],
                por=persona(request) if request.user.is_authenticated else None,
                codigo=codigo,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(
                request, _("Recibimos su apelación. La decidirá otra persona y le escribiremos.")
            )
            return redirect(fila)
    contexto = _contexto(fila, "Apelar", "apelar") | {
        "form": form,
        "removido": fila.situacion == Situacion.REMOVIDO,
        "ya_apelada": fila.situacion == Situacion.REMOVIDO and ya_apelada(fila),
    }
    return TemplateResponse(
        request, "paginas/apelar.html", contexto, status=estado_de_formulario(form)
    )


def _bloqueo(request: HttpRequest) -> str:
    bloqueo = bloqueo_de(persona(request), timezone.now())
    return frase_de_bloqueo(bloqueo) if bloqueo is not None else ""


def _contexto(fila: Aporte, titulo: str, ruta: str) -> dict[str, object]:
    return {
        "seo": seo(f"{titulo} {fila.folio}", reverse(f"paginas:{ruta}", args=[fila.folio])),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (fila.consulta.titulo, fila.consulta.get_absolute_url()),
            (fila.folio, fila.get_absolute_url()),
            (titulo, ""),
        ),
        "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
        "aporte": fila,
    }
