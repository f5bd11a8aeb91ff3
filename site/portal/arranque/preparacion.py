"""What must be true before the site starts: folders, tables, static files, the demo."""

import fcntl
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Decir = Callable[[str], None]


class SitioEnMarchaError(Exception):
    """The folder of generated things is in use by a running site."""


def tomar_carpeta(*, exclusiva: bool) -> IO[str]:
    """Hold var/ until the returned file closes: shared while a site runs, exclusive to remove it.

    Raises SitioEnMarchaError when somebody holds it in a way that excludes this one.
    """
    settings.VAR.mkdir(parents=True, exist_ok=True)
    cerrojo = (settings.VAR / "en-uso.cerrojo").open("w")
    modo = fcntl.LOCK_EX if exclusiva else fcntl.LOCK_SH
    try:
        fcntl.flock(cerrojo, modo | fcntl.LOCK_NB)
    except OSError as error:
        cerrojo.close()
        raise SitioEnMarchaError from error
    return cerrojo


def vaciar_carpeta(decir: Decir) -> None:
    """Remove everything below var/ except the lock the caller holds. Raises SitioEnMarchaError."""
    with tomar_carpeta(exclusiva=True) as cerrojo:
        decir(f"Se borra lo generado en {settings.VAR}")
        for ruta in settings.VAR.iterdir():
            if ruta == Path(cerrojo.name):
                continue
            if ruta.is_dir() and not ruta.is_symlink():
                shutil.rmtree(ruta)
            else:
                ruta.unlink()


def migrar_si_falta(decir: Decir) -> None:
    """Apply the migrations that the database lacks; nothing is printed when there are none."""
    ejecutor = MigrationExecutor(connection)
    pendientes = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
    if not pendientes:
        return
    decir(f"Preparando la base de datos ({len(pendientes)} pasos) …")
    call_command("migrate", interactive=False, verbosity=1)


def reunir_estaticos_si_falta(decir: Decir) -> None:
    """Collect static files where the settings serve them from STATIC_ROOT."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if settings.DEBUG or getattr(settings, "WHITENOISE_USE_FINDERS", False):
        return
    decir("Reuniendo los archivos estáticos …")
    call_command("collectstatic", interactive=False, verbosity=0)


def demo_cargada() -> bool:
    """Whether a demo account exists: the loader writes them in one transaction with the rest."""
    correos = [cuenta[1] for cuenta in cuentas_de_demostracion()]
    usuarios = apps.get_model(settings.AUTH_USER_MODEL)
    return usuarios._default_manager.filter(email__in=correos).exists()


def cargar_demo_si_falta(decir: Decir) -> None:
    """Load the demo into a database without it."""
    if "cargar_demo" not in get_commands() or demo_cargada():
        return
    decir("Cargando la demostración …")
    call_command("cargar_demo", stdout=sys.stdout)


def cuentas_de_demostracion() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of each demo account; empty when this installation has no demo."""
    try:
        from portal.demo.cuentas import CUENTAS
    except ImportError:
        return []
    return [(str(rol), correo, clave) for rol, correo, clave, *_ in CUENTAS]
