"""What authors do to their own words while the stage is open: correct them, or take them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun.errores import Conflicto, ErrorDeDominio
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, TipoAporte
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_corregir, puede_retirar
from consulta.aportes.respondidos import tiene_respuesta
from consulta.paginas import abiertos
from consulta.paginas.archivos import QUITAR, ArchivosDelFormulario, archivos_de
from consulta.paginas.cabeceras import cuenta, migas, seo
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms.aporte import ComentarioForm, EnvioForm, RetiroForm
from consulta.paginas.forms.postura import formulario_general
from consulta.paginas.forms.propuesta import PropuestaForm
from consulta.paginas.presentacion.consultas import cuando_de
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.mios import sobre_que
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.views.suyo import mostrar_que_es_suyo


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def corregir(request: HttpRequest, folio: str) -> HttpResponse:
    """Write a new version of one's own contribution, in the form it was written in."""
    fila = aporte_de_folio(folio)
    if not abiertos.es_mio(request, fila):
        return mostrar_que_es_suyo(request, fila, "Corregir")
    codigo = abiertos.codigo(request, fila)
    clase = _formulario(fila)
    puede = puede_corregir(cuenta(request), fila, timezone.now(), codigo)
    archivos = ArchivosDelFormulario(puede=False)
    if request.method == "POST":
        form: EnvioForm = clase(request.POST, usuario=request.user, correccion=True)
        if puede and isinstance(form, PropuestaForm):
            archivos = archivos_de(request, form, fila.consulta, fila)
        if isinstance(form, PropuestaForm) and _solo_archivos(request):
            form.perdonar()
            archivos.anotar(form)
        elif archivos.errores:
            archivos.anotar(form)
        elif form.is_valid() and _corregida(request, fila, form, archivos, codigo):
            messages.success(request, _("Corregimos su aporte y le enviamos un nuevo recibo."))
            return redirect(fila)
    else:
        form = clase(initial=_inicial(fila), usuario=request.user, correccion=True)
        if isinstance(form, PropuestaForm):
            archivos = archivos_de(request, form, fila.consulta, fila)
    return TemplateResponse(
        request,
        "paginas/corregir.html",
        {
            "seo": seo(f"Corregir {fila.folio}", reverse("paginas:corregir", args=[fila.folio])),
            "migas": _migas(request, fila, "Corregir"),
            "sobre": sobre_que(fila),
            "aporte": fila,
            "consulta": fila.consulta,
            "cuando": cuando_de(fila.consulta, timezone.now()),
            "titulo": titulo_de(fila),
            "vigente": aporte_de_folio(folio).contenido if form.errors else None,
            "puede": puede,
            "respondido": not puede and tiene_respuesta(fila),
            "form": form,
            "archivos": archivos,
        },
        status=NO_PROCESABLE if form.errors else 200,
    )


def _formulario(fila: Aporte) -> type[EnvioForm]:
    """The one it was written in."""
    if fila.tipo == TipoAporte.PROPUESTA:
        return PropuestaForm
    return (
        formulario_general(fila.consulta) if fila.tipo == TipoAporte.OBSERVACION else ComentarioForm
    )


def _solo_archivos(request: HttpRequest) -> bool:
    """Whether a button asked only to take files now, or to take one off."""
    return request.POST.get("accion") == "adjuntar" or QUITAR in request.POST


def _corregida(
    request: HttpRequest,
    fila: Aporte,
    form: EnvioForm,
    archivos: ArchivosDelFormulario,
    codigo: str,
) -> bool:
    """Publish the correction; False when it cannot be, and why stands in the form."""
    try:
        corregir_aporte(
            aporte=fila,
            contenido=form.contenido(),
            por=cuenta(request),
            version=form.cleaned_data["version"],
            codigo=codigo,
            adjuntos=archivos.elegidos,
            conservar=archivos.conservar if archivos.fuera else None,
            preguntas=form.preguntas,
        )
    except ErrorDeDominio as error:
        errores_de_formulario(form, error)
        if isinstance(error, Conflicto):
            form.con_version(aporte_de_folio(fila.folio).version)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retirar(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask once more, then take one's own contribution back, for good."""
    fila = aporte_de_folio(folio)
    if not abiertos.es_mio(request, fila):
        return mostrar_que_es_suyo(request, fila, "Retirar")
    codigo = abiertos.codigo(request, fila)
    form = RetiroForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retirar_aporte(
                aporte=fila,
                por=cuenta(request),
                motivo=form.cleaned_data["motivo"],
                codigo=codigo,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(request, _("Retiramos su aporte %(folio)s.") % {"folio": fila.folio})
            return redirect("paginas:mi_aporte" if codigo else "paginas:mis_aportes")
    return TemplateResponse(
        request,
        "paginas/retirar.html",
        {
            "seo": seo(f"Retirar {fila.folio}", reverse("paginas:retirar", args=[fila.folio])),
            "migas": _migas(request, fila, "Retirar"),
            "aporte": fila,
            "titulo": titulo_de(fila),
            "puede": puede_retirar(cuenta(request), fila, timezone.now(), codigo),
            "form": form,
        },
        status=NO_PROCESABLE if form.errors else 200,
    )


def _inicial(aporte: Aporte) -> dict[str, object]:
    """The words and the classification as they stand."""
    contenido = aporte.contenido
    campos = contenido.campos or {}
    return {
        "version": aporte.version,
        "titulo": contenido.titulo or "",
        "texto": contenido.texto or "",
        **{nombre: campos.get(nombre, "") for nombre in CAMPOS_DE_PROPUESTA},
        "valores": campos.get("valores", []),
        "tema": aporte.tema.slug if aporte.tema else "",
        "region": aporte.region,
        "tipo_autor": aporte.tipo_autor,
        "postura": aporte.postura,
    }


def _migas(request: HttpRequest, fila: Aporte, final: str) -> list[dict[str, str]]:
    con_cuenta = request.user.is_authenticated
    return migas(
        ("Mis aportes", reverse("paginas:mis_aportes"))
        if con_cuenta
        else ("Mi aporte", reverse("paginas:mi_aporte")),
        (fila.folio, fila.get_absolute_url()),
        (final, ""),
    )
