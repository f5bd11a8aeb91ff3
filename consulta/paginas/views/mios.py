"""What is the author's own: the receipt of a sending, and the list of all of theirs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comun.avisos import direccion_absoluta
from comun.fechas import dia_de
from comun.listas import activos, consulta_sin, elegido, faceta, pagina
from consulta.aportes.codigos import codigo_de
from consulta.aportes.flows.reclamar import por_reclamar, reclamar_aportes
from consulta.aportes.models import Aporte, BorradorDeAporte
from consulta.aportes.permissions import puede_corregir, puede_retirar
from consulta.paginas import abiertos
from consulta.paginas.cabeceras import migas, persona, seo
from consulta.paginas.envio import LUGAR_ENVIADO, RECIBOS
from consulta.paginas.filtro_mios import ESTADOS, cuentas_de, estado_q
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.mios import borradores_de, mios_de, para_mios
from consulta.paginas.presentacion.recibos import vista_de_comprobante
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.paginas.views.suyo import mostrar_que_es_suyo
from foro.asientos import asientos_de

POR_PAGINA = 20
BORRADORES = 10


@never_cache
@require_safe
def recibo(request: HttpRequest, folio: str) -> HttpResponse:
    """The receipt of one's own contribution. The private code shows once, right after sending."""
    fila = aporte_de_folio(folio)
    if not abiertos.es_mio(request, fila):
        return mostrar_que_es_suyo(request, fila, "Recibo")
    recien: list[int] = request.session.get(RECIBOS, [])
    mostrar = fila.pk in recien
    if mostrar:
        request.session[RECIBOS] = [pk for pk in recien if pk != fila.pk]
    ahora, codigo = timezone.now(), abiertos.codigo(request, fila)
    return TemplateResponse(
        request,
        "paginas/recibo.html",
        {
            "seo": seo(f"Recibo {fila.folio}", reverse("paginas:recibo", args=[fila.folio])),
            "migas": migas(_de_donde(request), (f"Recibo {fila.folio}", "")),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "consulta": fila.consulta,
            "titulo": titulo_de(fila),
            "direccion": direccion_absoluta(fila.get_absolute_url()),
            "codigo": codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal) if mostrar else "",
            "puede_retirar": puede_retirar(persona(request), fila, ahora, codigo),
            "puede_corregir": puede_corregir(persona(request), fila, ahora, codigo),
            "lugar_enviado": request.session.pop(LUGAR_ENVIADO, ""),
            "comprobante": vista_de_comprobante(fila),
        },
    )


@never_cache
@login_required
@require_safe
def mis_aportes(request: HttpRequest) -> TemplateResponse:
    """Everything this account sent, the latest first, and what it is still writing."""
    ahora = timezone.now()
    hoy = dia_de(ahora)
    cuenta = persona(request)
    todos = Aporte.objects.de_cuenta(cuenta)
    cuentas = cuentas_de(todos, hoy)
    consultas = {c.slug: c.titulo for c in cuentas.consultas}
    estado = elegido(request, "estado", ESTADOS)
    consulta = elegido(request, "consulta", consultas)
    filas = todos.filter(estado_q(estado, hoy))
    filas = filas.filter(consulta__slug=consulta) if consulta else filas
    # Only the numbers are put in order: ten thousand wide rows would be read to draw twenty.
    en_orden = filas.order_by("-enviado_en", "-pk").values_list("pk", flat=True)
    page_obj = pagina(request, en_orden, POR_PAGINA, hay=cuentas.cuantos(estado, consulta))
    de_esta = Aporte.objects.filter(pk__in=list(page_obj.object_list))
    return TemplateResponse(
        request,
        "paginas/mis_aportes.html",
        {
            "seo": seo("Mis aportes", reverse("paginas:mis_aportes")),
            "migas": migas(("Mis aportes", "")),
            "frase": cuentas.frase,
            "page_obj": page_obj,
            "base_query": consulta_sin(request),
            "mios": mios_de(para_mios(de_esta).order_by("-enviado_en", "-pk"), ahora),
            "hay": bool(consultas),
            "facetas": [
                faceta(
                    "estado", "Estado", estado,
                    [(v, t, cuentas.cuantos(v, consulta)) for v, t in ESTADOS.items()],
                ),
                faceta(
                    "consulta", "Consulta", consulta,
                    [(v, t, cuentas.cuantos(estado, v)) for v, t in consultas.items()],
                    todos="Todas",
                ),
            ],
            "activos": activos(
                request, {"estado": ESTADOS.get(estado, ""), "consulta": consultas.get(consulta, "")}
            ),
            "borradores": borradores_de(
                BorradorDeAporte.objects.filter(cuenta=cuenta).order_by("-guardado_en")[:BORRADORES]
            ),
            "por_reclamar": por_reclamar(cuenta).count(),
            "integra_el_foro": bool(asientos_de(cuenta, hoy)),
        },
    )  # fmt: skip


@never_cache
@login_required
@require_POST
def reclamar(request: HttpRequest) -> HttpResponseRedirect:
    """Add to the account what was sent without one, with its verified address."""
    n = reclamar_aportes(cuenta=persona(request))
    if n:
        messages.success(
            request,
            ngettext(
                "Agregamos %(n)d aporte a su cuenta.", "Agregamos %(n)d aportes a su cuenta.", n
            )
            % {"n": n},
        )
    return redirect("paginas:mis_aportes")


def _de_donde(request: HttpRequest) -> tuple[str, str]:
    if request.user.is_authenticated:
        return ("Mis aportes", reverse("paginas:mis_aportes"))
    return ("Mi aporte", reverse("paginas:mi_aporte"))
