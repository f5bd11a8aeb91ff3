"""The rows of the ledger as a spreadsheet, read from the database as they are written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comun.avisos import direccion_absoluta
from comun.regiones import Region
from consulta.aportes.enums import TipoAporte, TipoAutor
from consulta.aportes.models.aporte import ANCHO_FOLIO
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.cifras.consulta_sql import con_filas
from consulta.respuestas.cifras.filtro import Filtro
from consulta.respuestas.enums import Resultado
from cuentas.models import Institucion

POR_VEZ = 2_000
ENCABEZADO = (
    "folio", "dirección", "consulta", "tipo", "recibido", "tema", "región", "tipo de autor",
    "institución que responde", "estado", "vence el", "primera respuesta", "días corridos", "a tiempo",
    "resultado", "texto de la respuesta",
)  # fmt: skip
TEXTOS = {"identico": "idéntico", "comun": "respuesta conjunta", "propio": "propio"}
_COLUMNAS = (
    "consulta_id", "n", "tipo", "enviado_en", "tema_id", "region", "tipo_autor", "institucion_id",
    "estado", "vence_el", "primera_en", "dias", "a_tiempo", "resultado", "texto",
)  # fmt: skip


def renglones(filtro: Filtro, hoy: date) -> Iterator[list[Any]]:
    """Each row `filtro` leaves, in order of arrival, in four queries: a hundred thousand take no more
    memory than ten."""
    consultas = dict(Consulta.objects.values_list("pk", "sigla"))
    temas = dict(Tema.objects.values_list("pk", "nombre"))
    instituciones = dict(Institucion.objects.values_list("pk", "nombre"))
    cabeza, parametros = con_filas(filtro, hoy)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"{cabeza} SELECT {', '.join(_COLUMNAS)} FROM fila ORDER BY enviado_en, id",  # noqa: S608
            parametros,
        )
        while lote := cursor.fetchmany(POR_VEZ):
            for valores in lote:
                f = dict(zip(_COLUMNAS, valores, strict=True))
                folio = f"{consultas[f['consulta_id']]}-{f['n']:0{ANCHO_FOLIO}d}"
                yield [
                    folio,
                    direccion_absoluta(reverse("paginas:aporte", args=[folio])),
                    consultas[f["consulta_id"]],
                    TipoAporte(f["tipo"]).label,
                    _momento(f["enviado_en"]),
                    temas.get(f["tema_id"], ""),
                    Region(f["region"]).label if f["region"] else "Nacional",
                    TipoAutor(f["tipo_autor"]).label if f["tipo_autor"] else "",
                    instituciones.get(f["institucion_id"], ""),
                    f["estado"],
                    f["vence_el"] or "",
                    _momento(f["primera_en"]),
                    "" if f["dias"] is None else f["dias"],
                    {None: "", 0: "no", 1: "sí"}[f["a_tiempo"]],
                    Resultado(f["resultado"]).label if f["resultado"] else "",
                    TEXTOS.get(f["texto"], ""),
                ]


def _momento(instante: datetime | str | None) -> str:
    """In Chile's time; what comes from SQLite is in UTC and does not say so."""
    if instante is None:
        return ""
    if isinstance(instante, str):
        instante = datetime.fromisoformat(instante)
    if timezone.is_naive(instante):
        instante = instante.replace(tzinfo=UTC)
    return timezone.localtime(instante).strftime("%Y-%m-%d %H:%M")
