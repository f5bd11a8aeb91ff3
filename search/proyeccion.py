"""Writing the archive: the engine that `comun.buscador` calls, in the transaction of whoever calls it."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comun.buscador import DatosFicha
from comun.textos import limpiar, limpiar_linea
from search import texto_completo
from search.dentro import buscar_dentro
from search.extracto import extracto
from search.models import Ficha
from search.pedido import leer

ANALISIS = 1
"""Raise it when site/comun/palabras.py changes: every row is then written again by `search_verify`."""

LARGO_TITULO = 300
LARGO_DIRECCION = 500
LARGO_TEXTO = 100_000
"""Characters of a text that are searched. PostgreSQL counts no position beyond 16,383 words."""

_CAMPOS = [
    "tipo", "publica", "titulo", "texto", "claves", "contexto", "direccion", "fecha", "huella",
    "version", "intentos", "reintentar_en", "error", "publica_desde", "modificada_en",
]  # fmt: skip


class Proyector:
    """Keeps `Ficha` and its full-text row. Safe to call with what did not change."""

    buscar_dentro = staticmethod(buscar_dentro)

    @staticmethod
    def marcar(texto: str, pedido: str) -> list[tuple[str, bool]]:
        """The stretch of `texto` that has the words of `pedido`, with them told apart."""
        return extracto(texto, leer(pedido))

    def escribir(
        self, fuente: str, fichas: Mapping[int, DatosFicha | None], *, nuevas: bool = False
    ) -> list[int]:
        """Write or (None) take off; returns the ids whose row changed.

        Nothing of a thing taken off stays but a tombstone, which tells the engine to forget it.
        """
        with transaction.atomic(savepoint=False):
            actuales = {} if nuevas else _actuales(fuente, fichas)
            cambiadas = []
            for objeto_id, datos in sorted(fichas.items()):
                ficha = _siguiente(fuente, objeto_id, datos, actuales.get(objeto_id))
                if ficha is not None:
                    cambiadas.append(ficha)
            if cambiadas:
                escritas = Ficha.objects.bulk_create(
                    cambiadas,
                    update_conflicts=True,
                    unique_fields=["fuente", "objeto_id"],
                    update_fields=_CAMPOS,
                )
                texto_completo.escribir(escritas)
        return [ficha.objeto_id for ficha in cambiadas]

    def ids_que_dicen(self, fuente: str, texto: str) -> "QuerySet[Any] | None":
        """The rows of `fuente` that say every word of `texto`; None when there is none to look for."""
        pedido = leer(texto)
        if not pedido:
            return None
        dicen = texto_completo.fichas_que_dicen(pedido)
        return Ficha.objects.publicas().filter(fuente=fuente, pk__in=dicen).values("objeto_id")


def _actuales(fuente: str, ids: Iterable[int]) -> dict[int, Ficha]:
    """The rows as they are, under lock."""
    filas = Ficha.objects.select_for_update().filter(fuente=fuente, objeto_id__in=list(ids))
    ligeras = filas.defer("texto", "titulo", "claves", "contexto", "direccion")
    return {ficha.objeto_id: ficha for ficha in ligeras.order_by("pk")}


def _siguiente(
    fuente: str, objeto_id: int, datos: DatosFicha | None, actual: Ficha | None
) -> Ficha | None:
    """The row as it must be from now on; None when it is so already."""
    if datos is None and (actual is None or not actual.publica):
        return None
    ficha = _ficha_de(datos) if datos is not None else Ficha(publica=False)
    if actual is not None and actual.publica == ficha.publica and actual.huella == ficha.huella:
        return None
    ahora = timezone.now()
    ficha.fuente, ficha.objeto_id = fuente, objeto_id
    # Of the clock, not a count: a row that was born in two transactions at once still differs.
    ficha.version = max((actual.version if actual else 0) + 1, time.time_ns() // 1000)
    ficha.publica_desde = actual.publica_desde if actual else None
    if ficha.publica and ficha.publica_desde is None:
        ficha.publica_desde = ahora
    ficha.modificada_en = ficha.reintentar_en = ahora
    return ficha


def _ficha_de(datos: DatosFicha) -> Ficha:
    ficha = Ficha(
        publica=True,
        tipo=datos.tipo,
        titulo=limpiar_linea(datos.titulo)[:LARGO_TITULO] or "Sin título",
        texto=limpiar(datos.texto[: LARGO_TEXTO * 2])[:LARGO_TEXTO],
        claves=" · ".join(filter(None, (limpiar_linea(clave) for clave in datos.claves))),
        contexto=limpiar_linea(datos.contexto)[:LARGO_TITULO],
        direccion=datos.direccion[:LARGO_DIRECCION],
        fecha=datos.fecha.astimezone(UTC) if datos.fecha else None,
    )
    ficha.huella = hashlib.sha256(
        json.dumps(
            [
                ANALISIS, ficha.tipo, ficha.titulo, ficha.texto, ficha.claves, ficha.contexto,
                ficha.direccion,
                ficha.fecha.isoformat() if ficha.fecha else "",
            ],
            ensure_ascii=False,
        ).encode()
    ).hexdigest()  # fmt: skip
    return ficha
