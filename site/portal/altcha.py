"""The challenge that a form's script solves: our own proof of work, without third parties."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comun.pruebas_de_trabajo import nuevo_reto


@never_cache
@require_safe
def reto(request: HttpRequest) -> JsonResponse:
    """A new challenge, in altcha's protocol."""
    return JsonResponse(nuevo_reto())
