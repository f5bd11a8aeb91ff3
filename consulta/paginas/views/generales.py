"""What is said of a draft as a whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Recuento
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.envio import estado_http, formulario, participacion_en, recibir
from consulta.paginas.forms.postura import formulario_general
from consulta.paginas.lectores import (
    anotar_al_terminar,
    lector_de,
    pide_trozo,
    recordar,
    segun_htmx,
    sigue,
)
from consulta.paginas.presentacion.consultas import plazo_de
from consulta.paginas.presentacion.hilos import hilo_de_asunto
from consulta.paginas.presentacion.pedido import pedido_de
from consulta.paginas.views.propuestas import asunto_general
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta


@revalidable
@publica
@require_http_methods(["GET", "HEAD", "POST"])
def comentarios(request: HttpRequest, slug: str) -> HttpResponse:
    """The thread about the whole draft, whatever its version, and the form to join it."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    if not (consulta.recibe_observaciones and consulta.versiones.publicadas().exists()):
        raise Http404("Esta consulta no tiene un borrador publicado")
    asunto = asunto_general(consulta)
    asunto.consulta = consulta
    ahora = timezone.now()
    participacion = participacion_en(request, consulta, TipoAporte.OBSERVACION, ahora)
    form = formulario(request, formulario_general(consulta), participacion)
    if request.method == "POST" and form is not None:
        enviado = recibir(request, form, participacion, asunto=asunto, tipo=TipoAporte.OBSERVACION)
        if enviado is not None:
            return enviado
    lector = lector_de(request, consulta, ahora)
    lectura = recordar(lector, request, asunto)
    recuento = Recuento.objects.filter(asunto=asunto).first()
    hilo = hilo_de_asunto(asunto, recuento, pedido_de(request), lector)
    if request.method == "GET" and pide_trozo(request):
        return segun_htmx(TemplateResponse(request, "paginas/_mas_hilos.html", {"hilo": hilo}))
    ruta = reverse("paginas:borrador_comentarios", args=[slug])
    borrador = reverse("paginas:borrador", args=[slug])
    contexto = {
        "seo": seo(
            f"Comentarios al borrador completo · {consulta.titulo}",
            ruta,
            "Lo que se dice del borrador en su conjunto.",
        ),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
            ("Borrador", borrador),
            ("Comentarios generales", ""),
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "url_borrador": borrador,
        "participacion": participacion,
        "form": form,
        "asunto": asunto,
        "hilo": hilo,
        "siguiendo": sigue(lector.cuenta, asunto),
        "url_seguir": reverse("paginas:seguir_consulta", args=[slug]),
        "plazo": plazo_de(consulta, ahora),
    }
    pagina = TemplateResponse(
        request, "paginas/borrador_comentarios.html", contexto, status=estado_http(form)
    )
    return segun_htmx(anotar_al_terminar(pagina, request, lector, lectura, asunto))
