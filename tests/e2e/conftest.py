"""One site for all the browser tests, and contexts of several kinds of visitor."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .sitio import Sitio, carpeta_de_capturas, sitio_en_marcha

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ESPERA = 30_000
"""Milliseconds until a step has failed: a busy machine is slow, not wrong."""
expect.set_options(timeout=ESPERA)

ANCHOS = {"escritorio": 1280, "telefono": 360}


@pytest.fixture(scope="session")
def sitio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitio]:
    """The product with its demo, on a database of its own."""
    with sitio_en_marcha(tmp_path_factory.mktemp("sitio") / "var") as vivo:
        yield vivo


@pytest.fixture
def abrir(navegador: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Open a fresh visitor's window: `abrir(ancho=360, javascript=False)`."""
    contextos = []

    def nueva(*, ancho: int = 1280, javascript: bool = True) -> "Page":
        contexto = navegador.new_context(
            viewport={"width": ancho, "height": 900},
            java_script_enabled=javascript,
            locale="es-CL",
            timezone_id="America/Santiago",
            reduced_motion="reduce",
        )
        contexto.set_default_timeout(ESPERA)
        contextos.append(contexto)
        return contexto.new_page()

    yield nueva
    for contexto in contextos:
        contexto.close()


@pytest.fixture
def capturar() -> Callable[["Page", str], None]:
    """Keep a full-page screenshot under this name, where CAPTURAS asks for them."""
    carpeta = carpeta_de_capturas()

    def guardar(pagina: "Page", nombre: str) -> None:
        if carpeta is not None:
            pagina.screenshot(path=carpeta / f"{nombre}.png", full_page=True)

    return guardar
