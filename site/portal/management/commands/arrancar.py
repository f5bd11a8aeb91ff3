"""`manage.py arrancar`: everything the site needs on one machine, in one process tree."""

import fcntl
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from portal.arranque.hijos import Familia, Hijo, HijoCaidoError
from portal.arranque.preparacion import (
    SitioEnMarchaError,
    cargar_demo_si_falta,
    cuentas_de_demostracion,
    migrar_si_falta,
    reunir_estaticos_si_falta,
    tomar_carpeta,
    vaciar_carpeta,
)
from portal.arranque.puerto import DIRECCION, puerto_libre_desde, puerto_ocupado

PACIENCIA = 60.0
TRAMO = 0.1


def al_recibir_senal(numero: int, _marco: object) -> None:
    """Ask for the end once: a second Ctrl-C does not cut the stop short."""
    signal.signal(numero, signal.SIG_IGN)
    raise KeyboardInterrupt


class Command(BaseCommand):
    help = "Prepara la base de datos y la demostración, y arranca sitio, tareas y reloj."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--puerto",
            type=int,
            default=int(os.environ.get("PUERTO") or 8000),
            help="por omisión 8000",
        )
        parser.add_argument(
            "--de-cero", action="store_true", help="borra var/, prepara todo otra vez y termina"
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        for senal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(senal, al_recibir_senal)
        familia = Familia(self.decir)
        try:
            if opciones["de_cero"]:
                self.empezar_de_cero()
            else:
                self.arrancar(opciones["puerto"], familia)
        except KeyboardInterrupt:
            self.decir("\nDeteniendo el sitio …")
        except HijoCaidoError as caida:
            raise CommandError(f"{caida} Se detiene todo lo demás.") from caida
        finally:
            familia.detener()
        if familia.hijos:
            self.decir("Todo quedó detenido.")

    def decir(self, texto: str) -> None:
        self.stdout.write(texto)
        self.stdout.flush()

    def empezar_de_cero(self) -> None:
        try:
            vaciar_carpeta(self.decir)
        except SitioEnMarchaError as error:
            raise CommandError(
                "El sitio está en marcha: deténgalo (Ctrl-C en su terminal) antes de empezar."
            ) from error
        self.preparar()
        self.decir("\nTodo quedó como nuevo. Arranque el sitio con:  make run")

    def preparar(self) -> None:
        migrar_si_falta(self.decir)
        reunir_estaticos_si_falta(self.decir)
        cargar_demo_si_falta(self.decir)

    def arrancar(self, puerto: int, familia: Familia) -> None:
        if puerto_ocupado(puerto):
            raise CommandError(
                f"El puerto {puerto} está ocupado: quizás el sitio ya está en marcha en "
                f"http://localhost:{puerto}/\nPara usar otro:  "
                f"PUERTO={puerto_libre_desde(puerto)} make run"
            )
        try:
            carpeta = tomar_carpeta(exclusiva=False)
        except SitioEnMarchaError as error:
            raise CommandError("Se está empezando de cero en otra terminal: espere.") from error
        with carpeta, (settings.VAR / "reloj.cerrojo").open("w") as turno_del_reloj:
            self.preparar()
            connections.close_all()
            direccion = f"http://localhost:{puerto}"
            comun = {
                "PYTHONPATH": os.pathsep.join([str(settings.RAIZ), str(settings.RAIZ / "site")]),
                "DIRECCION_BASE": os.environ.get("DIRECCION_BASE") or direccion,
            }
            familia.iniciar(self.sitio(puerto, comun))
            self.esperar_respuesta(puerto, familia)
            familia.iniciar(self.tareas(comun))
            self.presentar(direccion)
            con_reloj = False
            while True:
                # Of several sites on one database, one keeps the clock; another takes it over.
                if not con_reloj and tomado(turno_del_reloj.fileno()):
                    familia.iniciar(self.reloj(comun))
                    con_reloj = True
                familia.vigilar(time.monotonic())
                time.sleep(TRAMO)

    def sitio(self, puerto: int, entorno: dict[str, str]) -> Hijo:
        orden = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", DIRECCION]
        orden += ["--port", str(puerto), "--workers", "1", "--blocking-threads", "4"]
        orden += ["--log-level", "warning", "portal.wsgi:application"]
        return Hijo("el sitio", orden, indispensable=True, entorno=entorno)

    def tareas(self, entorno: dict[str, str]) -> Hijo:
        argumentos = ["db_worker", "--queue-name", "*", "--no-startup-delay", "--no-reload"]
        return Hijo("el ejecutor de tareas", self.manage(*argumentos, "-v0"), entorno=entorno)

    def reloj(self, entorno: dict[str, str]) -> Hijo:
        return Hijo("el reloj", self.manage("reloj"), entorno=entorno)

    def manage(self, *argumentos: str) -> list[str]:
        return [sys.executable, str(settings.RAIZ / "manage.py"), *argumentos]

    def esperar_respuesta(self, puerto: int, familia: Familia) -> None:
        """Return when /salud/ answers. Raises HijoCaidoError when it does not within a minute."""
        limite, aviso = time.monotonic() + PACIENCIA, time.monotonic() + 2
        while time.monotonic() < limite:
            familia.vigilar(time.monotonic())
            if responde(f"http://{DIRECCION}:{puerto}/salud/"):
                return
            if time.monotonic() >= aviso:
                self.decir("Esperando que el sitio responda …")
                aviso += 5
            time.sleep(TRAMO)
        raise HijoCaidoError(f"El sitio no respondió en {PACIENCIA:.0f} s.")

    def presentar(self, direccion: str) -> None:
        filas = [("Sitio", "/"), ("Administración", "/admin/")]
        if settings.CORREO_CARPETA:
            filas.append(("Correos enviados", "/correo/"))
        lineas = ["", self.style.SUCCESS("El sitio está en marcha:"), ""]
        lineas += [f"  {nombre:<18}{direccion}{ruta}" for nombre, ruta in filas]
        cuentas = cuentas_de_demostracion()
        if cuentas:
            ancho = max(len(rol) for rol, _, _ in cuentas) + 2
            ancho_correo = max(len(correo) for _, correo, _ in cuentas) + 2
            lineas += ["", "Cuentas de demostración (rol, correo, clave):", ""]
            lineas += [f"  {rol:<{ancho}}{c:<{ancho_correo}}{clave}" for rol, c, clave in cuentas]
        self.decir("\n".join([*lineas, "", "Ctrl-C lo detiene.", ""]))


def responde(direccion: str) -> bool:
    try:
        with urllib.request.urlopen(direccion, timeout=5) as respuesta:  # noqa: S310
            return bool(respuesta.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def tomado(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
