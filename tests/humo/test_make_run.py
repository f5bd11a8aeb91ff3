"""`make run` from a clean clone, in a folder whose name has a space."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .clon import Clon, clonar, procesos_de

pytestmark = pytest.mark.humo
SEGUNDO_ARRANQUE = 5.0


@pytest.fixture(scope="module")
def clon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clon]:
    """A clone whose site is running for the first time; nothing of it is left at the end."""
    carpeta: Path = tmp_path_factory.mktemp("humo") / "clon nuevo"
    clonar(carpeta)
    clon = Clon(carpeta)
    try:
        clon.arrancar(segundos=600)
        yield clon
    finally:
        clon.detener(signal.SIGTERM)


@pytest.mark.parametrize("ruta", ["/", "/cuenta/login/", "/correo/", "/salud/"])
def test_the_first_start_serves_the_pages_a_newcomer_opens(clon: Clon, ruta: str) -> None:
    estado, cuerpo = clon.pedir(ruta)
    assert estado == 200, cuerpo[:2000]


def test_the_front_page_is_in_spanish_and_styled(clon: Clon) -> None:
    _, cuerpo = clon.pedir("/")
    assert '<html lang="es' in cuerpo
    estado, hoja = clon.pedir("/static/css/portal.css")
    assert estado == 200
    assert hoja


def test_the_address_and_the_demo_accounts_are_printed(clon: Clon) -> None:
    assert f"http://localhost:{clon.puerto}/" in clon.texto
    assert "Cuentas de demostración" in clon.texto


def test_a_second_run_says_that_the_port_is_busy_and_names_another(clon: Clon) -> None:
    segundo = clon.make("run")
    assert segundo.returncode != 0
    assert f"El puerto {clon.puerto} está ocupado" in segundo.stderr
    assert "make run" in segundo.stderr
    assert clon.pedir("/")[0] == 200


def test_reset_refuses_while_the_site_is_running(clon: Clon) -> None:
    reinicio = clon.make("reset")
    assert reinicio.returncode != 0
    assert "está en marcha" in reinicio.stderr
    assert clon.pedir("/")[0] == 200


def test_nothing_it_generates_is_seen_by_git(clon: Clon) -> None:

    estado = subprocess.run(
        ["git", "status", "--porcelain"],
        cwd=clon.carpeta,
        capture_output=True,
        text=True,
        check=True,
    )
    assert estado.stdout == ""


def test_ctrl_c_leaves_nothing_behind_and_the_next_start_is_quick(clon: Clon) -> None:
    clon.detener(signal.SIGINT)
    assert procesos_de(clon.carpeta) == []
    assert "Todo quedó detenido." in clon.texto

    tardo = clon.arrancar(segundos=60)
    assert clon.pedir("/")[0] == 200
    assert tardo < SEGUNDO_ARRANQUE

    clon.detener(signal.SIGTERM)
    time.sleep(0.2)
    assert procesos_de(clon.carpeta) == []


def test_reset_starts_over_when_nothing_runs(clon: Clon) -> None:
    clon.detener(signal.SIGTERM)
    marca = clon.carpeta / "var" / "media" / "ajeno.txt"
    marca.parent.mkdir(parents=True, exist_ok=True)
    marca.touch()
    reinicio = clon.make("reset")
    assert reinicio.returncode == 0, reinicio.stdout + reinicio.stderr
    assert not marca.exists()
    assert (clon.carpeta / "var" / "portal.sqlite3").exists()
