"""The same promises on a real node, which is really stopped and started again."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search import motor, sincronia
from search.models import Ficha
from search.pregunta import FECHA
from search.proyeccion import Proyector
from tests.search.conftest import anotar, preguntar, titulos
from tests.search.test_busqueda import MALAS

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def archivo(elasticsearch_url: str, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """An index of this test alone."""
    prefijo = f"prueba_{uuid.uuid4().hex[:8]}_"
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
        "archivo": {
            "BACKEND": "search.elastico",
            "URLS": [elasticsearch_url],
            "INDEX_PREFIX": prefijo,
            "AUTO_UPDATE": False,
            "TIMEOUT": 5,
            "OPTIONS": {"max_retries": 0},
        }
    }
    cache.clear()
    yield
    es = motor.backend().es
    for indice in es.indices.get(index=f"{prefijo}*"):
        es.indices.delete(index=indice)
    cache.clear()


def enviar() -> sincronia.Turno:
    """Send all, and let the node show it."""
    turno = sincronia.sincronizar(ahora=timezone.now())
    archivo = motor.backend()
    if archivo.indice.alias(archivo.indice.name):
        archivo.indice.refresh()
    return turno


def hallados(texto: str, *tipos: str, **extra: object) -> list[str]:
    """Titles the engine itself answers with."""
    respuesta = preguntar(texto, *tipos, **extra)
    assert not respuesta.reducida
    return [r.titulo for r in respuesta.resultados]


def test_accents_case_and_plural_do_not_matter() -> None:
    anotar("Sesiones de la Municipalidad de Ñuñoa", "Actas")
    enviar()
    for texto in ("sesion", "SESIÓN municipalidades", "nunoa", "ñuñoa"):
        assert hallados(texto) == ["Sesiones de la Municipalidad de Ñuñoa"], texto
    assert hallados("acta") == ["Actas"]


def test_enie_is_a_letter_of_its_own_when_typed() -> None:
    anotar("Un año de gobierno abierto", "El ano es una parte del cuerpo")
    enviar()
    assert hallados("año") == ["Un año de gobierno abierto"]
    assert len(hallados("ano")) == 2


def test_phrase_wants_its_words_together() -> None:
    anotar("Mesa de trabajo comunal", "El trabajo de la mesa")
    enviar()
    assert hallados('"mesa de trabajo"') == ["Mesa de trabajo comunal"]


def test_kind_filters_and_counts_ignore_the_filter() -> None:
    anotar("agua uno", "agua dos", tipo="noticia")
    anotar("agua tres", tipo="evento", desde=10)
    enviar()
    respuesta = preguntar("agua", "evento")
    assert [r.titulo for r in respuesta.resultados] == ["agua tres"]
    assert respuesta.total == 1
    assert respuesta.por_tipo == {"noticia": 2, "evento": 1}


def test_pages_of_twenty_neither_repeat_nor_skip() -> None:
    anotar(*(f"acta número {i}" for i in range(45)))
    enviar()
    for orden in ("relevancia", FECHA):
        paginas = [hallados("acta", pagina=n, orden=orden) for n in (1, 2, 3)]
        assert [len(p) for p in paginas] == [20, 20, 5]
        assert len({t for p in paginas for t in p}) == 45


def test_snippet_marks_the_words_and_escapes_the_rest(client: Client) -> None:
    anotar("Un <script>alert(1)</script> sobre humedales")
    enviar()
    html = client.get("/buscar/", {"q": "humedal"}).content.decode()
    assert "<mark>humedales</mark>" in html
    assert "<script>alert" not in html


def test_some_words_are_said_to_be_some() -> None:
    anotar("Datos abiertos del agua", "Datos del transporte")
    enviar()
    respuesta = preguntar("agua transporte")
    assert respuesta.alguna
    assert respuesta.total == 2


def test_hidden_thing_is_absent_at_once_from_hits_and_counts_and_then_from_the_index() -> None:
    anotar("secreto uno", "secreto dos")
    enviar()
    Proyector().escribir("pruebas.cosa", {1: None})
    respuesta = preguntar("secreto")
    assert not respuesta.reducida
    assert (respuesta.total, respuesta.por_tipo) == (1, {"noticia": 1})
    enviar()
    archivo = motor.backend()
    assert archivo.es.count(index=archivo.indice.name)["count"] == 1


def test_older_version_never_wins() -> None:
    anotar("primera")
    enviar()
    vieja = Ficha.objects.get()
    anotar("segunda")
    enviar()
    archivo = motor.backend()
    assert archivo.indice.enviar([vieja], destino=archivo.indice.name, es_alias=True) == {}
    archivo.indice.refresh()
    assert hallados("segunda") == ["segunda"]
    assert hallados("primera") == []


def test_change_during_sending_is_still_to_be_sent() -> None:
    anotar("uno")
    [enviada] = Ficha.objects.all()
    anotar("dos")
    sincronia.anotar_enviadas([enviada])
    assert Ficha.objects.por_enviar().count() == 1


def test_index_deleted_by_hand_is_made_again() -> None:
    anotar("agua")
    enviar()
    archivo = motor.backend()
    for nombre in archivo.indice.alias(archivo.indice.name):
        archivo.es.indices.delete(index=nombre)
    assert preguntar("agua").reducida
    assert titulos("agua") == ["agua"]
    cache.clear()
    enviar()
    assert hallados("agua") == ["agua"]


def test_half_full_index_is_never_read() -> None:
    anotar(*(f"agua {i}" for i in range(30)))
    original, sincronia.LOTE = sincronia.LOTE, 10
    try:
        sincronia.sincronizar(ahora=timezone.now(), lotes=1)
        assert preguntar("agua").reducida
        assert preguntar("agua").total == 30
    finally:
        sincronia.LOTE = original
    cache.clear()
    enviar()
    assert preguntar("agua").total == 30
    assert not preguntar("agua").reducida


def test_rebuild_keeps_what_is_written_meanwhile() -> None:
    anotar(*(f"agua {i}" for i in range(30)))
    enviar()
    antes = motor.backend().indice.alias(motor.backend().indice.name)

    def mientras(hechas: int, total: int) -> None:
        anotar("agua nueva", desde=100)
        Proyector().escribir("pruebas.cosa", {1: None})
        enviar()

    sincronia.reconstruir(avisar=mientras)
    assert motor.backend().indice.alias(motor.backend().indice.name) != antes
    enviar()
    assert preguntar("agua").total == 30
    assert hallados("nueva") == ["agua nueva"]


def test_failed_rebuild_leaves_the_index_in_use() -> None:
    anotar("agua")
    enviar()
    indice = motor.backend().indice
    antes = indice.alias(indice.name)

    def falla(hechas: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sincronia.reconstruir(avisar=falla)
    assert indice.alias(indice.name) == antes
    assert list(indice.es.indices.get(index=f"{indice.name}_*")) == antes
    assert hallados("agua") == ["agua"]


@pytest.mark.parametrize("texto", MALAS, ids=[str(i) for i in range(len(MALAS))])
def test_whatever_is_typed_is_answered_by_the_engine(texto: str) -> None:
    anotar("agua")
    enviar()
    assert not preguntar(texto).reducida
