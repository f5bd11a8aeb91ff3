"""The form of a proposal, after what one should know before writing it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comun.fechas import dia_de
from consulta.aportes.enums import TipoAporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.envio import estado_http, formulario, participacion_en, recibir
from consulta.paginas.forms_propuesta import PropuestaForm
from consulta.paginas.presentacion.consultas import balances, vista_de_consulta
from consulta.procesos.models import Asunto, Consulta


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def proponer(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a proposal and send it."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    ahora = timezone.now()
    participacion = participacion_en(request, consulta, TipoAporte.PROPUESTA, ahora)
    form = formulario(request, PropuestaForm, participacion)
    if request.method == "POST" and form is not None:
        enviado = recibir(
            request,
            form,
            participacion,
            asunto=asunto_general(consulta),
            tipo=TipoAporte.PROPUESTA,
        )
        if enviado is not None:
            return enviado
    balance = balances([consulta], dia_de(ahora))[consulta.pk]
    return TemplateResponse(
        request,
        "paginas/proponer.html",
        {
            "seo": seo(
                "Enviar una propuesta",
                reverse("paginas:proponer", args=[slug]),
                f"Envíe su propuesta a la consulta «{consulta.titulo}».",
            ),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                ("Enviar una propuesta", ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "vista": vista_de_consulta(consulta, balance, ahora),
            "participacion": participacion,
            "form": form,
        },
        status=estado_http(form),
    )


def asunto_general(consulta: Consulta) -> Asunto:
    """The consultation as a whole, which proposals speak of."""
    return Asunto.objects.get_or_create(consulta=consulta, fragmento=None)[0]
