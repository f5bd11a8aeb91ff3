"""What is the author's own: the receipt of a sending, and the list of all of theirs."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comun.avisos import direccion_absoluta
from comun.fechas import dia_de
from comun.listas import pagina
from consulta.aportes.codigos import codigo_de
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor, puede_retirar
from consulta.paginas.cabeceras import migas, persona, seo
from consulta.paginas.envio import RECIBOS
from consulta.paginas.presentacion.aportes import (
    FilaAporte,
    VistaRespuesta,
    estado_de,
    fila_de,
    vista_de_respuesta,
)
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.recibos import vista_de_comprobante
from consulta.paginas.views.aportes import aporte_de_folio
from consulta.respuestas.models import Cobertura

POR_PAGINA = 20


@dataclass(slots=True)
class Mio:
    """One of one's own contributions: where it stands, who has it, until when."""

    fila: FilaAporte
    estado: str
    consulta: str
    consulta_url: str
    institucion: str
    vence_el: date | None
    respuesta: VistaRespuesta | None
    url_retirar: str


@never_cache
@login_required
@require_safe
def recibo(request: HttpRequest, folio: str) -> HttpResponse:
    """The receipt of one's own contribution. The private code shows once, right after sending."""
    fila = aporte_de_folio(folio)
    if not es_autor(persona(request), fila):
        return redirect(fila)
    recien: list[int] = request.session.get(RECIBOS, [])
    mostrar = fila.pk in recien
    if mostrar:
        request.session[RECIBOS] = [pk for pk in recien if pk != fila.pk]
    return TemplateResponse(
        request,
        "paginas/recibo.html",
        {
            "seo": seo(f"Recibo {fila.folio}", reverse("paginas:recibo", args=[fila.folio])),
            "migas": migas(
                ("Mis aportes", reverse("paginas:mis_aportes")), (f"Recibo {fila.folio}", "")
            ),
            "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
            "aporte": fila,
            "consulta": fila.consulta,
            "titulo": titulo_de(fila),
            "direccion": direccion_absoluta(fila.get_absolute_url()),
            "codigo": codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal) if mostrar else "",
            "puede_retirar": puede_retirar(persona(request), fila, timezone.now()),
            "comprobante": vista_de_comprobante(fila),
        },
    )


@never_cache
@login_required
@require_safe
def mis_aportes(request: HttpRequest) -> TemplateResponse:
    """Everything this account sent, the latest first."""
    ahora = timezone.now()
    hoy = dia_de(ahora)
    todos = Aporte.objects.confirmados().de_cuenta(request.user)
    page_obj = pagina(
        request,
        todos.con_texto()
        .select_related(
            "consulta__etapa__proceso",
            "asunto__fragmento__version",
            "autoria",
            "en_nombre_de",
            "tema",
            "institucion",
        )
        .order_by("-enviado_en", "-pk"),
        POR_PAGINA,
    )
    filas = list(page_obj.object_list)
    coberturas = Cobertura.objects.vigentes_de(filas)
    return TemplateResponse(
        request,
        "paginas/mis_aportes.html",
        {
            "seo": seo("Mis aportes", reverse("paginas:mis_aportes")),
            "migas": migas(("Mis aportes", "")),
            "balance": todos.balance(hoy),
            "page_obj": page_obj,
            "mios": [
                _mio(
                    a,
                    coberturas.get(a.pk),
                    hoy,
                    retirable=puede_retirar(persona(request), a, ahora),
                )
                for a in filas
            ],
        },
    )


def _mio(aporte: Aporte, cobertura: Cobertura | None, hoy: date, *, retirable: bool) -> Mio:
    estado = estado_de(aporte, hoy)
    return Mio(
        fila=fila_de(aporte, hoy=hoy, cobertura=cobertura, comentarios=0),
        estado=estado,
        consulta=aporte.consulta.titulo,
        consulta_url=aporte.consulta.get_absolute_url(),
        institucion=aporte.institucion.nombre if aporte.institucion else "",
        vence_el=aporte.vence_el if estado in ("pendiente", "vencido") else None,
        respuesta=vista_de_respuesta(cobertura) if cobertura and aporte.es_visible else None,
        url_retirar=reverse("paginas:retirar", args=[aporte.folio]) if retirable else "",
    )
