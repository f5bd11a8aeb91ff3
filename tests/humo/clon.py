"""A clean clone of HEAD, and the site that `make run` starts in it."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.servidores.paquetes import RAIZ
from tests.servidores.procesos import puerto_libre

EN_MARCHA = "Ctrl-C lo detiene."
# What the person who runs the tests may have set must not leak into the newcomer's terminal.
AJENAS = ("DATABASE_URL", "ELASTICSEARCH_URL", "PORTAL_VAR", "DIRECCION_BASE", "VIRTUAL_ENV")
AJENAS_POR_PREFIJO = ("DJANGO_", "PYTEST_", "MAKE", "MFLAGS")


def entorno_limpio(**propias: str) -> dict[str, str]:
    return {
        nombre: valor
        for nombre, valor in os.environ.items()
        if nombre not in AJENAS and not nombre.startswith(AJENAS_POR_PREFIJO)
    } | propias


def clonar(destino: Path) -> None:
    """A clone of what is committed, never of what lies about in the working tree."""
    subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", str(RAIZ), str(destino)], check=True
    )


def procesos_de(carpeta: Path) -> list[str]:
    """Command lines of the living processes that work in `carpeta`."""
    vivos = []
    for proceso in Path("/proc").glob("[0-9]*"):
        try:
            if (proceso / "cwd").resolve().is_relative_to(carpeta):
                vivos.append((proceso / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return [orden for orden in vivos if orden]


class Clon:
    """The clone in `carpeta` with a free port of its own."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self.puerto = puerto_libre()
        self.salida = carpeta.parent / "salida.txt"

    def make(self, objetivo: str) -> subprocess.CompletedProcess[str]:
        """Run a target to its end, as in a second terminal."""
        return subprocess.run(
            ["make", objetivo],
            cwd=self.carpeta,
            env=entorno_limpio(PUERTO=str(self.puerto)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def arrancar(self, segundos: float) -> float:
        """`make run`; seconds until it says that the site is up. Fails after `segundos`."""
        inicio = time.monotonic()
        with self.salida.open("wb") as salida:
            self.proceso = subprocess.Popen(
                ["make", "run"],
                cwd=self.carpeta,
                env=entorno_limpio(PUERTO=str(self.puerto)),
                stdin=subprocess.DEVNULL,
                stdout=salida,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while EN_MARCHA not in self.texto:
            tarda = time.monotonic() - inicio
            assert self.proceso.poll() is None, f"make run terminó:\n{self.texto}"
            assert tarda < segundos, f"make run no llegó en {segundos} s:\n{self.texto}"
            time.sleep(0.05)
        return time.monotonic() - inicio

    @property
    def texto(self) -> str:
        return self.salida.read_text(errors="replace")

    def detener(self, senal: signal.Signals) -> None:
        """What a terminal does: Ctrl-C reaches the whole foreground group."""
        if self.proceso.poll() is None:
            os.killpg(self.proceso.pid, senal)
        self.proceso.wait(timeout=30)

    def pedir(self, ruta: str) -> tuple[int, str]:
        """(status, body) of a page of the running site."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.puerto}{ruta}", timeout=20) as r:
                return r.status, r.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
