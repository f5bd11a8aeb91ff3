"""A real node that is really stopped: searches go on, and when it is back it learns what it missed."""

import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search import motor, sincronia
from search.models import Ficha
from search.proyeccion import Proyector
from tests.conftest import parte_necesaria
from tests.search.conftest import anotar, preguntar
from tests.servidores.elasticsearch import nodo
from tests.servidores.procesos import carpeta_temporal, puerto_libre

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def test_stopped_node_is_replaced_and_converges_when_it_is_back(settings, client: Client) -> None:
    puerto = puerto_libre()
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
        "archivo": {
            "BACKEND": "search.elastico",
            "URLS": [f"http://127.0.0.1:{puerto}"],
            "INDEX_PREFIX": f"prueba_{uuid.uuid4().hex[:8]}_",
            "AUTO_UPDATE": False,
            "TIMEOUT": 5,
            "OPTIONS": {"max_retries": 0},
        }
    }
    cache.clear()
    with carpeta_temporal("elasticsearch-detenido") as carpeta, parte_necesaria():
        _mientras_vive(carpeta, puerto)
        _mientras_no_esta(client)
        cache.clear()
        _cuando_vuelve(carpeta, puerto)
    cache.clear()


def _mientras_vive(carpeta: Path, puerto: int) -> None:
    with nodo(carpeta, puerto):
        anotar("agua uno", "agua dos")
        sincronia.sincronizar(ahora=timezone.now())
        motor.backend().indice.refresh()
        assert not preguntar("agua").reducida
        assert preguntar("agua").total == 2


def _mientras_no_esta(client: Client) -> None:
    anotar(*(f"agua nueva {i}" for i in range(100)), desde=10)
    Proyector().escribir("pruebas.cosa", {1: None})
    respuesta = preguntar("agua")
    assert respuesta.reducida
    assert respuesta.total == 101
    assert "Resultados reducidos" in client.get("/buscar/", {"q": "agua"}).content.decode()
    with pytest.raises(motor.NO_RESPONDE):
        sincronia.sincronizar(ahora=timezone.now())
    assert Ficha.objects.por_enviar().count() == 101


def _cuando_vuelve(carpeta: Path, puerto: int) -> None:
    with nodo(carpeta, puerto):
        assert "agua uno" not in [r.titulo for r in preguntar("uno").resultados]
        sincronia.sincronizar(ahora=timezone.now())
        motor.backend().indice.refresh()
        respuesta = preguntar("agua")
        assert not respuesta.reducida
        assert respuesta.total == 101
        assert not Ficha.objects.por_enviar().exists()
        archivo = motor.backend()
        assert archivo.es.count(index=archivo.indice.name)["count"] == 101
