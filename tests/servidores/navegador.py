"""A headless Chromium driven by Playwright, and axe-core to put into its pages."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .paquetes import RAIZ, FaltaError, comando, correr_con_progreso, instalar_paquetes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOMBRES = ("chromium", "google-chrome-stable", "google-chrome", "chromium-browser")
OPCIONES = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = RAIZ / "node_modules" / "axe-core" / "axe.min.js"


def ruta_de_chromium() -> str:
    """CHROMIUM of the environment, else the system's, installed if need be. Raises FaltaError."""
    pedido = os.environ.get("CHROMIUM")
    if pedido:
        if not shutil.which(pedido):
            raise FaltaError(f"CHROMIUM={pedido} no es un programa")
        return pedido
    for nombre in NOMBRES:
        ruta = shutil.which(nombre)
        # Ubuntu's is a script that asks for a snap, and a snap reads no temporary folder.
        if ruta and Path(ruta).resolve().name != "snap":
            return ruta
    instalar_paquetes("chromium")
    ruta = shutil.which("chromium")
    if ruta is None:
        raise FaltaError("falta un navegador: instale Chromium o indíquelo con CHROMIUM=/ruta")
    return ruta


def ruta_de_axe() -> Path:
    """Path of axe.min.js in the version of package-lock.json. Raises FaltaError."""
    with (RAIZ / "package-lock.json").open() as cerrojo:
        fcntl.flock(cerrojo, fcntl.LOCK_EX)
        instalado = RAIZ / "node_modules" / ".package-lock.json"
        if not AXE.exists() or instalado.stat().st_mtime < Path(cerrojo.name).stat().st_mtime:
            npm = comando("npm", "nodejs", "npm")
            orden = [npm, "ci", "--prefix", str(RAIZ), "--ignore-scripts"]
            correr_con_progreso(orden, "Instalando axe-core con npm")
    return AXE


@contextlib.contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser shared by a run's tests; each opens its own context. Raises FaltaError."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django would refuse every query under it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    opciones = [*OPCIONES, "--no-sandbox"] if os.geteuid() == 0 else list(OPCIONES)
    ruta = ruta_de_chromium()
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=ruta, args=opciones)
        try:
            yield navegador
        finally:
            navegador.close()


@contextlib.contextmanager
def navegador() -> Iterator[dict[str, str]]:
    """Yield {"CHROMIUM": path}, so that what is missing is known before the first test."""
    yield {"CHROMIUM": ruta_de_chromium()}


@contextlib.contextmanager
def axe() -> Iterator[dict[str, str]]:
    """Yield {"AXE": path of axe.min.js}, installed."""
    yield {"AXE": str(ruta_de_axe())}
