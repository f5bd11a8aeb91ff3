"""The library's list with its facets. What an address asks for may be anything."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpRequest

from biblioteca.enums import TipoDocumento
from comun.listas import activos, consulta_sin, elegido, faceta, pagina

if TYPE_CHECKING:
    from biblioteca.querysets import DocumentoQuerySet

_CAMPO = {"tipo": "tipo", "plan": "plan_numero", "fuente": "fuente"}
FUENTES = 12


def lista_de_documentos(request: HttpRequest, documentos: "DocumentoQuerySet") -> dict[str, Any]:
    """Page of documents with facets by type, plan, year and source. Seven queries at most."""
    contados = {
        nombre: {
            str(valor): cuenta
            for valor, cuenta in documentos.order_by()
            .values_list(campo)
            .annotate(cuenta=Count("pk"))
            .order_by("-cuenta", campo)
            if valor not in (None, "")
        }
        for nombre, campo in _CAMPO.items()
    }
    anios = documentos.order_by().annotate(anio=ExtractYear("fecha")).values_list("anio")
    contados["anio"] = {
        str(anio): cuenta for anio, cuenta in anios.annotate(cuenta=Count("pk")).order_by("-anio")
    }
    elegidos = {nombre: elegido(request, nombre, valores) for nombre, valores in contados.items()}
    for nombre, campo in _CAMPO.items():
        if elegidos[nombre]:
            documentos = documentos.filter(**{campo: elegidos[nombre]})
    if elegidos["anio"]:
        documentos = documentos.filter(fecha__year=int(elegidos["anio"]))
    tipos = dict(TipoDocumento.choices)
    textos: dict[str, Callable[[str], str]] = {
        "tipo": lambda v: str(tipos.get(v, v)),
        "plan": lambda v: f"Plan de acción {v}",
        "anio": str,
        "fuente": str,
    }
    titulos = {"tipo": "Tipo", "plan": "Plan", "anio": "Año", "fuente": "Fuente"}
    fuentes = list(contados["fuente"].items())
    contados["fuente"] = {
        v: n for i, (v, n) in enumerate(fuentes) if i < FUENTES or v == elegidos["fuente"]
    }
    return {
        "page_obj": pagina(request, documentos.recientes().con_archivo()),
        "facetas": [
            faceta(
                nombre,
                titulo,
                elegidos[nombre],
                ((v, textos[nombre](v), n) for v, n in contados[nombre].items()),
            )
            for nombre, titulo in titulos.items()
        ],
        "activos": activos(request, {n: textos[n](v) if v else "" for n, v in elegidos.items()}),
        "base_query": consulta_sin(request),
    }
