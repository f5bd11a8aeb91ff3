"""Keeping and forgetting what is being written; the page of a form calls it while one types."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comun.errores import ErrorDeDominio
from comun.fechas import SANTIAGO
from consulta.paginas import guardado


@never_cache
@require_POST
def borradores(request: HttpRequest) -> HttpResponse:
    """Keep the fields sent for the form at `lugar`, or with `accion=descartar` forget them.

    Answers JSON with the hour; 409 when another tab or device kept something newer since `visto`.
    """
    lugar = request.POST.get("lugar", "")
    if not guardado.es_formulario(lugar):
        raise Http404("Ese formulario no existe")
    if request.POST.get("accion") == "descartar":
        guardado.olvidar(request, lugar)
        return HttpResponseRedirect(lugar if "siguiente" not in request.POST else "/mis-aportes/")
    if not request.user.is_authenticated:
        return JsonResponse({"error": "Su sesión terminó."}, status=401)
    try:
        hecho = guardado.anotar(request, lugar, request.POST)
    except guardado.HayUnoMasNuevo as error:
        return JsonResponse(_hora(error.borrador.guardado_en), status=409)
    except ErrorDeDominio as error:
        return JsonResponse({"error": error.mensaje}, status=422)
    return JsonResponse(_hora(hecho.en))


def _hora(instante: datetime) -> dict[str, str]:
    return {
        "guardado_en": instante.isoformat(),
        "hora": f"{instante.astimezone(SANTIAGO):%H:%M}",
    }
