"""Two versions of a draft, word by word."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.listas import PAGINA, consulta_sin
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.comparar import POR_PAGINA, comparar, detallar
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta, VersionBorrador

CON_LO_IGUAL = "todo"


@revalidable
@publica
@require_safe
def comparar_versiones(request: HttpRequest, slug: str) -> TemplateResponse:
    """Any two published versions: the last two unless `de` and `a` say others; only what changed
    unless `todo=1`; `p` opens the page that has that paragraph."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    de, a = elegidas(request, versiones)
    comparacion = comparar(versiones, de.n, a.n)
    todo = request.GET.get(CON_LO_IGUAL) == "1"
    filas = comparacion.filas if todo else comparacion.cambian
    paginador = Paginator(filas, POR_PAGINA)
    pagina = request.GET.get(PAGINA)
    buscado = request.GET.get("p", "")
    if pagina is None and buscado.isdecimal():
        lugar = (i for i, f in enumerate(filas) if any(str(x.orden) == buscado for x in f.a))
        pagina = str(next(lugar, 0) // POR_PAGINA + 1)
    page_obj = paginador.get_page(pagina)
    detallar(comparacion, list(page_obj), versiones)
    titulo = f"Qué cambió de la versión {de.n} a la {a.n}"
    return TemplateResponse(
        request,
        "paginas/comparar.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                reverse("paginas:comparar", args=[slug]),
                "Cada palabra que se agregó y cada una que se quitó.",
            ),
            "migas": migas(
                ("Consultas", reverse("paginas:consultas")),
                (consulta.titulo, consulta.get_absolute_url()),
                ("Borrador", reverse("paginas:borrador", args=[slug])),
                ("Comparar versiones", ""),
            ),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "titulo": titulo,
            "versiones": versiones,
            "de": de,
            "a": a,
            "comparacion": comparacion,
            "cuantos": len(comparacion.cambian),
            "todo": todo,
            "page_obj": page_obj,
            "base_query": consulta_sin(request, "p"),
            "otra_vista": consulta_sin(request, CON_LO_IGUAL, "p"),
        },
    )


def elegidas(
    request: HttpRequest, versiones: list[VersionBorrador]
) -> tuple[VersionBorrador, VersionBorrador]:
    """The versions asked for, the last two where none is. Raises Http404 when there is no such one."""
    if not versiones:
        raise Http404("Esta consulta no tiene un borrador publicado")
    por_n = {str(v.n): v for v in versiones}
    a = request.GET.get("a") or str(versiones[-1].n)
    anteriores = [v for v in versiones if v.n < int(a)] if a in por_n else []
    de = request.GET.get("de") or str((anteriores or versiones)[-1].n)
    if de not in por_n or a not in por_n:
        raise Http404("No hay tal versión publicada")
    return por_n[de], por_n[a]
