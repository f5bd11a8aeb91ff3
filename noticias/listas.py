"""Lists of news and activities with their filters. What an address asks for may be anything."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import ExtractYear, TruncMonth
from django.http import HttpRequest
from django.utils.formats import date_format

from comun.fechas import SANTIAGO, leer_mes, ventana_del_mes
from comun.listas import activos, consulta_sin, elegido, faceta, pagina
from comun.regiones import Region
from noticias.enums import TipoEvento

if TYPE_CHECKING:
    from noticias.querysets import EventoQuerySet, NoticiaQuerySet

ETIQUETAS = 20


def lista_de_noticias(request: HttpRequest, noticias: "NoticiaQuerySet") -> dict[str, Any]:
    """Page of news with facets by year and tag, over what `noticias` allows. Six queries at most."""
    anios = {
        str(fila["anio"]): fila["cuenta"]
        for fila in noticias.order_by()
        .annotate(anio=ExtractYear("fecha"))
        .values("anio")
        .annotate(cuenta=Count("pk"))
        .order_by("-anio")
    }
    etiquetas = list(
        noticias.order_by()
        .filter(etiquetadas__isnull=False)
        .values_list("etiquetadas__tag__slug", "etiquetadas__tag__name")
        .annotate(cuenta=Count("pk", distinct=True))
        .order_by("-cuenta", "etiquetadas__tag__name")
    )
    anio = elegido(request, "anio", anios)
    etiqueta = elegido(request, "etiqueta", (slug for slug, *_ in etiquetas))
    if anio:
        noticias = noticias.del_anio(int(anio))
    if etiqueta:
        noticias = noticias.con_etiqueta(etiqueta)
    nombre = next((n for slug, n, _ in etiquetas if slug == etiqueta), "")
    mostradas = [e for i, e in enumerate(etiquetas) if i < ETIQUETAS or e[0] == etiqueta]
    return {
        "page_obj": pagina(request, noticias.recientes().para_tarjetas()),
        "facetas": [
            faceta("anio", "Año", anio, ((a, a, n) for a, n in anios.items())),
            faceta("etiqueta", "Etiqueta", etiqueta, mostradas, todos="Todas"),
        ],
        "activos": activos(request, {"anio": anio, "etiqueta": nombre}),
        "base_query": consulta_sin(request),
    }


def lista_de_eventos(
    request: HttpRequest, eventos: "EventoQuerySet", *, ahora: datetime
) -> dict[str, Any]:
    """Page of activities, to come or over at `ahora`, with facets by month, type and region.

    Months are those of Santiago. Six queries at most.
    """
    pasadas = elegido(request, "cuando", ["pasadas"])
    lado = eventos.pasados(ahora) if pasadas else eventos.proximos(ahora)
    meses = {
        f"{fila['comienzo']:%Y-%m}": fila["cuenta"]
        for fila in lado.order_by()
        .annotate(comienzo=TruncMonth("inicio", tzinfo=SANTIAGO))
        .values("comienzo")
        .annotate(cuenta=Count("pk"))
        .order_by("-comienzo" if pasadas else "comienzo")
    }
    tipos = dict(lado.order_by().values_list("tipo").annotate(cuenta=Count("pk")))
    regiones = dict(lado.order_by().values_list("region").annotate(cuenta=Count("pk")))
    mes = elegido(request, "mes", meses)
    tipo = elegido(request, "tipo", TipoEvento.values)
    region = elegido(request, "region", Region.values)
    if par := leer_mes(mes):
        lado = lado.que_comienzan_en(ventana_del_mes(*par))
    if tipo:
        lado = lado.filter(tipo=tipo)
    if region:
        lado = lado.filter(region=region)
    return {
        "page_obj": pagina(request, lado.para_tarjetas()),
        "pasadas": bool(pasadas),
        "ahora": ahora,
        "facetas": [
            faceta("mes", "Mes", mes, ((m, nombre_del_mes(m), n) for m, n in meses.items())),
            faceta("tipo", "Tipo", tipo, _con_cuenta(TipoEvento.choices, tipos)),
            faceta("region", "Región", region, _con_cuenta(Region.choices, regiones), "Todas"),
        ],
        "ocultos": [("cuando", pasadas)] if pasadas else [],
        "activos": activos(
            request,
            {
                "mes": nombre_del_mes(mes),
                "tipo": str(TipoEvento(tipo).label) if tipo else "",
                "region": str(Region(region).label) if region else "",
            },
        ),
        "base_query": consulta_sin(request),
    }


def nombre_del_mes(mes: str) -> str:
    """«noviembre de 2026» for «2026-11»; empty for anything else."""
    par = leer_mes(mes)
    return date_format(datetime(*par, 1), "YEAR_MONTH_FORMAT") if par else ""


def _con_cuenta(
    opciones: list[tuple[str, Any]], cuentas: dict[str, int]
) -> list[tuple[str, str, int]]:
    return [(v, str(t), cuentas[v]) for v, t in opciones if cuentas.get(v)]
