"""Asking Elasticsearch, when one is configured. It may fail in any way: then nobody asks for a while."""

import logging
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.signals import setting_changed
from django.utils import timezone
from elasticsearch import ApiError, TransportError
from wagtail.search.backends import get_search_backend

from search.elastico import ElasticsearchArchivo
from search.models import Ficha
from search.pregunta import FECHA, POR_PAGINA, Hallados, Pregunta, total_de

registro = logging.getLogger(__name__)

NO_RESPONDE = (ApiError, TransportError)
"""All that the client raises: refused, hung, not found, too busy, broken."""

PAUSA = 30
"""Seconds that nobody asks after it failed to answer: a hung engine must not hang every search."""
INTERRUPTOR = "search.motor.en_pausa"
OCULTOS = 1_000
"""Hidden things the engine may still hold and be asked to leave out; beyond, it is not asked."""

_CAMPOS = ["titulo^4", "claves^0.5", "texto"]


def configurado() -> bool:
    """Whether this installation has a search engine."""
    return "archivo" in settings.WAGTAILSEARCH_BACKENDS


@lru_cache(maxsize=1)
def backend() -> ElasticsearchArchivo:
    """The one client: it keeps its connections."""
    archivo: ElasticsearchArchivo = get_search_backend("archivo")
    return archivo


def _olvidar_cliente(setting: str, **kwargs: Any) -> None:
    if setting == "WAGTAILSEARCH_BACKENDS":
        backend.cache_clear()


setting_changed.connect(_olvidar_cliente, dispatch_uid="search.motor")


def preguntar(pregunta: Pregunta) -> Hallados | None:
    """What it answers within two seconds; None when it cannot be relied upon now.

    What was hidden and it does not know yet is left out of hits and counts alike.
    """
    if cache.get(INTERRUPTOR):
        return None
    ocultos = list(Ficha.objects.retiradas_por_enviar().values_list("pk", flat=True)[: OCULTOS + 1])
    if len(ocultos) > OCULTOS:
        return None
    try:
        hallados = _pedir(pregunta, ocultos, alguna=False)
        if not hallados.por_tipo and len(pregunta.pedido.terminos) > 1:
            hallados = _pedir(pregunta, ocultos, alguna=True)
    except NO_RESPONDE as error:
        registro.warning("Elasticsearch no responde; contesta la base de datos: %s", error)
        cache.set(INTERRUPTOR, True, PAUSA)
        return None
    return hallados


def _pedir(pregunta: Pregunta, ocultos: list[int], *, alguna: bool) -> Hallados:
    archivo = backend()
    dicho = archivo.es.search(
        index=archivo.indice.name,
        allow_partial_search_results=False,
        **cuerpo(pregunta, ocultos, alguna=alguna),
    )
    try:
        cubos = dicho["aggregations"]["tipos"]["buckets"]
        por_tipo = {cubo["key"]: cubo["doc_count"] for cubo in cubos}
        ids = [int(hallado["_id"]) for hallado in dicho["hits"]["hits"]]
    except (KeyError, TypeError, ValueError) as error:
        # Something between us and it answered in its place.
        raise TransportError(f"respuesta sin sentido: {error!r}") from error
    return Hallados(ids if total_de(por_tipo, pregunta.tipos) else [], por_tipo, alguna)


def cuerpo(pregunta: Pregunta, ocultos: list[int], *, alguna: bool) -> dict[str, Any]:
    """The request: counts by kind over everything, hits of the kinds asked for."""
    pedido: dict[str, Any] = {
        "query": {
            "bool": {
                "must": [_palabras(pregunta, alguna=alguna)],
                "should": _cercania(pregunta),
                "must_not": [{"ids": {"values": [str(pk) for pk in ocultos]}}] if ocultos else [],
            }
        },
        "aggs": {"tipos": {"terms": {"field": "tipo_filter", "size": 50}}},
        "from": pregunta.desde,
        "size": POR_PAGINA,
        "source": False,
    }
    if pregunta.tipos:
        pedido["post_filter"] = {"terms": {"tipo_filter": list(pregunta.tipos)}}
    if pregunta.orden == FECHA:
        # What is still to come is no news: it goes after all that happened.
        paso = {"range": {"fecha_filter": {"lte": timezone.now().isoformat()}}}
        bool_ = pedido["query"]["bool"]
        bool_ |= {"filter": bool_.pop("must"), "should": [{"constant_score": {"filter": paso}}]}
        pedido["sort"] = [
            {"_score": "desc"},
            {"fecha_filter": {"order": "desc", "missing": "_last"}},
            {"pk": "desc"},
        ]
    return pedido


def _palabras(pregunta: Pregunta, *, alguna: bool) -> dict[str, Any]:
    pedido = pregunta.pedido
    if pedido.tiene_frases:
        return {
            "simple_query_string": {
                "query": pedido.con_comillas,
                "fields": _CAMPOS,
                "default_operator": "or" if alguna else "and",
                "flags": "PHRASE|WHITESPACE",
            }
        }
    palabras: dict[str, Any] = {
        "query": pedido.texto,
        "type": "cross_fields",
        "fields": _CAMPOS,
        "minimum_should_match": "1" if alguna else "2<75%",
    }
    if pedido.solo_vacias:
        palabras["analyzer"] = "es_frase"
    return {"multi_match": palabras}


def _cercania(pregunta: Pregunta) -> list[dict[str, Any]]:
    """Words that stand together say more than the same words apart."""
    if len(pregunta.pedido.terminos) < 2:
        return []
    return [
        {
            "multi_match": {
                "query": pregunta.pedido.texto,
                "type": "phrase",
                "slop": 2,
                "fields": ["titulo^2", "texto"],
            }
        }
    ]
