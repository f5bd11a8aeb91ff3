"""The processes a running site is made of: started, watched, and stopped together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
ESPERA_AL_DETENER = 10.0
VIDA_BREVE = 10.0
FALLAS_SEGUIDAS = 6
PAUSA_MAXIMA = 30.0


def morir_con_el_padre() -> None:
    """In the child, before exec: the kernel ends it if its parent disappears, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Hijo:
    """One process of the site. `indispensable`: without it nothing else makes sense."""

    nombre: str
    orden: list[str]
    indispensable: bool = False
    entorno: dict[str, str] = field(default_factory=dict)
    proceso: subprocess.Popen[bytes] | None = None
    desde: float = 0.0
    fallas: int = 0
    volver_a: float | None = None

    def iniciar(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only who supervises."""
        self.proceso = subprocess.Popen(  # noqa: S603
            self.orden,
            env=os.environ | self.entorno,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=morir_con_el_padre,
        )
        self.desde = time.monotonic()
        self.volver_a = None

    @property
    def vivo(self) -> bool:
        return self.proceso is not None and self.proceso.poll() is None

    def detener(self) -> None:
        if self.vivo and self.proceso:
            self.proceso.terminate()

    def esperar_fin(self, hasta: float) -> None:
        """Wait until the moment `hasta` (monotonic); then end by force what is left of it."""
        if self.proceso is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.proceso.wait(timeout=max(0.0, hasta - time.monotonic()))
        self.rematar()

    def rematar(self) -> None:
        """End its whole group: a server killed by force leaves workers that hold the port."""
        if self.proceso:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.proceso.pid, signal.SIGKILL)
            self.proceso.wait()


class HijoCaidoError(Exception):
    """A child ended and the site cannot go on; the text says which, for a person."""


class Familia:
    """The children, in the order they start; they stop in the opposite order."""

    def __init__(self, decir: Callable[[str], None]) -> None:
        self.hijos: list[Hijo] = []
        self.decir = decir

    def iniciar(self, hijo: Hijo) -> None:
        self.hijos.append(hijo)
        hijo.iniciar()

    def vigilar(self, ahora: float) -> None:
        """Restart what fell, waiting longer each time. Raises HijoCaidoError when that is no use.

        `ahora` is monotonic seconds. A child that lived over ten seconds starts its count anew.
        """
        for hijo in self.hijos:
            if hijo.vivo:
                continue
            if hijo.volver_a is None:
                self._anotar_caida(hijo, ahora)
            elif ahora >= hijo.volver_a:
                hijo.iniciar()

    def _anotar_caida(self, hijo: Hijo, ahora: float) -> None:
        codigo = hijo.proceso.returncode if hijo.proceso else None
        hijo.rematar()
        if hijo.indispensable:
            raise HijoCaidoError(f"Se detuvo {hijo.nombre} ({en_palabras(codigo)}).")
        hijo.fallas = hijo.fallas + 1 if ahora - hijo.desde < VIDA_BREVE else 1
        if hijo.fallas >= FALLAS_SEGUIDAS:
            raise HijoCaidoError(f"{hijo.nombre} no logra arrancar ({en_palabras(codigo)}).")
        pausa = min(2.0 ** (hijo.fallas - 1), PAUSA_MAXIMA)
        hijo.volver_a = ahora + pausa
        self.decir(
            f"Se detuvo {hijo.nombre} ({en_palabras(codigo)}); se reinicia en {pausa:.0f} s."
        )

    def detener(self) -> None:
        """End every child: politely first, by force after ten seconds. Safe to call twice."""
        for hijo in reversed(self.hijos):
            hijo.detener()
        hasta = time.monotonic() + ESPERA_AL_DETENER
        for hijo in reversed(self.hijos):
            hijo.esperar_fin(hasta)


def en_palabras(codigo: int | None) -> str:
    """How a process ended, from its return code: negative means a signal."""
    if codigo is not None and codigo < 0:
        return f"señal {signal.Signals(-codigo).name}"
    return f"código {codigo}"
