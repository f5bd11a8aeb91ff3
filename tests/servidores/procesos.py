"""Server processes of the tests: who runs them, where, and how they end."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .paquetes import FaltaError

PR_SET_PDEATHSIG = 1
PREFIJO = "portal-pruebas-"
USUARIO_DE_SERVIDORES = "nobody"


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def identidad() -> dict[str, Any]:
    """For Popen: a system user when we are root, whom the servers refuse; else nothing."""
    if os.geteuid() != 0:
        return {}
    usuario = pwd.getpwnam(USUARIO_DE_SERVIDORES)
    return {"user": usuario.pw_uid, "group": usuario.pw_gid, "extra_groups": []}


def entregar(ruta: Path) -> None:
    """Make the user of the servers the owner of `ruta`."""
    quien = identidad()
    if quien:
        os.chown(ruta, quien["user"], quien["group"])


@contextlib.contextmanager
def carpeta_temporal(nombre: str) -> Iterator[Path]:
    """A folder of the servers' user, removed at the end; also those that dead runs left."""
    base = Path(tempfile.gettempdir())
    for vieja in base.glob(f"{PREFIJO}{nombre}-*"):
        _, _, dueno = vieja.name.rpartition("-")
        if dueno.isdigit() and not Path(f"/proc/{dueno}").exists():
            shutil.rmtree(vieja, ignore_errors=True)
    azar = os.urandom(3).hex()
    carpeta = base / f"{PREFIJO}{nombre}-{azar}-{os.getpid()}"
    carpeta.mkdir(mode=0o700)
    entregar(carpeta)
    try:
        yield carpeta
    finally:
        shutil.rmtree(carpeta, ignore_errors=True)


def morir_con_el_padre(senal: signal.Signals) -> Callable[[], None]:
    """For Popen: the kernel sends `senal` to the child when we disappear, even by SIGKILL."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def preparar() -> None:
        if prctl:
            prctl(PR_SET_PDEATHSIG, senal)

    return preparar


@contextlib.contextmanager
def servidor(
    orden: Sequence[str],
    *,
    registro: Path,
    entorno: Mapping[str, str],
    carpeta: Path,
    fin: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server as its user, in a session of its own; `fin` is the signal that ends it well."""
    with registro.open("wb") as salida:
        entregar(registro)
        proceso = subprocess.Popen(
            orden,
            env=dict(entorno),
            cwd=carpeta,
            stdin=subprocess.DEVNULL,
            stdout=salida,
            stderr=salida,
            start_new_session=True,
            preexec_fn=morir_con_el_padre(fin),
            **identidad(),
        )
    try:
        yield proceso
    finally:
        detener(proceso, fin)


def detener(proceso: subprocess.Popen[bytes], fin: signal.Signals) -> None:
    """End `proceso` and whatever is left of its group, by force after fifteen seconds."""
    with contextlib.suppress(ProcessLookupError):
        proceso.send_signal(fin)
    with contextlib.suppress(subprocess.TimeoutExpired):
        proceso.wait(timeout=15)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(proceso.pid, signal.SIGKILL)
    proceso.wait()


def esperar(
    listo: Callable[[], bool],
    *,
    proceso: subprocess.Popen[bytes],
    registro: Path,
    nombre: str,
    segundos: float,
) -> None:
    """Return when `listo()`. Raises FaltaError with the end of the log when the server gives up."""
    limite = time.monotonic() + segundos
    while time.monotonic() < limite:
        if proceso.poll() is not None:
            break
        if listo():
            return
        time.sleep(0.1)
    lineas = registro.read_text(errors="replace").strip().splitlines()[-25:]
    estado = f"terminó con {proceso.returncode}" if proceso.poll() is not None else "no responde"
    sys.stderr.write("\n".join(lineas) + "\n")
    raise FaltaError(f"{nombre} no arrancó ({estado}); arriba está el final de su registro")
