"""«Come back in so many seconds», on the page of a form that a limit sent back.

The flow raises it, the form keeps it beside the words, and one place tells it to the browser: a page with
such a form answers 429 with Retry-After, whoever drew it.
"""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from comun.errores import DemasiadosIntentos, ErrorDeDominio

DEMASIADOS = 429


def anotar_espera(form: forms.BaseForm, error: ErrorDeDominio) -> None:
    """Keep how long to wait, when `error` says so, for the page `form` is shown on as «form»."""
    if isinstance(error, DemasiadosIntentos):
        form.reintentar_en = error.reintentar_en  # type: ignore[attr-defined]


def demasiados(error: DemasiadosIntentos) -> HttpResponse:
    """An empty answer for a script that asked too often."""
    return HttpResponse(status=DEMASIADOS, headers={"Retry-After": str(error.reintentar_en)})


class EsperaMiddleware:
    """Puts status and header on the page of a form with `anotar_espera`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        segundos = getattr(form, "reintentar_en", None)
        if segundos is not None:
            response.status_code = DEMASIADOS
            response["Retry-After"] = str(segundos)
        return response
