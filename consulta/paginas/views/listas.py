"""The contributions of a consultation, filtered: every figure of the ledger leads to its rows here."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import activos, consulta_sin, elegido, faceta, pagina
from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.filtro_propuestas import (
    NACIONAL,
    REGIONES,
    Filtro,
    cuentas_por,
    filtrar,
    opciones,
    temas_de,
)
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.consultas import vista_de_consulta
from consulta.paginas.presentacion.hilos import ANTIGUOS, ORDENES, RECIENTES
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta

POR_PAGINA = 20
ESTADOS = {
    "respondido": "Respondidos",
    "pendiente": "Pendientes",
    "vencido": "Con respuesta atrasada",
    "retirado": "Retirados",
    "removido": "Removidos",
}
CON_REGION = {codigo: nombre for codigo, nombre in REGIONES.items() if codigo != NACIONAL}
"""A comment that names no region does not speak of the whole country."""

FACETAS = (("tema", "Tema", "Todos"), ("region", "Región", "Todas"), ("estado", "Estado", "Todos"))


@revalidable
@publica
@require_safe
def aportes(request: HttpRequest, slug: str) -> TemplateResponse:
    """Every contribution of a consultation, replies included: what the public line counts."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    ahora = timezone.now()
    hoy = dia_de(ahora)
    base = Aporte.objects.publicos().de_consulta(consulta)
    temas = temas_de(base)
    textos = {"tema": temas, "region": CON_REGION, "estado": ESTADOS}
    elegidos = {n: elegido(request, n, textos[n]) for n in textos}
    f = Filtro(tema=elegidos["tema"], region=elegidos["region"], estado=elegidos["estado"])
    cuentas = cuentas_por(base, f, hoy, textos)
    orden = elegido(request, "orden", ORDENES) or RECIENTES
    sentido = ("enviado_en", "pk") if orden == ANTIGUOS else ("-enviado_en", "-pk")
    page_obj = pagina(request, filtrar(base, f, hoy).con_texto().order_by(*sentido), POR_PAGINA)
    titulo = "Todos los aportes"
    return TemplateResponse(
        request,
        "paginas/aportes.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                reverse("paginas:aportes", args=[slug]),
                f"{titulo} de la consulta «{consulta.titulo}» y qué se respondió a cada uno.",
            ),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                (titulo, ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "titulo": titulo,
            "vista": vista_de_consulta(consulta, base.balance(hoy), ahora),
            "facetas": [
                faceta(n, rotulo, elegidos[n], opciones(textos[n], cuentas[n], elegidos[n]), todos)
                for n, rotulo, todos in FACETAS
            ],
            "activos": activos(
                request, {n: textos[n].get(valor, "") for n, valor in elegidos.items()}
            ),
            "page_obj": page_obj,
            "filas": filas_de(page_obj.object_list, ahora=ahora),
            "base_query": consulta_sin(request),
            "ordenes": ordenes(request, orden),
            "ocultos": [("orden", orden)] if orden != RECIENTES else [],
        },
    )


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
