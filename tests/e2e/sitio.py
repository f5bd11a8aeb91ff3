"""The whole product, as `make run` starts it, with its demo, for a browser to drive."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.humo.clon import EN_MARCHA, entorno_limpio
from tests.plantillas import copiar_sqlite
from tests.servidores.paquetes import RAIZ
from tests.servidores.procesos import detener, morir_con_el_padre, puerto_libre

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACIENCIA = 240.0


class Sitio:
    """A running site: its address, the folder of what it generates, and the sessions that are open."""

    def __init__(self, url: str, var: Path) -> None:
        self.url, self.var = url, var
        self.sesiones: dict[str, list[Any]] = {}

    def correos(self, *, para: str, asunto: str, segundos: float = 30) -> list[EmailMessage]:
        """Mails to `para` whose subject holds `asunto`, newest first; waits for the first one."""
        limite = time.monotonic() + segundos
        while True:
            hallados = [
                correo
                for correo in self._todos()
                if correo["To"] == para and asunto in correo["Subject"]
            ]
            if hallados or time.monotonic() > limite:
                return hallados
            time.sleep(0.2)

    def _todos(self) -> Iterator[EmailMessage]:
        archivos = sorted((self.var / "correo").glob("*.log"), key=lambda a: a.stat().st_mtime_ns)
        for archivo in reversed(archivos):
            for trozo in re.split(rb"(?m)^-{79}\n", archivo.read_bytes()):
                if trozo.strip():
                    yield message_from_bytes(trozo, policy=policy.default)  # type: ignore[misc]

    def manage(self, *orden: str) -> subprocess.CompletedProcess[str]:
        """Run a management command on the site's data."""
        return subprocess.run(
            [sys.executable, str(RAIZ / "manage.py"), *orden],
            env=entorno_limpio(PORTAL_VAR=str(self.var)),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@contextlib.contextmanager
def sitio_en_marcha(var: Path) -> Iterator[Sitio]:
    """Start site, worker and clock on `var`, with the demo; stop them all at the end.

    The database begins migrated: how it comes to be from nothing is the smoke test's to show.
    """
    puerto = puerto_libre()
    var.mkdir(parents=True)
    copiar_sqlite(var / "portal.sqlite3")
    salida = var.parent / "salida.txt"
    with salida.open("wb") as registro:
        proceso = subprocess.Popen(
            [sys.executable, str(RAIZ / "manage.py"), "arrancar", "--puerto", str(puerto)],
            env=entorno_limpio(PORTAL_VAR=str(var)),
            stdin=subprocess.DEVNULL,
            stdout=registro,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=morir_con_el_padre(signal.SIGTERM),
        )
    try:
        limite = time.monotonic() + PACIENCIA
        while EN_MARCHA not in salida.read_text(errors="replace"):
            texto = salida.read_text(errors="replace")
            assert proceso.poll() is None, f"el sitio terminó:\n{texto}"
            assert time.monotonic() < limite, f"el sitio no arrancó:\n{texto}"
            time.sleep(0.1)
        yield Sitio(f"http://localhost:{puerto}", var)
    finally:
        detener(proceso, signal.SIGTERM)


def ingresar(pagina: "Page", sitio: Sitio, correo: str, clave: str) -> None:
    """Sign in through the site's own form."""
    pagina.goto(f"{sitio.url}/cuenta/login/")
    pagina.get_by_label("correo", exact=False).first.fill(correo)
    pagina.get_by_label("ontraseña", exact=False).first.fill(clave)
    pagina.locator("main form button[type=submit]").first.click()
    pagina.wait_for_url(lambda url: "/login/" not in url)


def continuar(pagina: "Page", sitio: Sitio, correo: str, clave: str) -> None:
    """Be signed in as by `ingresar`: by the form the first time in a run, afterwards in that session."""
    if correo not in sitio.sesiones:
        ingresar(pagina, sitio, correo, clave)
        galletas = pagina.context.cookies()
        sitio.sesiones[correo] = [g for g in galletas if g["name"] in ("sessionid", "csrftoken")]
    else:
        pagina.context.add_cookies(sitio.sesiones[correo])


def carpeta_de_capturas() -> Path | None:
    """Where screenshots are asked for (CAPTURAS), made when absent."""
    pedida = os.environ.get("CAPTURAS")
    if not pedida:
        return None
    carpeta = RAIZ / pedida
    carpeta.mkdir(parents=True, exist_ok=True)
    return carpeta
