"""Fixtures of the real parts tests run against. Factories live beside the tests that use them."""

import contextlib
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from comun import gatillos
from tests import plantillas
from tests.servidores.elasticsearch import elasticsearch
from tests.servidores.navegador import chromium, ruta_de_axe
from tests.servidores.paquetes import FaltaError

if TYPE_CHECKING:
    from playwright.sync_api import Browser


SEMILLA = pytest.StashKey[plantillas.Semilla]()
VACIADO = pytest.StashKey[bool]()


@contextlib.contextmanager
def parte_necesaria() -> Iterator[None]:
    """Where a part cannot be had: a skip with its line on a person's machine, a failure in CI."""
    try:
        yield
    except FaltaError as falta:
        if os.environ.get("CI"):
            pytest.fail(f"Falta una parte: {falta}", pytrace=False)
        pytest.skip(f"Falta una parte: {falta}")


@pytest.fixture(autouse=True)
def sin_recuerdos() -> None:
    """Rows are undone after each test and their numbers come again: what was kept of them goes too."""
    cache.clear()


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


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """A SQLite database is a copy of the migrated one: Django keeps what it finds."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start from the migrated database."""
    prueba = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        plantillas.copiar_sqlite(Path(prueba["NAME"]))
    else:
        prueba["TEMPLATE"] = plantillas.preparar_postgresql(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Remember what the migrations planted; at the end, take the copy away."""
    with django_db_blocker.unblock():
        request.config.stash[SEMILLA] = plantillas.semilla(connection)
        # So that the flush of a test sends no `post_migrate`: what it would plant is put back below.
        connection._test_serialized_contents = "[]"
    yield
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.close()
        for sufijo in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{sufijo}").unlink(missing_ok=True)


def vacia_las_tablas(item: pytest.Item) -> bool:
    """Whether this test ends with a flush instead of a rollback."""
    marca = item.get_closest_marker("django_db")
    return bool(marca and marca.kwargs.get("transaction")) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that flushes says that it wants back what the migrations planted."""
    for item in items:
        if vacia_las_tablas(item):
            marca = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(marca, append=False)


@pytest.fixture(autouse=True)
def gatillos_fuera_al_vaciar(request: pytest.FixtureRequest) -> Iterator[None]:
    """The triggers forbid to empty their tables: they step aside before the flush."""
    if not vacia_las_tablas(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    request.node.stash[VACIADO] = True
    with transaction.atomic():
        gatillos.retirar(connection, gatillos.declarados())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, Any, Any]:
    """After a flush, put back what the migrations planted: the order of the tests does not matter."""
    resultado = yield
    if nextitem is not None and item.stash.get(VACIADO, False):
        with item.config.stash[blocking_manager_key].unblock(), transaction.atomic():
            plantillas.sembrar(connection, item.config.stash[SEMILLA])
            gatillos.instalar(connection, gatillos.declarados())
    return resultado
