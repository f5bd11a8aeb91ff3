"""An engine that fails in every way: saving never notices, searching is answered by the database."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from search import motor, sincronia
from search.models import Ficha
from tests.search.conftest import anotar, preguntar, titulos
from tests.servidores.procesos import puerto_libre

pytestmark = pytest.mark.django_db

Conducta = Callable[[http.server.BaseHTTPRequestHandler], None]


def responder(codigo: int, cuerpo: object) -> Conducta:
    def conducta(peticion: http.server.BaseHTTPRequestHandler) -> None:
        datos = cuerpo if isinstance(cuerpo, bytes) else json.dumps(cuerpo).encode()
        peticion.send_response(codigo)
        peticion.send_header("X-Elastic-Product", "Elasticsearch")
        peticion.send_header("Content-Type", "application/json")
        peticion.send_header("Content-Length", str(len(datos)))
        peticion.end_headers()
        peticion.wfile.write(datos)

    return conducta


def colgarse(peticion: http.server.BaseHTTPRequestHandler) -> None:
    peticion.server.fin.wait(20)  # type: ignore[attr-defined]


def cortar(peticion: http.server.BaseHTTPRequestHandler) -> None:
    peticion.connection.close()


@contextmanager
def falso(conducta: Conducta) -> Iterator[str]:
    """A server that treats every request alike."""

    class Manejador(http.server.BaseHTTPRequestHandler):
        def atender(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            conducta(self)

        def log_message(self, *args: object) -> None:
            pass

    for metodo in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Manejador, f"do_{metodo}", Manejador.atender)
    servidor = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Manejador)
    servidor.fin = threading.Event()  # type: ignore[attr-defined]
    servidor.daemon_threads = True
    hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
    hilo.start()
    try:
        yield f"http://127.0.0.1:{servidor.server_port}"
    finally:
        servidor.fin.set()  # type: ignore[attr-defined]
        servidor.shutdown()
        servidor.server_close()


def configurar(settings, url: str) -> None:  # type: ignore[no-untyped-def]
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
        "archivo": {
            "BACKEND": "search.elastico", "URLS": [url], "AUTO_UPDATE": False, "TIMEOUT": 0.3,
            "OPTIONS": {"max_retries": 0},
        }
    }  # fmt: skip
    cache.clear()


@pytest.fixture(autouse=True)
def sin_pausa() -> Iterator[None]:
    yield
    cache.clear()


FALLAS = {
    "cuelga": colgarse,
    "corta": cortar,
    "503": responder(503, {"error": "cluster en rojo"}),
    "429": responder(429, {"error": "demasiado"}),
    "404": responder(404, {"error": {"type": "index_not_found_exception"}}),
    "500": responder(500, {"error": "x"}),
    "no es json": responder(200, b"<html>"),
    "no es lo pedido": responder(200, {}),
}


@pytest.mark.parametrize("falla", FALLAS)
def test_failing_engine_is_replaced_by_the_database_and_said(
    falla: str,
    settings,
    client: Client,
) -> None:
    with falso(FALLAS[falla]) as url:
        configurar(settings, url)
        comienzo = time.perf_counter()
        anotar("agua")
        html = client.get("/buscar/", {"q": "aguas"}).content.decode()
        assert time.perf_counter() - comienzo < 3
    assert "<mark>agua</mark>" in html
    assert "Resultados reducidos" in html


def test_refused_connection_is_replaced_by_the_database(settings, client: Client) -> None:
    configurar(settings, f"http://127.0.0.1:{puerto_libre()}")
    anotar("agua")
    assert "Resultados reducidos" in client.get("/buscar/", {"q": "agua"}).content.decode()


def test_hung_engine_is_waited_for_once_and_then_left_alone(settings) -> None:
    with falso(colgarse) as url:
        configurar(settings, url)
        anotar("agua")
        assert preguntar("agua").reducida
        comienzo = time.perf_counter()
        for _ in range(20):
            assert preguntar("agua").reducida
        assert time.perf_counter() - comienzo < 0.3


def test_what_cannot_be_sent_stays_to_be_sent(settings) -> None:
    configurar(settings, f"http://127.0.0.1:{puerto_libre()}")
    anotar(*(f"agua {i}" for i in range(100)))
    with pytest.raises(motor.NO_RESPONDE):
        sincronia.sincronizar(ahora=timezone.now())
    assert Ficha.objects.por_enviar().count() == 100


def test_clock_goes_on_and_says_it_in_one_line(settings, caplog) -> None:
    configurar(settings, f"http://127.0.0.1:{puerto_libre()}")
    anotar("agua")
    for _ in range(3):
        sincronia.turno_del_reloj(timezone.now())
    assert len([r for r in caplog.records if r.name == "search.sincronia"]) == 1
    assert Ficha.objects.por_enviar().count() == 1


@pytest.mark.parametrize("orden", ["search_sync", "search_rebuild"])
def test_commands_say_that_it_does_not_answer(orden: str, settings) -> None:
    configurar(settings, f"http://127.0.0.1:{puerto_libre()}")
    argumentos = ["--once"] if orden == "search_sync" else []
    with pytest.raises(CommandError, match="no responde"):
        call_command(orden, *argumentos)


def test_poison_row_waits_longer_each_time_and_delays_no_other(settings) -> None:
    anotar("buena", "venenosa")
    buena, venenosa = Ficha.objects.order_by("pk")

    def a_granel(peticion: http.server.BaseHTTPRequestHandler) -> None:
        if peticion.path.startswith("/_bulk") or "_bulk" in peticion.path:
            estados = [(buena.pk, 201), (venenosa.pk, 400)]
            items = [
                {"index": {"_id": str(pk), "status": estado, "error": "veneno"}}
                for pk, estado in estados
            ]
            responder(200, {"errors": True, "items": items})(peticion)
        else:
            responder(200, {"un_indice": {"aliases": {}}})(peticion)

    with falso(a_granel) as url:
        configurar(settings, url)
        ahora = timezone.now()
        turno = sincronia.sincronizar(ahora=ahora, lotes=1)
    assert (turno.enviadas, turno.errores) == (1, 1)
    buena.refresh_from_db()
    venenosa.refresh_from_db()
    assert buena.indexada == buena.version
    assert venenosa.intentos == 1
    assert venenosa.error == "veneno"
    assert venenosa.reintentar_en > ahora
    assert not Ficha.objects.listas_para_enviar(ahora).exists()
    assert Ficha.objects.listas_para_enviar(ahora + sincronia.ESPERA_MAXIMA).get() == venenosa


def test_without_engine_nothing_is_reduced(client: Client) -> None:
    anotar("agua")
    assert titulos("agua") == ["agua"]
    assert "Resultados reducidos" not in client.get("/buscar/", {"q": "agua"}).content.decode()
