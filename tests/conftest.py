"""Fixtures of the real parts tests run against. Factories live beside the tests that use them."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

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


@pytest.fixture(autouse=True)
def gatillos_fuera_al_vaciar(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying the tables, which the triggers forbid: they step aside
    for that, and the flush's own `post_migrate` brings them back."""
    marca = request.node.get_closest_marker("django_db")
    vacia = bool(marca and marca.kwargs.get("transaction")) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(request.fixturenames)
    if not vacia:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    gatillos.retirar(connection, gatillos.declarados())
