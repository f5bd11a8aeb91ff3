"""What authors do after the answer: say whether it answers them, and ask once for a review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun.errores import ErrorDeDominio
from consulta.aportes.models import Aporte
from consulta.paginas import abiertos
from consulta.paginas.cabeceras import cuenta, migas, seo
from consulta.paginas.errores import errores_de_formulario, estado_de_formulario
from consulta.paginas.forms.despues import OpinionForm, RevisionForm
from consulta.paginas.presentacion.aportes import vista_de_respuesta
from consulta.paginas.presentacion.despues import VistaDespues, despues_de
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.views.suyo import mostrar_que_es_suyo
from consulta.paginas.vuelta import pagina_de_vuelta
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.revisar import pedir_revision
from consulta.respuestas.models import Cobertura


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, folio: str) -> HttpResponse:
    """Where the mail leads: the answer, the three buttons, and the way to a review. Only a POST says
    anything. Without a session it tells how to come in, by account or by private code."""
    fila = aporte_de_folio(folio)
    if not abiertos.es_mio(request, fila):
        return _de_otra_persona(request, fila)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opinar(
                aporte=fila,
                por=cuenta(request),
                codigo=abiertos.codigo(request, fila),
                **form.cleaned_data,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(request, _("Gracias: guardamos lo que dijo de la respuesta."))
            return redirect(pagina_de_vuelta(request) or f"{fila.get_absolute_url()}#despues")
    return _pagina(request, fila, form, "paginas/opinion.html", "¿Le responde?", "opinion")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask once to have the answer looked at again."""
    fila = aporte_de_folio(folio)
    if not abiertos.es_mio(request, fila):
        return _de_otra_persona(request, fila)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            pedir_revision(
                aporte=fila,
                por=cuenta(request),
                codigo=abiertos.codigo(request, fila),
                **form.cleaned_data,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(
                request,
                _("Recibimos su pedido. Su aporte vuelve a estar pendiente y le escribiremos."),
            )
            return redirect(f"{fila.get_absolute_url()}#despues")
    return _pagina(request, fila, form, "paginas/revision.html", "Pedir una revisión", "revision")


def _pagina(
    request: HttpRequest,
    fila: Aporte,
    form: OpinionForm | RevisionForm,
    plantilla: str,
    titulo: str,
    ruta: str,
) -> TemplateResponse:
    vigentes = Cobertura.objects.vigentes_de([fila])
    vigente = vigentes.get(fila.pk) if fila.es_visible else None
    despues: VistaDespues | None = despues_de([fila], vigentes, timezone.now(), suyos=True).get(
        fila.pk
    )
    return TemplateResponse(
        request,
        plantilla,
        {
            "seo": seo(f"{titulo} {fila.folio}", reverse(f"paginas:{ruta}", args=[fila.folio])),
            "migas": _migas(request, fila, titulo),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "titulo": titulo_de(fila),
            "respuesta": vista_de_respuesta(vigente) if vigente is not None else None,
            "despues": despues,
            "form": form,
        },
        status=estado_de_formulario(form),
    )


def _de_otra_persona(request: HttpRequest, fila: Aporte) -> HttpResponse:
    """Signed in it is not theirs; else they may still prove that it is."""
    return mostrar_que_es_suyo(
        request,
        fila,
        "¿Le responde?",
        "Quien escribió este aporte puede decir si la respuesta le responde, y pedir una vez que la revisen.",
    )


def _migas(request: HttpRequest, fila: Aporte, final: str) -> list[dict[str, str]]:
    mios = ("Mis aportes", reverse("paginas:mis_aportes"))
    uno = ("Mi aporte", reverse("paginas:mi_aporte"))
    return migas(
        mios if request.user.is_authenticated else uno,
        (fila.folio, fila.get_absolute_url()),
        (final, ""),
    )
