"""What the machine must bring: found, installed where that is allowed, named where it is not."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]


class FaltaError(Exception):
    """A part of the machine is missing and cannot be installed from here; the text is one line."""


def decir(texto: str) -> None:
    sys.stderr.write(texto + "\n")
    sys.stderr.flush()


def carpeta_de_cache() -> Path:
    """Where downloads are kept between runs, outside the repository.

    The system user that runs the servers must be able to read it, and it cannot enter root's home.
    """
    propia = os.environ.get("PORTAL_PRUEBAS_CACHE")
    if propia:
        carpeta = Path(propia)
    elif os.geteuid() == 0:
        carpeta = Path("/var/cache/portal-pruebas")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        carpeta = Path(base) / "portal-pruebas"
    carpeta.mkdir(parents=True, exist_ok=True)
    return carpeta


def correr_con_progreso(
    orden: Sequence[str], titulo: str, *, entorno: Mapping[str, str] | None = None
) -> None:
    """Run `orden`, with a line every ten seconds while it lasts.

    Raises FaltaError with the last line of its output when it fails.
    """
    decir(f"{titulo} …")
    inicio = time.monotonic()
    with tempfile.TemporaryFile() as salida:
        proceso = subprocess.Popen(
            orden, stdin=subprocess.DEVNULL, stdout=salida, stderr=salida, env=entorno
        )
        try:
            while True:
                try:
                    codigo = proceso.wait(timeout=10)
                    break
                except subprocess.TimeoutExpired:
                    decir(f"  … {time.monotonic() - inicio:.0f} s")
        except BaseException:
            proceso.terminate()
            raise
        if codigo != 0:
            salida.seek(0)
            lineas = salida.read().decode(errors="replace").strip().splitlines()
            decir("\n".join(lineas[-20:]))
            raise FaltaError(f"{titulo}: falló ({' '.join(orden[:4])} …, código {codigo})")


def como_administrador() -> list[str] | None:
    """The prefix that gives a command root's rights without asking; None when there is none."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        permitido = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if permitido.returncode == 0:
            return ["sudo", "-n"]
    return None


def instalar_paquetes(*paquetes: str) -> None:
    """Install Debian packages where that is allowed.

    Raises FaltaError naming the line to type when it is not, or when apt has no such package.
    """
    linea = f"falta {', '.join(paquetes)}; instálelo con:  sudo apt install {' '.join(paquetes)}"
    prefijo = como_administrador()
    if prefijo is None or not shutil.which("apt-get"):
        raise FaltaError(linea)
    apt = [*prefijo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    instalar = [*apt, "install", "--no-install-recommends", *paquetes]
    with (carpeta_de_cache() / "apt.cerrojo").open("w") as cerrojo:
        fcntl.flock(cerrojo, fcntl.LOCK_EX)
        titulo = f"Instalando {' '.join(paquetes)} con apt"
        try:
            correr_con_progreso(instalar, titulo)
        except FaltaError:
            # A fresh machine has no package lists yet, or old ones.
            correr_con_progreso([*apt, "update"], "Actualizando la lista de paquetes de apt")
            try:
                correr_con_progreso(instalar, titulo)
            except FaltaError as error:
                raise FaltaError(linea) from error


def comando(nombre: str, *paquetes: str) -> str:
    """Path of the program `nombre`, installing `paquetes` when it is absent. Raises FaltaError."""
    ruta = shutil.which(nombre)
    if ruta is None:
        instalar_paquetes(*paquetes)
        ruta = shutil.which(nombre)
    if ruta is None:
        raise FaltaError(f"falta el programa {nombre} (paquete {' '.join(paquetes)})")
    return ruta
