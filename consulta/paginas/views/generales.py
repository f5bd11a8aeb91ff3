"""What is said of a draft as a whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comun.listas import PAGINA, consulta_sin, elegido
from consulta.aportes.enums import TipoAporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.envio import estado_http, formulario, participacion_en, recibir
from consulta.paginas.forms import ComentarioForm
from consulta.paginas.presentacion.consultas import plazo_de
from consulta.paginas.presentacion.hilos import ORDENES, RECIENTES, hilo_de_asunto
from consulta.paginas.views.listas import ordenes
from consulta.paginas.views.propuestas import asunto_general
from consulta.procesos.enums import Verbo
from consulta.procesos.models import Consulta


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
    form = formulario(request, ComentarioForm, participacion)
    if request.method == "POST" and form is not None:
        enviado = recibir(request, form, participacion, asunto=asunto, tipo=TipoAporte.OBSERVACION)
        if enviado is not None:
            return enviado
    orden = elegido(request, "orden", ORDENES) or RECIENTES
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
        "hilo": hilo_de_asunto(
            asunto,
            ahora=ahora,
            replicable=consulta.etapa.permite(Verbo.REPLICAR, ahora),
            pagina=request.GET.get(PAGINA),
            orden=orden,
        ),
        "ordenes": ordenes(request, orden),
        "base_query": consulta_sin(request),
        "plazo": plazo_de(consulta, ahora),
    }
    return TemplateResponse(
        request, "paginas/borrador_comentarios.html", contexto, status=estado_http(form)
    )
