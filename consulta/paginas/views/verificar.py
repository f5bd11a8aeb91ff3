"""Whether a receipt holds, the chain as it is published, and the receipt as a file."""

import json
from collections.abc import Iterator

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun import cadena
from comun.avisos import direccion_absoluta
from comun.errores import ErrorDeDominio
from comun.registro import Sello
from consulta.aportes.models import Aporte
from consulta.aportes.recibos import como_texto, recibo_de
from consulta.aportes.verificar import Resultado, leer_recibo, verificar_huella, verificar_recibo
from consulta.paginas import abiertos
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import abrir
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms.verificar import HuellaForm, ReciboForm
from consulta.paginas.presentacion.recibos import vista_de_resultado
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.views.suyo import mostrar_que_es_suyo

POR_PAGINA = 1_000
"""Seals in one page of the published chain."""


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def verificar(request: HttpRequest) -> TemplateResponse:
    """Ask with a file or with folio and fingerprint; the answer is on the same page, nothing is kept."""
    con_archivo = request.method == "POST" and "huella" not in request.POST
    con_huella = request.method == "POST" and not con_archivo
    form_recibo = ReciboForm(request.POST, request.FILES) if con_archivo else ReciboForm()
    form_huella = HuellaForm(
        request.POST if con_huella else None,
        initial={k: request.GET.get(k, "")[:200] for k in ("folio", "huella")},
    )
    enviado: forms.Form = form_huella if con_huella else form_recibo
    resultado = _resultado(enviado) if enviado.is_bound else None
    cabeza = cadena.cabeza()
    return TemplateResponse(
        request,
        "paginas/verificar.html",
        {
            "seo": seo(
                "Verificar un recibo",
                reverse("paginas:verificar"),
                "Compruebe que su aporte está en la cadena de sellos y que nada se cambió desde entonces.",
            ),
            "migas": migas(("Verificar un recibo", "")),
            "form_recibo": form_recibo,
            "form_huella": form_huella,
            "vista": vista_de_resultado(resultado) if resultado else None,
            "cabeza": cabeza,
            "por_sellar": cadena.sin_sellar(),
        },
        status=NO_PROCESABLE if enviado.errors else 200,
    )


def _resultado(form: forms.Form) -> Resultado | None:
    if not form.is_valid():
        return None
    datos = form.cleaned_data
    try:
        if "huella" in datos:
            confirmados = Aporte.objects.confirmados().select_related("consulta")
            aporte = por_folio(confirmados, datos["folio"].strip()).first()
            return verificar_huella(aporte, datos["huella"])
        return verificar_recibo(leer_recibo(datos["recibo"]))
    except ErrorDeDominio as error:
        if error.campo == "recibo" and form.cleaned_data.get("archivo") is not None:
            error.campo = "archivo"
        errores_de_formulario(form, error)
        return None


@require_safe
def cadena_json(request: HttpRequest) -> HttpResponse:
    """The seals from `?desde=` on (1), a thousand a page, oldest first, with the address of the next page."""
    desde = _numero(request.GET.get("desde", "1"))
    sellos = Sello.objects.filter(n__gte=desde).order_by("n")[:POR_PAGINA]
    filas = [cadena.publicar(s) for s in sellos]
    siguiente = None
    if len(filas) == POR_PAGINA:
        base = direccion_absoluta(reverse("paginas:cadena_json"))
        siguiente = f"{base}?desde={filas[-1]['n'] + 1}"
    cuerpo = {"sellos": filas, "siguiente": siguiente}
    return _json(json.dumps(cuerpo, ensure_ascii=False))


@require_safe
def sello_json(request: HttpRequest, n: int) -> StreamingHttpResponse:
    """One seal and the hash of each of its leaves, streamed. It says nothing of who did what."""
    sello = get_object_or_404(Sello, n=n) if n < 2**31 else None
    if sello is None:
        raise Http404
    respuesta = StreamingHttpResponse(_hojas(sello), content_type="application/json")
    return abrir(respuesta)  # type: ignore[arg-type, return-value]


@never_cache
@require_safe
def recibo_json(request: HttpRequest, folio: str) -> HttpResponse:
    """The receipt of one's own contribution as a file: words, salt, event, head and proof.

    For its author by account, or by the private code this browser opened it with.
    """
    fila = aporte_de_folio(folio)
    if abiertos.es_mio(request, fila):
        return archivo_de_recibo(fila)
    return mostrar_que_es_suyo(request, fila, "Recibo verificable")


def archivo_de_recibo(aporte: Aporte) -> HttpResponse:
    """The download, for whoever already proved that the contribution is theirs. Raises Http404."""
    recibo = recibo_de(aporte, ahora=timezone.now())
    if recibo is None:
        raise Http404("Este aporte es anterior a los recibos, o sus datos fueron borrados")
    respuesta = HttpResponse(como_texto(recibo), content_type="application/json; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="recibo-{aporte.folio}.json"'
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _hojas(sello: Sello) -> Iterator[bytes]:
    yield f'{{"sello": {json.dumps(cadena.publicar(sello))}, "hojas": ['.encode()
    lote: list[str] = []
    primera = True
    for seq, suma in cadena.hojas(sello.desde, sello.hasta):
        lote.append(f'{"" if primera else ", "}{{"seq": {seq}, "hoja": "{suma.hex()}"}}')
        primera = False
        if len(lote) == cadena.LOTE:
            yield "".join(lote).encode()
            lote = []
    yield ("".join(lote) + "]}").encode()


def _numero(texto: str) -> int:
    """A number of a seal as an address has it. Raises Http404."""
    if not (texto.isascii() and texto.isdigit() and len(texto) < 10):
        raise Http404("No es el número de un sello")
    return int(texto)


def _json(cuerpo: str) -> HttpResponse:
    return abrir(HttpResponse(cuerpo, content_type="application/json; charset=utf-8"))
