"""The proposals of a consultation: filtered, in order, on a map, as a sheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.avisos import direccion_absoluta
from comun.fechas import dia_de
from comun.listas import PAGINA, activos, consulta_sin
from comun.planillas import filas_csv
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.filtro_propuestas import (
    ORDENES,
    Filtro,
    base_de,
    cuentas_por_region,
    facetas,
    filtrar,
    leer_filtro,
    ordenar,
    temas_de,
)
from consulta.paginas.lectores import lector_de
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.apoyos import poner_apoyos
from consulta.paginas.presentacion.consultas import vista_de_consulta
from consulta.paginas.presentacion.detalle import valores_de
from consulta.paginas.presentacion.mapa import mapa_de
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Cobertura

POR_PAGINA = 20
LOTE = 500


@revalidable
@publica
@require_safe
def propuestas(request: HttpRequest, slug: str) -> TemplateResponse:
    """The list. Its address says all that was chosen: it can be shared."""
    consulta, base, f = _pedido(request, slug)
    ahora = timezone.now()
    hoy = dia_de(ahora)
    claves = ordenar(filtrar(base, f, hoy), f.orden).values_list("pk", flat=True)
    pagina = Paginator(claves, POR_PAGINA).get_page(request.GET.get(PAGINA))
    aportes = _de_claves(list(pagina.object_list))
    filas = filas_de(aportes, ahora=ahora)
    poner_apoyos(filas, aportes, lector_de(request, consulta, ahora))
    balance = base.balance(hoy)
    resto = consulta_sin(request, "orden")
    contexto = _contexto(request, consulta, "Propuestas") | {
        "vista": vista_de_consulta(consulta, balance, ahora, "propuestas"),
        "facetas": facetas(base, f, hoy),
        "f": f,
        "activos": activos(request, f.puestos),
        "page_obj": pagina,
        "filas": filas,
        "base_query": consulta_sin(request),
        "ordenes": [
            {
                "texto": texto,
                "url": f"?{resto}{'&' if resto else ''}orden={o}",
                "elegido": o == f.orden,
            }
            for o, (texto, _campos) in ORDENES.items()
        ],
        "ocultos": [("orden", f.orden)] if f.orden != "recientes" else [],
    }
    return TemplateResponse(request, "paginas/propuestas.html", contexto)


def _de_claves(claves: list[int]) -> list[Aporte]:
    """Those rows, in that order. Only they are read whole: to sort ten thousand, their keys do."""
    filas = {a.pk: a for a in Aporte.objects.filter(pk__in=claves).con_texto()}
    return [filas[pk] for pk in claves if pk in filas]


@revalidable
@publica
@require_safe
def mapa(request: HttpRequest, slug: str) -> TemplateResponse:
    """How many proposals speak of each region, the other filters standing."""
    consulta, base, f = _pedido(request, slug)
    resto = consulta_sin(request, "region", "orden")
    lista = reverse("paginas:propuestas", args=[slug])
    cuentas = cuentas_por_region(filtrar(base, f, dia_de(timezone.now()), menos="region"))
    puestos = {n: t for n, t in f.puestos.items() if n != "region"}
    contexto = _contexto(request, consulta, "Propuestas por región") | {
        "mapa": mapa_de(cuentas, f"{lista}?{resto}{'&' if resto else ''}"),
        "activos": activos(request, puestos),
        "lista_url": f"{lista}?{resto}" if resto else lista,
    }
    contexto["migas"].insert(-1, {"titulo": "Propuestas", "url": lista})
    return TemplateResponse(request, "paginas/mapa.html", contexto)


@require_safe
def planilla(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The filtered list as CSV, written as it is read: ten thousand rows take no more memory than ten."""
    consulta, base, f = _pedido(request, slug)
    filas = ordenar(filtrar(base, f, dia_de(timezone.now())), f.orden).con_texto()
    respuesta = StreamingHttpResponse(
        filas_csv(ENCABEZADO, _renglones(filas)), content_type="text/csv; charset=utf-8"
    )
    respuesta["Content-Disposition"] = f'attachment; filename="propuestas-{consulta.slug}.csv"'
    return respuesta


ENCABEZADO = (
    "folio", "dirección", "recibida", "título", "propuesta", *CAMPOS_DE_PROPUESTA, "valores", "tema",
    "región", "firma", "tipo de autor", "canal", "oficio o mesa", "situación", "apoyos", "comentarios",
    "respondida", "resultado", "resultado de cada punto",
)  # fmt: skip


def _renglones(filas: AporteQuerySet) -> Iterator[list[Any]]:
    """Pages of primary keys are read first: the order of the list may not change while it is written."""
    claves = list(filas.values_list("pk", flat=True))
    for i in range(0, len(claves), LOTE):
        lote = _de_claves(claves[i : i + LOTE])
        respuestas = Cobertura.objects.vigentes_de(lote)
        for aporte in lote:
            yield _renglon(aporte, respuestas.get(aporte.pk))


def _renglon(aporte: Aporte, cobertura: Cobertura | None) -> list[Any]:
    visible = aporte.es_visible
    contenido, campos = (
        aporte.contenido,
        (aporte.contenido.campos or {}) if aporte.es_visible else {},
    )
    return [
        aporte.folio,
        direccion_absoluta(aporte.get_absolute_url()),
        _fecha(aporte.enviado_en),
        contenido.titulo if visible else "",
        contenido.texto if visible else "",
        *(campos.get(nombre, "") for nombre in CAMPOS_DE_PROPUESTA),
        valores_de(aporte) if visible else "",
        aporte.tema.nombre if aporte.tema else "",
        aporte.get_region_display() if aporte.region else "Nacional",
        aporte.firma if visible else "",
        aporte.get_tipo_autor_display(),
        aporte.get_canal_display(),
        aporte.referencia,
        aporte.get_situacion_display(),
        aporte.apoyos,
        aporte.replicas_n,
        _fecha(aporte.respondido_en),
        cobertura.get_resultado_display() if cobertura and visible else "",
        _por_puntos(cobertura) if cobertura and visible else "",
    ]


def _por_puntos(cobertura: Cobertura) -> str:
    return "; ".join(
        f"{p.punto.n}: {p.get_resultado_display()}" for p in cobertura.puntos_dichos if p.punto
    )


def _fecha(instante: datetime | None) -> str:
    return timezone.localtime(instante).strftime("%Y-%m-%d %H:%M") if instante else ""


def _pedido(request: HttpRequest, slug: str) -> tuple[Consulta, AporteQuerySet, Filtro]:
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    base = base_de(consulta)
    return consulta, base, leer_filtro(request.GET, temas_de(base))


def _contexto(request: HttpRequest, consulta: Consulta, titulo: str) -> dict[str, Any]:
    return {
        "seo": seo(
            f"{titulo} · {consulta.titulo}",
            request.path,
            f"{titulo} de la consulta «{consulta.titulo}» y qué se respondió a cada una.",
        ),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
            (titulo, ""),
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "titulo": titulo,
        "direcciones": {
            "mapa": reverse("paginas:mapa", args=[consulta.slug]) + _consulta(request),
            "planilla": reverse("paginas:planilla", args=[consulta.slug]) + _consulta(request),
        },
    }


def _consulta(request: HttpRequest) -> str:
    resto = consulta_sin(request)
    return f"?{resto}" if resto else ""
