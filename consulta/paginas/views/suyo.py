"""Where a link leads that is only for who wrote a contribution, when nobody has shown yet to be them."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import migas, seo
from consulta.paginas.forms.aporte import CodigoForm


def mostrar_que_es_suyo(
    request: HttpRequest, fila: Aporte, accion: str, bajada: str = ""
) -> HttpResponse:
    """Ask for the account or the private code of `fila`, and lead back here with either.

    `accion` is what they came for, as a title. 403 where something was sent, and for an account that did
    not write it: its person may have, without it. Needs `consulta` and its stage.
    """
    return TemplateResponse(
        request,
        "paginas/propio_ingresar.html",
        {
            "seo": seo(f"{accion} {fila.folio}", request.path),
            "migas": migas(
                ("Mi aporte", reverse("paginas:mi_aporte")),
                (fila.folio, fila.get_absolute_url()),
                (accion, ""),
            ),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "accion": accion,
            "bajada": bajada or "Solo puede hacerlo quien escribió este aporte.",
            "ruta": request.path,
            "form": CodigoForm(initial={"folio": fila.folio, "siguiente": request.path}),
        },
        status=403 if request.method == "POST" or request.user.is_authenticated else 200,
    )
