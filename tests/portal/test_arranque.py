"""The supervisor of `make run`, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.arranque.entorno import huella
from portal.arranque.hijos import Familia, Hijo, HijoCaidoError
from portal.arranque.preparacion import SitioEnMarchaError, tomar_carpeta, vaciar_carpeta
from portal.arranque.puerto import DIRECCION, puerto_libre_desde, puerto_ocupado

DORMIR = [sys.executable, "-c", "import time; time.sleep(60)"]
FALLAR = [sys.executable, "-c", "raise SystemExit(7)"]
CON_TRABAJADOR = [
    sys.executable,
    "-c",
    "import subprocess, sys\n"
    "nieto = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(nieto.pid, flush=True)\n"
    "nieto.wait()\n",
]


@pytest.fixture
def dicho() -> list[str]:
    return []


@pytest.fixture
def familia(dicho: list[str]) -> Iterator[Familia]:
    familia = Familia(dicho.append)
    yield familia
    familia.detener()


def caido(hijo: Hijo) -> Hijo:
    assert hijo.proceso is not None
    hijo.proceso.wait(timeout=10)
    return hijo


def test_a_worker_that_dies_is_named_and_restarted_after_a_pause(
    familia: Familia, dicho: list[str]
) -> None:
    hijo = Hijo("el ejecutor de tareas", DORMIR)
    familia.iniciar(hijo)
    assert hijo.proceso is not None
    hijo.proceso.send_signal(signal.SIGKILL)
    caido(hijo)

    familia.vigilar(hijo.desde + 1)
    assert dicho == ["Se detuvo el ejecutor de tareas (señal SIGKILL); se reinicia en 1 s."]
    familia.vigilar(hijo.desde + 1.5)
    assert not hijo.vivo

    familia.vigilar(hijo.desde + 2)
    assert hijo.vivo


def test_a_child_that_never_starts_well_stops_everything(
    familia: Familia, dicho: list[str]
) -> None:
    hijo = Hijo("el reloj", FALLAR)
    familia.iniciar(hijo)
    with pytest.raises(HijoCaidoError, match="el reloj no logra arrancar"):
        for _ in range(6):
            familia.vigilar(caido(hijo).desde)
            familia.vigilar(hijo.desde + 100)
    assert [aviso.rsplit("en ", 1)[1] for aviso in dicho] == [
        "1 s.",
        "2 s.",
        "4 s.",
        "8 s.",
        "16 s.",
    ]


def test_the_site_is_indispensable(familia: Familia) -> None:
    hijo = Hijo("el sitio", FALLAR, indispensable=True)
    familia.iniciar(hijo)
    with pytest.raises(HijoCaidoError, match="Se detuvo el sitio"):
        familia.vigilar(caido(hijo).desde)


def ha_terminado(pid: int, *, segundos: float) -> bool:
    """Whether the process ends in time: the kernel delivers the parent's death when it can."""
    limite = time.monotonic() + segundos
    estado = Path(f"/proc/{pid}/stat")
    while time.monotonic() < limite:
        try:
            if estado.read_text().split()[2] == "Z":
                return True
        except OSError:
            return True
        os.sched_yield()
    return False


def test_killing_a_server_by_force_ends_the_worker_it_leaves(tmp_path: Path) -> None:
    salida = tmp_path / "nieto"
    orden = ["sh", "-c", f'exec "$@" > "{salida}"', "sh", *CON_TRABAJADOR]
    hijo = Hijo("el sitio", orden)
    hijo.iniciar()
    limite = time.monotonic() + 10
    while not (salida.exists() and salida.read_text().strip()) and time.monotonic() < limite:
        os.sched_yield()
    nieto = int(salida.read_text())
    assert hijo.proceso is not None
    hijo.proceso.kill()

    hijo.esperar_fin(hasta=time.monotonic())

    assert not hijo.vivo
    assert ha_terminado(nieto, segundos=10)


def test_a_busy_port_is_seen_and_the_next_free_one_is_offered() -> None:
    with socket.socket() as ocupante:
        ocupante.bind((DIRECCION, 0))
        ocupante.listen()
        puerto = ocupante.getsockname()[1]
        assert puerto_ocupado(puerto)
        assert puerto_libre_desde(puerto) > puerto


def test_the_folder_is_not_emptied_while_a_site_runs(tmp_path: Path, settings: object) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "media").mkdir()
    with tomar_carpeta(exclusiva=False), tomar_carpeta(exclusiva=False):
        with pytest.raises(SitioEnMarchaError):
            vaciar_carpeta(print)
        assert (tmp_path / "media").exists()

    vaciar_carpeta(print)
    assert not (tmp_path / "media").exists()


def test_the_seal_changes_with_any_included_file(tmp_path: Path) -> None:
    base, desarrollo = tmp_path / "requirements.txt", tmp_path / "requirements-dev.txt"
    base.write_text("a==1\n")
    desarrollo.write_text("-r requirements.txt\nb==1\n")
    antes = huella(desarrollo)
    base.write_text("a==2\n")
    assert huella(desarrollo) != antes


def test_the_environment_is_prepared_without_anything_installed() -> None:
    """The script imports the standard library only: it runs before .venv exists."""
    guion = Path(huella.__code__.co_filename)
    resultado = subprocess.run(
        [sys.executable, "-I", "-S", str(guion), "no-existe.txt"], capture_output=True, text=True
    )
    assert "ModuleNotFoundError" not in resultado.stderr
    assert "no-existe.txt" in resultado.stderr
