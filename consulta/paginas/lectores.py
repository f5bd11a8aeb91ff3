"""Who is reading a thread: what is new to them, and remembering that they came, once it is drawn."""

from datetime import datetime

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

from consulta.aportes.flows.visitar import Lectura, anotar_visita, lectura_con, lectura_de
from consulta.aportes.models import Aporte, Seguimiento, Visita
from consulta.paginas.presentacion.tarjetas import Lector
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User

ADELANTADO = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")
LARGO_RUTA = 2_000
"""Of an address one comes back to: each card holds it, and cards are kept."""

VISITA = ("pk", "en", "antes")
"""What is read of a visit."""


def lector_de(request: HttpRequest, consulta: Consulta, ahora: datetime) -> Lector:
    """The reader of this request; nothing is asked of the database but who is signed in."""
    cuenta = request.user if isinstance(request.user, User) else None
    ruta = request.get_full_path()
    return Lector(consulta, ahora, cuenta, ruta if len(ruta) <= LARGO_RUTA else request.path)


def recordar(
    lector: Lector, request: HttpRequest, asunto: Asunto, raiz: Aporte | None = None
) -> Lectura | None:
    """What is new since their last visit; one query for an account, none for anyone else, nor where
    `asunto` came from `asuntos_de`."""
    if lector.cuenta is None:
        return None
    if raiz is None and hasattr(asunto, "visita_pk"):
        lectura = lectura_con(_visita_de(asunto), lector.ahora)
    else:
        lectura = lectura_de(asunto=asunto, por=lector.cuenta, ahora=lector.ahora, raiz=raiz)
    lector.nuevo_desde = lectura.desde
    return lectura


def anotar_al_terminar(
    respuesta: TemplateResponse,
    request: HttpRequest,
    lector: Lector,
    lectura: Lectura | None,
    asunto: Asunto,
    raiz: Aporte | None = None,
) -> TemplateResponse:
    """Write the visit once the page is drawn: never for a HEAD, nor for what is only fetched ahead."""
    cuenta = lector.cuenta
    adelantado = any("prefetch" in request.META.get(c, "") for c in ADELANTADO)
    if cuenta is not None and lectura is not None and request.method == "GET" and not adelantado:

        def anotar(_: object) -> None:  # what it returned would take the page's place
            anotar_visita(asunto=asunto, por=cuenta, lectura=lectura, ahora=lector.ahora, raiz=raiz)

        respuesta.add_post_render_callback(anotar)
    return respuesta


def asuntos_de(request: HttpRequest) -> "QuerySet[Asunto]":
    """Every Asunto, each with whether this reader follows it (`siguiendo`) and when they were last there
    (`visita_…`), without another query."""
    if not isinstance(request.user, User):
        return Asunto.objects.annotate(siguiendo=Value(False, output_field=BooleanField()))
    suyo = {"cuenta": request.user, "asunto": OuterRef("pk"), "raiz": None}
    visita = Visita.objects.filter(**suyo)
    return Asunto.objects.annotate(
        siguiendo=Exists(Seguimiento.objects.filter(**suyo)),
        **{f"visita_{campo}": Subquery(visita.values(campo)[:1]) for campo in VISITA},
    )


def _visita_de(asunto: Asunto) -> Visita | None:
    campos = {campo: getattr(asunto, f"visita_{campo}") for campo in VISITA}
    return Visita(**campos) if campos["pk"] else None


def sigue(cuenta: User | None, asunto: Asunto, raiz: Aporte | None = None) -> bool:
    """Whether they follow it; one query for an account."""
    if cuenta is None:
        return False
    return Seguimiento.objects.filter(cuenta=cuenta, asunto=asunto, raiz=raiz).exists()


def sigue_consulta(request: HttpRequest, consulta: Consulta) -> bool:
    """Whether this reader follows a whole consultation; one query for an account."""
    if not isinstance(request.user, User):
        return False
    suyos = Seguimiento.objects.filter(cuenta=request.user, raiz=None)
    return suyos.filter(asunto__consulta=consulta, asunto__fragmento=None).exists()


def pide_trozo(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page, not the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def segun_htmx(respuesta: TemplateResponse) -> TemplateResponse:
    """Page and piece have one address: caches must keep them apart."""
    patch_vary_headers(respuesta, ["HX-Request"])
    return respuesta
