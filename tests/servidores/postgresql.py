"""A PostgreSQL of our own: a new cluster in a temporary folder, on a free port."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg

from .paquetes import FaltaError, como_administrador, instalar_paquetes
from .procesos import carpeta_temporal, esperar, identidad, puerto_libre, servidor

MINIMA = 15
USUARIO = BASE = "portal"
SIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/portal-pruebas.conf")
# Nothing here survives a power cut, nor has to.
AJUSTES = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


def carpeta_de_programas() -> Path | None:
    """Folder of the newest initdb and postgres of this machine; None below PostgreSQL 15."""
    versiones = {
        int(ruta.parent.name): ruta
        for ruta in Path("/usr/lib/postgresql").glob("*/bin")
        if ruta.parent.name.isdigit()
        and (ruta / "initdb").exists()
        and (ruta / "postgres").exists()
    }
    if versiones and max(versiones) >= MINIMA:
        return versiones[max(versiones)]
    initdb = shutil.which("initdb")
    if initdb and (Path(initdb).resolve().parent / "postgres").exists():
        return Path(initdb).resolve().parent
    return None


def programas() -> Path:
    """Folder of initdb and postgres, installing them where that is allowed. Raises FaltaError."""
    carpeta = carpeta_de_programas()
    if carpeta:
        return carpeta
    with sin_cluster_del_sistema():
        instalar_paquetes("postgresql")
    carpeta = carpeta_de_programas()
    if carpeta is None:
        raise FaltaError(
            f"hace falta PostgreSQL {MINIMA} o más nuevo:  sudo apt install postgresql"
        )
    return carpeta


@contextlib.contextmanager
def sin_cluster_del_sistema() -> Iterator[None]:
    """While it lasts, Debian's package installs its programs and starts no server of its own."""
    prefijo = como_administrador()
    if prefijo is None:
        yield
        return
    contenido = "create_main_cluster = false\n"
    subprocess.run([*prefijo, "mkdir", "-p", str(SIN_CLUSTER.parent)], check=True)
    subprocess.run(
        [*prefijo, "tee", str(SIN_CLUSTER)],
        input=contenido.encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    try:
        yield
    finally:
        subprocess.run([*prefijo, "rm", "-f", str(SIN_CLUSTER)], check=True)


def crear_cluster(bin_: Path, datos: Path) -> None:
    """UTF-8 with a locale that every Debian has: accents fold in lower(), sorting is by code."""
    orden = [str(bin_ / "initdb"), "-D", str(datos), "-U", USUARIO, "--auth=trust", "--no-sync"]
    orden += ["--encoding=UTF8", "--locale=C.UTF-8"]
    resultado = subprocess.run(
        orden, capture_output=True, text=True, cwd=datos.parent, check=False, **identidad()
    )
    if resultado.returncode != 0:
        raise FaltaError(f"initdb falló: {resultado.stderr.strip()}")


@contextlib.contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """Yield {"DATABASE_URL": …}: the one of the environment, or that of a new server of our own."""
    if os.environ.get("DATABASE_URL"):
        yield {"DATABASE_URL": os.environ["DATABASE_URL"]}
        return
    bin_ = programas()
    with carpeta_temporal("postgresql") as carpeta:
        datos, registro, puerto = carpeta / "datos", carpeta / "postgresql.log", puerto_libre()
        crear_cluster(bin_, datos)
        orden = [str(bin_ / "postgres"), "-D", str(datos), "-p", str(puerto)]
        for nombre, valor in AJUSTES.items():
            orden += ["-c", f"{nombre}={valor}"]
        entorno = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
        with servidor(
            orden, registro=registro, entorno=entorno, carpeta=carpeta, fin=signal.SIGINT
        ) as proceso:
            url = f"postgres://{USUARIO}@127.0.0.1:{puerto}"
            esperar(
                lambda: responde(f"{url}/postgres"),
                proceso=proceso,
                registro=registro,
                nombre="PostgreSQL",
                segundos=60,
            )
            with psycopg.connect(f"{url}/postgres", autocommit=True) as conexion:
                conexion.execute(f"CREATE DATABASE {BASE}")
            yield {"DATABASE_URL": f"{url}/{BASE}"}


def responde(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
