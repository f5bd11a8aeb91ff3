"""Prepare .venv, with nothing but the system's own Python: `python3 entorno.py requirements.txt`.

Runs before anything is installed, so it imports the standard library only and stays readable
for an older Python, which can then say what is missing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

RAIZ = Path(__file__).resolve().parents[3]
VENV = RAIZ / ".venv"
PYTHON = VENV / "bin" / "python"
REGISTRO = RAIZ / "var" / "registro" / "instalacion.log"
MINIMA = (3, 11)
CADA_SEGUNDOS = 2.0


def decir(texto: str) -> None:
    sys.stdout.write(texto + "\n")
    sys.stdout.flush()


def salir(texto: str) -> NoReturn:
    """Stop with one message for the person at the keyboard, without a traceback."""
    sys.stderr.write("\n" + texto + "\n\n")
    raise SystemExit(1)


def usar_python_suficiente() -> None:
    """Go on with a newer interpreter of this machine if this one is too old, or name one."""
    if sys.version_info >= MINIMA:
        return
    for menor in range(15, MINIMA[1] - 1, -1):
        otro = shutil.which(f"python3.{menor}")
        if otro:
            os.execv(otro, [otro, *sys.argv])  # noqa: S606
    salir(
        f"Hace falta Python 3.{MINIMA[1]} o más nuevo y este es {sys.version.split()[0]}.\n"
        "Instálelo, por ejemplo con:  sudo apt install python3.11 python3.11-venv"
    )


def archivos_incluidos(requisitos: Path) -> list[Path]:
    """`requisitos` and every file it reaches through `-r`, each once, in order."""
    vistos = [requisitos]
    for archivo in vistos:
        for nombre in re.findall(r"(?m)^-r\s+(\S+)", archivo.read_text(encoding="utf-8")):
            incluido = archivo.parent / nombre
            if incluido not in vistos:
                vistos.append(incluido)
    return vistos


def huella(requisitos: Path) -> str:
    """SHA-256 of what would be installed: the file, those it includes, and the Python version."""
    suma = hashlib.sha256(f"{sys.version_info[:2]}\n".encode())
    for archivo in archivos_incluidos(requisitos):
        suma.update(archivo.read_bytes())
    return suma.hexdigest()


def sello(requisitos: Path) -> Path:
    return VENV / ("sello-" + requisitos.name)


def crear_venv() -> None:
    """Make .venv unless a working one is there. Names the system package it lacks, then stops."""
    if PYTHON.exists():
        prueba = subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False)  # noqa: S603
        if prueba.returncode == 0:
            return
        decir("El entorno .venv no sirve (¿cambió el Python del sistema?): se crea de nuevo.")
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        salir(
            "Falta el módulo «venv» de Python. Instálelo con:\n"
            "    sudo apt install python3-venv\n"
            "y repita el comando."
        )
    decir("Creando el entorno de Python en .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    orden = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(orden, check=False).returncode != 0:  # noqa: S603
        shutil.rmtree(VENV, ignore_errors=True)
        salir("No se pudo crear .venv (arriba está el motivo).")


def instalar(requisitos: Path) -> None:
    """Install `requisitos` showing what goes on; the whole output stays in var/registro/."""
    REGISTRO.parent.mkdir(parents=True, exist_ok=True)
    decir(f"Instalando lo que pide {requisitos.name} (la primera vez, uno o dos minutos) …")
    orden = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    inicio = time.monotonic()
    with REGISTRO.open("w", encoding="utf-8") as registro:
        proceso = subprocess.Popen(  # noqa: S603
            [*orden, "-r", str(requisitos)], stdout=registro, stderr=subprocess.STDOUT
        )
        while True:
            try:
                codigo = proceso.wait(timeout=CADA_SEGUNDOS)
                break
            except subprocess.TimeoutExpired:
                lineas = ultimas_lineas(REGISTRO, 1)
                decir(f"  {time.monotonic() - inicio:3.0f} s · {''.join(lineas).strip()[:80]}")
            except BaseException:
                proceso.terminate()
                raise
    if codigo != 0:
        final = "\n  ".join(ultimas_lineas(REGISTRO, 15))
        salir(f"La instalación falló. Lo último que dijo pip:\n  {final}\nTodo está en {REGISTRO}")
    for archivo in archivos_incluidos(requisitos):
        sello(archivo).write_text(huella(archivo), encoding="utf-8")
    decir(f"Instalado en {time.monotonic() - inicio:.0f} s.")


def ultimas_lineas(archivo: Path, cuantas: int) -> list[str]:
    return archivo.read_text(encoding="utf-8", errors="replace").splitlines()[-cuantas:]


def main() -> None:
    usar_python_suficiente()
    requisitos = RAIZ / sys.argv[1]
    with contextlib.suppress(OSError):
        if PYTHON.exists() and sello(requisitos).read_text(encoding="utf-8") == huella(requisitos):
            return
    (RAIZ / "var").mkdir(exist_ok=True)
    with (RAIZ / "var" / "instalacion.cerrojo").open("w") as cerrojo:
        fcntl.flock(cerrojo, fcntl.LOCK_EX)
        crear_venv()
        instalar(requisitos)


if __name__ == "__main__":
    main()
