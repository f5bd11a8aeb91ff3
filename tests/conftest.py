"""Fixtures of the real parts tests run against. Factories live beside the tests that use them."""

import contextlib
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from comun import gatillos
from tests.servidores.elasticsearch import elasticsearch
from tests.servidores.navegador import chromium, ruta_de_axe
from tests.servidores.paquetes import FaltaError

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextlib.contextmanager
def parte_necesaria() -> Iterator[None]:
    """Where a part cannot be had: a skip with its line on a person's machine, a failure in CI."""
    try:
        yield
    except FaltaError as falta:
        if os.environ.get("CI"):
            pytest.fail(f"Falta una parte: {falta}", pytrace=False)
        pytest.skip(f"Falta una parte: {falta}")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """Address of a real node: ELASTICSEARCH_URL, or one started for this run."""
    with contextlib.ExitStack() as pila:
        with parte_necesaria():
            entorno = pila.enter_context(elasticsearch())
        yield entorno["ELASTICSEARCH_URL"]


@pytest.fixture(scope="session")
def navegador() -> Iterator["Browser"]:
    """A headless Chromium for the run; open a context of your own in each test."""
    with contextlib.ExitStack() as pila:
        with parte_necesaria():
            abierto = pila.enter_context(chromium())
        yield abierto


@pytest.fixture(scope="session")
def ruta_axe() -> Path:
    """Path of axe.min.js, for `page.add_script_tag(path=…)`."""
    with parte_necesaria():
        return ruta_de_axe()
    raise AssertionError


def vacia_las_tablas(item: pytest.Item) -> bool:
    """Whether this test ends with a flush instead of a rollback."""
    marca = item.get_closest_marker("django_db")
    return bool(marca and marca.kwargs.get("transaction")) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-django keeps what the migrations planted only where some test asks for it back."""
    for item in items:
        if vacia_las_tablas(item):
            marca = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(marca, append=False)


@pytest.fixture(autouse=True)
def gatillos_fuera_al_vaciar(request: pytest.FixtureRequest) -> Iterator[None]:
    """The triggers forbid to empty their tables: they step aside before the flush, whose own
    `post_migrate` brings them back."""
    if not vacia_las_tablas(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    gatillos.retirar(connection, gatillos.declarados())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, Any, Any]:
    """After a flush, put back what the migrations planted: the order of the tests does not matter."""
    resultado = yield
    if nextitem is not None and vacia_las_tablas(item):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return resultado
