"""The archive row: written with the thing, versioned, empty when the thing leaves."""

import pytest
from django.db import connection, transaction

from comun.buscador import DatosFicha
from search.models import Ficha
from search.proyeccion import LARGO_TEXTO, Proyector
from tests.search.conftest import anotar, titulos

pytestmark = pytest.mark.django_db


def test_rollback_leaves_no_row() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        anotar("efímera")
        raise ZeroDivisionError
    assert not Ficha.objects.exists()
    assert titulos("efímera") == []


def test_unchanged_thing_writes_nothing() -> None:
    anotar("igual")
    antes = Ficha.objects.values().get()
    datos = DatosFicha("noticia", "igual", "/cosas/1/", texto="igual")
    assert Proyector().escribir("pruebas.cosa", {1: datos}) == []
    assert Ficha.objects.values().get() == antes


def test_changed_thing_takes_a_higher_version_and_its_old_words_go() -> None:
    anotar("primera")
    antes = Ficha.objects.get()
    anotar("segunda")
    ahora = Ficha.objects.get()
    assert ahora.version > antes.version
    assert ahora.publica_desde == antes.publica_desde
    assert titulos("primera") == []
    assert titulos("segunda") == ["segunda"]


def test_thing_taken_off_leaves_a_tombstone_without_text_and_may_come_back() -> None:
    anotar("secreta")
    Proyector().escribir("pruebas.cosa", {1: None})
    ficha = Ficha.objects.get()
    assert not ficha.publica
    assert (ficha.titulo, ficha.texto, ficha.claves, ficha.direccion) == ("", "", "", "")
    assert titulos("secreta") == []
    anotar("secreta")
    assert titulos("secreta") == ["secreta"]


def test_taking_off_what_never_was_writes_nothing() -> None:
    Proyector().escribir("pruebas.cosa", {1: None})
    assert not Ficha.objects.exists()


def test_hostile_texts_are_kept_clean() -> None:
    datos = DatosFicha("noticia", "a\x00b " * 500, "/1/", texto="palabra\x00 " * 200_000)
    Proyector().escribir("pruebas.cosa", {1: datos})
    ficha = Ficha.objects.get()
    assert "\x00" not in ficha.titulo + ficha.texto
    assert len(ficha.texto) <= LARGO_TEXTO


def test_long_text_of_different_words_is_kept() -> None:
    texto = " ".join(f"palabra{i}" for i in range(20_000))
    Proyector().escribir("pruebas.cosa", {1: DatosFicha("noticia", "t", "/1/", texto=texto)})
    assert titulos("palabra100") == ["t"]


def _consultas_de(n: int, desde: int, consultas) -> int:  # type: ignore[no-untyped-def]
    with consultas(connection) as hechas:
        anotar(*(f"cosa número {i}" for i in range(n)), desde=desde)
    return len(hechas)


def test_queries_per_batch_do_not_grow_with_it() -> None:
    from django.test.utils import CaptureQueriesContext

    una = _consultas_de(1, 1, CaptureQueriesContext)
    muchas = _consultas_de(50, 1_000, CaptureQueriesContext)
    assert muchas <= una + 1
