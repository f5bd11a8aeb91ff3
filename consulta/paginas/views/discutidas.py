"""The most contested answers, of the site and of one consultation, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.avisos import direccion_absoluta
from comun.listas import activos, consulta_sin, elegido, faceta, pagina
from comun.planillas import filas_csv
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.discutidas import filas_de, tabla_de_opiniones
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta
from consulta.respuestas.discutidas import (
    ABIERTA,
    FORMULA,
    RESUELTA,
    discutidas,
    opiniones,
    respondidos,
)
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Respuesta, RespuestaVersion
from cuentas.models import Institucion

POR_PAGINA = 20
LOTE = 500
REVISIONES = {ABIERTA: "Abierta", RESUELTA: "Resuelta"}
DICHOS = {Responde.NO.value: "No le responde", Responde.EN_PARTE.value: "Le responde en parte"}


@revalidable
@publica
@require_safe
def mas_discutidas(request: HttpRequest, slug: str = "") -> TemplateResponse:
    """Ordered by points, whose formula stands above the list; with what authors say, in figures."""
    consulta = (
        get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug) if slug else None
    )
    elegidos, nombres = _pedido(request, slug)
    filtro = _filtro(elegidos, slug)
    page_obj = pagina(request, discutidas(**filtro), POR_PAGINA)
    de = {k: v for k, v in filtro.items() if k in ("consulta", "institucion")}
    ruta = reverse("paginas:mas_discutidas_de", args=[slug]) if slug else _ruta()
    titulo = "Las respuestas más discutidas"
    tabla = opiniones(**de)
    return TemplateResponse(
        request,
        "paginas/mas_discutidas.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}" if consulta else titulo,
                ruta,
                "Qué respuestas no le responden a quien escribió, y cuáles se pidió revisar.",
            ),
            "migas": migas(
                *(
                    [
                        ("Consultas", reverse("paginas:consultas")),
                        (consulta.titulo, consulta.get_absolute_url()),
                    ]
                    if consulta
                    else []
                ),
                (titulo, ""),
            ),
            "titulo": titulo,
            "consulta": consulta,
            "datos_demo": consulta is not None and consulta.etapa.proceso.es_demostracion,
            "formula": FORMULA,
            "opiniones": tabla[0],
            "tabla": tabla_de_opiniones(tabla[1:]),
            "respondidos": respondidos(**de).count(),
            "page_obj": page_obj,
            "filas": filas_de(page_obj.object_list),
            "base_query": consulta_sin(request),
            "facetas": [
                faceta(nombre, rotulo, elegidos[nombre], [(v, t, None) for v, t in valores.items()],
                       todos=todos)
                for nombre, (rotulo, todos, valores) in nombres.items()
            ],
            "activos": activos(
                request,
                {n: valores.get(elegidos[n], "") for n, (_r, _t, valores) in nombres.items()},
            ),
            "url_csv": f"{ruta}mas-discutidas.csv?{consulta_sin(request)}",
            "url_todas": _ruta(),
        },
    )  # fmt: skip


@require_safe
def mas_discutidas_csv(request: HttpRequest, slug: str = "") -> StreamingHttpResponse:
    """All of them, with the filters of the page."""
    if slug:
        get_object_or_404(Consulta.objects.publicadas(), slug=slug)
    elegidos, _nombres = _pedido(request, slug)
    respuesta = StreamingHttpResponse(
        filas_csv(ENCABEZADO, _renglones(_filtro(elegidos, slug))),
        content_type="text/csv; charset=utf-8",
    )
    respuesta["Content-Disposition"] = 'attachment; filename="respuestas-mas-discutidas.csv"'
    return respuesta


ENCABEZADO = (
    "folio", "dirección", "consulta", "institución", "resultado", "le responde", "revisión",
    "comentarios posteriores", "apoyos", "puntos",
)  # fmt: skip


def _renglones(filtro: dict[str, Any]) -> Iterator[list[Any]]:
    """The order is read first: it may not change while the file is written."""
    claves = list(discutidas(**filtro).values_list("pk", flat=True))
    for i in range(0, len(claves), LOTE):
        lote = claves[i : i + LOTE]
        por_pk = {f.pk: f for f in filas_de(discutidas(**filtro).filter(pk__in=lote))}
        for fila in (por_pk[pk] for pk in lote if pk in por_pk):
            yield [
                fila.folio, direccion_absoluta(fila.url), fila.consulta, fila.institucion,
                fila.resultado_texto, fila.dicho, fila.revision, fila.comentarios, fila.apoyos,
                fila.puntos,
            ]  # fmt: skip


def _ruta() -> str:
    return reverse("paginas:mas_discutidas")


def _pedido(
    request: HttpRequest, slug: str
) -> tuple[dict[str, str], dict[str, tuple[str, str, dict[str, str]]]]:
    """What was chosen of each filter, and what there is to choose; two queries, one in a consultation."""
    publicadas = Respuesta.objects.filter(
        Exists(RespuestaVersion.objects.publicadas().filter(respuesta=OuterRef("pk")))
    )
    instituciones = {
        str(pk): nombre
        for pk, nombre in Institucion.objects.filter(
            Exists(publicadas.filter(institucion=OuterRef("pk")))
        )
        .order_by("nombre")
        .values_list("pk", "nombre")
    }
    nombres: dict[str, tuple[str, str, dict[str, str]]] = {}
    if not slug:
        consultas = dict(
            Consulta.objects.publicadas()
            .filter(Exists(publicadas.filter(consulta=OuterRef("pk"))))
            .order_by("titulo", "pk")
            .values_list("slug", "titulo")
        )
        nombres["consulta"] = ("Consulta", "Todas", consultas)
    nombres["institucion"] = ("Institución", "Todas", instituciones)
    nombres["responde"] = ("Le responde", "Cualquiera", DICHOS)
    nombres["revision"] = ("Revisión", "Cualquiera", REVISIONES)
    elegidos = {n: elegido(request, n, valores) for n, (_r, _t, valores) in nombres.items()}
    return elegidos, nombres


def _filtro(elegidos: dict[str, str], slug: str) -> dict[str, Any]:
    institucion = elegidos["institucion"]
    return {
        "consulta": slug or elegidos.get("consulta", ""),
        "institucion": int(institucion) if institucion else None,
        "responde": elegidos["responde"],
        "revision": elegidos["revision"],
    }
