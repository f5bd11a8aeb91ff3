"""The migrated database that the tests start from: made once for these migrations, then copied.

Migrating from nothing takes half a minute of a core. The first run that needs a database migrates one
in a process of its own and keeps it in var/pruebas/, named after what the migrations say; the others
wait for it and copy. Django migrates the copy all the same, finds nothing to do and installs triggers
and permissions anew. To make it again, delete the file.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
import wagtail
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.servidores.postgresql import carpeta_de_programas

RAIZ = Path(__file__).resolve().parents[1]
CARPETA = RAIZ / "var" / "pruebas"
# The archive is derived, and its full-text rows are not ours to write.
SIN_SEMBRAR = "search_"
Semilla = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
MIGRACIONES = ("biblioteca", "consulta", "noticias", "search", "site")


def huella() -> str:
    """Sixteen hexadecimal digits: our migrations, what is installed, and who reads them."""
    suma = hashlib.sha256(f"{django.VERSION} {wagtail.VERSION} {sqlite3.sqlite_version}".encode())
    suma.update((RAIZ / "requirements.txt").read_bytes())
    for raiz in MIGRACIONES:
        for archivo in sorted((RAIZ / raiz).glob("**/migrations/*.py")):
            suma.update(f"{archivo.relative_to(RAIZ)}\n".encode() + archivo.read_bytes())
    return suma.hexdigest()[:16]


@contextlib.contextmanager
def turno(nombre: str) -> Iterator[None]:
    """One process at a time, among those that use this checkout."""
    CARPETA.mkdir(parents=True, exist_ok=True)
    with (CARPETA / f"{nombre}.turno").open("w") as archivo:
        fcntl.flock(archivo, fcntl.LOCK_EX)
        yield


def migrar(url: str) -> None:
    """Migrate the empty database at `url`. Raises CalledProcessError with what Django said."""
    entorno = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    orden = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(orden, cwd=RAIZ, env=entorno, check=True)


def copiar_sqlite(destino: Path) -> None:
    """Leave at `destino` a migrated SQLite database."""
    plantilla = CARPETA / f"plantilla-{huella()}.sqlite3"
    with turno("sqlite"):
        if not plantilla.exists():
            for vieja in CARPETA.glob("plantilla-*.sqlite3*"):
                vieja.unlink()
            nueva = CARPETA / "plantilla-nueva.sqlite3"
            migrar(f"sqlite:///{nueva}")
            with contextlib.closing(sqlite3.connect(nueva)) as base:
                base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            nueva.rename(plantilla)
    destino.unlink(missing_ok=True)
    shutil.copyfile(plantilla, destino)


def preparar_postgresql(url: str) -> str:
    """Name of a migrated database on the server of `url`, to make others with CREATE DATABASE … TEMPLATE.

    A server lives as long as a run, so what it migrated is kept as a dump, where pg_dump is at hand.
    """
    nombre = f"plantilla_{huella()}"
    a_medias = urlsplit(url)._replace(path=f"/{nombre}_a_medias").geturl()
    volcado = CARPETA / f"{nombre}.dump"
    servidor = urlsplit(url)._replace(path="/postgres").geturl()
    with turno("postgresql"), psycopg.connect(servidor, autocommit=True) as conexion:
        hay = "SELECT 1 FROM pg_database WHERE datname = %s"
        if conexion.execute(hay, [nombre]).fetchone():
            return nombre
        conexion.execute(f"CREATE DATABASE {nombre}_a_medias")
        programas = carpeta_de_programas()
        if programas and volcado.exists():
            orden = [programas / "pg_restore", "--no-owner", f"--dbname={a_medias}", volcado]
            subprocess.run(orden, check=True)
        else:
            migrar(a_medias)
        if programas and not volcado.exists():
            for viejo in CARPETA.glob("plantilla_*.dump"):
                viejo.unlink()
            nuevo = volcado.with_suffix(".nuevo")
            orden = [programas / "pg_dump", "--format=custom", f"--file={nuevo}", a_medias]
            subprocess.run(orden, check=True)
            nuevo.rename(volcado)
        conexion.execute(f"ALTER DATABASE {nombre}_a_medias RENAME TO {nombre}")
    return nombre


def preparar() -> None:
    """Make both while nobody waits for them: a run on an empty var/ would begin with half a minute idle."""
    copiar_sqlite(CARPETA / "copia.sqlite3")
    (CARPETA / "copia.sqlite3").unlink()
    preparar_postgresql(os.environ["DATABASE_URL"])


def semilla(conexion: BaseDatabaseWrapper) -> Semilla:
    """Columns and rows of every table that the migrations left with something in it."""
    plantado: Semilla = {}
    with conexion.cursor() as cursor:
        for tabla in conexion.introspection.django_table_names(only_existing=True):
            if not tabla.startswith(SIN_SEMBRAR):
                cursor.execute(f"SELECT * FROM {conexion.ops.quote_name(tabla)}")
                if filas := cursor.fetchall():
                    plantado[tabla] = ([c[0] for c in cursor.description], filas)
    return plantado


def sembrar(conexion: BaseDatabaseWrapper, plantado: Semilla) -> None:
    """Put `plantado` back into empty tables, in the caller's transaction: keys are checked at its end."""
    citar = conexion.ops.quote_name
    with conexion.cursor() as cursor:
        for tabla, (columnas, filas) in plantado.items():
            nombres = ", ".join(citar(c) for c in columnas)
            marcas = ", ".join(["%s"] * len(columnas))
            cursor.executemany(f"INSERT INTO {citar(tabla)} ({nombres}) VALUES ({marcas})", filas)


if __name__ == "__main__":
    preparar()
