"""«Mi aporte»: whoever has no account finds their contribution with its folio and private code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.limites import direccion_de, gastar
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import codigo_corresponde
from consulta.paginas import abiertos
from consulta.paginas.api.folios import por_folio
from consulta.paginas.cabeceras import migas, seo
from consulta.paginas.errores import errores_de_formulario, estado_de_formulario
from consulta.paginas.forms.aporte import CodigoForm
from consulta.paginas.presentacion.mios import mios_de, para_mios

NO_CORRESPONDE = (
    "El folio y el código no corresponden. Revise ambos: están en el correo del recibo."
)

DE_SU_AUTOR = ("corregir", "retirar", "apelar", "opinion", "revision", "recibo", "recibo_json")
"""Pages of a contribution that only its author opens, and where the code may lead."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mi_aporte(request: HttpRequest) -> HttpResponse:
    """Ask for folio and code; show what was opened with them, as its author sees it."""
    form = CodigoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        hallado = None
        try:
            gastar("codigo", direccion_de(request))
            datos = form.cleaned_data
            hallado = aporte_por_codigo(datos["folio"], datos["codigo"])
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        if hallado is not None:
            abiertos.abrir(request, hallado)
            return redirect(_de_el(hallado, form) or reverse("paginas:mi_aporte"))
    abierto = Aporte.objects.confirmados().filter(pk__in=abiertos.ids(request))
    return TemplateResponse(
        request,
        "paginas/mi_aporte.html",
        {
            "seo": seo("Mi aporte", reverse("paginas:mi_aporte")),
            "migas": migas(("Mi aporte", "")),
            "form": form,
            "mios": mios_de(para_mios(abierto).order_by("-enviado_en", "-pk"), timezone.now()),
        },
        status=estado_de_formulario(form),
    )


def _de_el(aporte: Aporte, form: CodigoForm) -> str:
    """The page of `aporte` they were going to; empty for any other."""
    siguiente: str = form.cleaned_data["siguiente"]
    propias = [reverse(f"paginas:{p}", args=[aporte.folio]) for p in DE_SU_AUTOR]
    return siguiente if siguiente in propias else ""


@never_cache
@require_POST
def cerrar(request: HttpRequest) -> HttpResponse:
    """Forget, in this browser, what was opened with a code."""
    abiertos.cerrar(request)
    return redirect("paginas:mi_aporte")


def aporte_por_codigo(folio: str, codigo: str) -> Aporte:
    """The contribution of that folio with that code. Raises DatoInvalido without telling which is wrong."""
    filas = Aporte.objects.publicos().select_related("consulta", "autoria")
    aporte = por_folio(filas, folio.strip()).first()
    if aporte is None or not codigo_corresponde(codigo, aporte):
        raise DatoInvalido(_(NO_CORRESPONDE))
    return aporte
