"""The contributions of a consultation, filtered: every figure of the ledger leads to its rows here."""

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import Faceta, activos, consulta_sin, elegido, faceta, pagina
from comun.regiones import Region
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet, Balance
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.filtro_propuestas import de_estado
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.consultas import vista_de_consulta
from consulta.paginas.presentacion.hilos import ANTIGUOS, ORDENES, RECIENTES
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta, Tema

POR_PAGINA = 20
ESTADOS = {
    "respondido": "Respondidos",
    "pendiente": "Pendientes",
    "vencido": "Con respuesta atrasada",
    "retirado": "Retirados",
    "removido": "Removidos",
}


@revalidable
@publica
@require_safe
def aportes(request: HttpRequest, slug: str) -> TemplateResponse:
    """Every contribution of a consultation, replies included: what the public line counts."""
    return _lista(request, slug)


def ordenes(request: HttpRequest, orden: str) -> list[dict[str, object]]:
    """The orders as links that keep the other parameters."""
    resto = consulta_sin(request, "orden")
    return [
        {
            "texto": texto,
            "url": f"?{resto}{'&' if resto else ''}orden={valor}",
            "elegido": valor == orden,
        }
        for valor, texto in ORDENES.items()
    ]


def _lista(request: HttpRequest, slug: str) -> TemplateResponse:
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    ahora = timezone.now()
    hoy = dia_de(ahora)
    base = Aporte.objects.publicos().de_consulta(consulta)
    balance = base.balance(hoy)
    temas = dict(Tema.objects.filter(aporte__in=base).distinct().values_list("slug", "nombre"))
    tema = elegido(request, "tema", temas)
    region = elegido(request, "region", Region.values)
    estado = elegido(request, "estado", ESTADOS)
    orden = elegido(request, "orden", ORDENES) or RECIENTES
    filas = de_estado(base, estado, hoy)
    if tema:
        filas = filas.filter(tema__slug=tema)
    if region:
        filas = filas.filter(region=region)
    sentido = ("enviado_en", "pk") if orden == ANTIGUOS else ("-enviado_en", "-pk")
    page_obj = pagina(request, filas.con_texto().order_by(*sentido), POR_PAGINA)
    nombre, titulo = "aportes", "Todos los aportes"
    elegidos = {
        "tema": temas.get(tema, ""),
        "region": Region(region).label if region else "",
        "estado": ESTADOS.get(estado, ""),
    }
    return TemplateResponse(
        request,
        "paginas/aportes.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                reverse(f"paginas:{nombre}", args=[slug]),
                f"{titulo} de la consulta «{consulta.titulo}» y qué se respondió a cada una.",
            ),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                (titulo, ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "titulo": titulo,
            "vista": vista_de_consulta(consulta, balance, ahora, nombre),
            "facetas": _facetas(base, balance, temas, tema, region, estado),
            "activos": activos(request, elegidos),
            "page_obj": page_obj,
            "filas": filas_de(page_obj.object_list, ahora=ahora),
            "base_query": consulta_sin(request),
            "ordenes": ordenes(request, orden),
            "ocultos": [("orden", orden)] if orden != RECIENTES else [],
        },
    )


def _facetas(
    base: AporteQuerySet,
    balance: Balance,
    temas: dict[str, str],
    tema: str,
    region: str,
    estado: str,
) -> list[Faceta]:
    def cuentas(campo: str) -> dict[str, int]:
        filas = base.order_by().values_list(campo).annotate(Count("pk"))
        return {str(valor): n for valor, n in filas if valor}

    por_tema, por_region = cuentas("tema__slug"), cuentas("region")
    por_estado = {
        "respondido": balance.respondidos,
        "pendiente": balance.pendientes,
        "vencido": balance.vencidos,
        "retirado": balance.retirados,
        "removido": balance.removidos,
    }
    return [
        faceta("tema", "Tema", tema, [(s, n, por_tema.get(s, 0)) for s, n in temas.items()]),
        faceta(
            "region",
            "Región",
            region,
            [(r.value, str(r.label), por_region[r.value]) for r in Region if r in por_region],
            "Todas",
        ),
        faceta(
            "estado",
            "Estado",
            estado,
            [(e, t, por_estado[e]) for e, t in ESTADOS.items() if por_estado[e] or e == estado],
        ),
    ]
