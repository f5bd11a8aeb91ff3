"""Who sits in the forum on a day, and what its members disagreed with in a consultation."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import pagina
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.direcciones import direccion
from consulta.paginas.presentacion.tarjetas import folio_de
from consulta.procesos.models import Consulta
from consulta.respuestas.decisiones import disensos_de
from foro.enums import Sector
from foro.models import Mandato

POR_PAGINA = 20


@publica
@require_safe
def integrantes(request: HttpRequest) -> TemplateResponse:
    """Members by sector, as of the day asked for (`al`), today by default."""
    hoy = dia_de(timezone.now())
    pedido = request.GET.get("al", "")
    dia = leer_dia(pedido)
    filas = Mandato.objects.vigentes(dia or hoy).select_related("organizacion").order_by("nombre")
    mandatos = list(filas)
    return TemplateResponse(
        request,
        "foro/integrantes.html",
        {
            "seo": seo(
                "Quiénes integran el foro",
                reverse("paginas:foro"),
                "Personas, organizaciones y sectores que integran el foro, hoy o en otra fecha.",
            ),
            "migas": migas(("El foro", "")),
            "dia": dia or hoy,
            "hoy": hoy,
            "pedido": pedido,
            "mal_dia": bool(pedido) and dia is None,
            "total": len(mandatos),
            "sectores": [
                (sector.label, suyos)
                for sector in Sector
                if (suyos := [m for m in mandatos if m.sector == sector])
            ],
        },
    )


@publica
@require_safe
def disensos(request: HttpRequest, slug: str) -> TemplateResponse:
    """Every dissent published with an answer of one consultation, the latest first."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    page_obj = pagina(request, disensos_de(consulta), POR_PAGINA)
    return TemplateResponse(
        request,
        "foro/disensos.html",
        {
            "seo": seo(f"Disensos: {consulta}", reverse("paginas:disensos", args=[slug])),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                ("Disensos", ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "page_obj": page_obj,
            "disensos": [
                {
                    "mandato": d.mandato,
                    "en": d.en,
                    "nota": d.nota,
                    "institucion": d.version.respuesta.institucion,
                    "folio": (folio := folio_de(consulta, d.n_aporte)),
                    "url": direccion("aporte", folio),
                    "otros": d.cuantos - 1,
                    "reemplazada": d.reemplazada,
                }
                for d in page_obj.object_list
            ],
        },
    )


def leer_dia(texto: str) -> date | None:
    """The day «2026-03-01»; None when it is anything else."""
    try:
        dia = parse_date(texto)
    except ValueError:
        return None
    return dia if dia is not None and 1900 <= dia.year <= 9000 else None
