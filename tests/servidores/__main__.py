"""`python -m tests.servidores con postgresql elasticsearch -- orden …`: run it with those parts.

The command finds them in its environment (DATABASE_URL, ELASTICSEARCH_URL, CHROMIUM, AXE). The exit
code is the command's; 3 when a part could not be had, after one line that says which.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType

from .elasticsearch import elasticsearch
from .navegador import axe, navegador
from .paquetes import FaltaError, decir
from .postgresql import postgresql
from .procesos import morir_con_el_padre

PARTES: dict[str, Callable[[], AbstractContextManager[dict[str, str]]]] = {
    "postgresql": postgresql,
    "elasticsearch": elasticsearch,
    "navegador": navegador,
    "axe": axe,
}
SIN_PARTE = 3


def terminar(numero: int, _marco: FrameType | None) -> None:
    """A SIGTERM leaves through the same `finally` blocks as a Ctrl-C."""
    raise SystemExit(128 + numero)


def correr(orden: list[str], entorno: dict[str, str]) -> int:
    """Run `orden` to its end; if we are stopped, it is stopped first."""
    proceso = subprocess.Popen(
        orden, env=os.environ | entorno, preexec_fn=morir_con_el_padre(signal.SIGTERM)
    )
    try:
        return proceso.wait()
    except KeyboardInterrupt:
        # The terminal sent Ctrl-C to the command as well: let it write its summary.
        with contextlib.suppress(subprocess.TimeoutExpired):
            proceso.wait(timeout=10)
        raise
    finally:
        if proceso.poll() is None:
            proceso.terminate()
            proceso.wait()


def main(argumentos: list[str]) -> int:
    if len(argumentos) < 3 or argumentos[0] != "con" or "--" not in argumentos:
        decir(f"uso: python -m tests.servidores con {' '.join(PARTES)} -- orden …")
        return 2
    corte = argumentos.index("--")
    desconocidas = set(argumentos[1:corte]) - set(PARTES)
    if desconocidas:
        decir(f"partes desconocidas: {', '.join(sorted(desconocidas))}")
        return 2
    signal.signal(signal.SIGTERM, terminar)
    signal.signal(signal.SIGHUP, terminar)
    entorno: dict[str, str] = {}
    try:
        with contextlib.ExitStack() as pila:
            for parte in argumentos[1:corte]:
                entorno |= pila.enter_context(PARTES[parte]())
            return correr(argumentos[corte + 1 :], entorno)
    except FaltaError as falta:
        decir(f"No se puede correr: {falta}")
        return SIN_PARTE
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
