"""The clock process: one per installation, beside the workers."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from comun.reloj import oficios

registro = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Hace lo que toca a cada hora: reintentos, publicación programada, índice de búsqueda."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--una-vez", action="store_true", help="Hace todo una vez y termina.")

    def handle(self, *args: Any, **options: Any) -> None:
        fin = threading.Event()
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, lambda *_: fin.set())
        proximo = {oficio.nombre: 0.0 for oficio in oficios()}
        while not fin.is_set():
            close_old_connections()
            for oficio in oficios():
                if time.monotonic() < proximo[oficio.nombre]:
                    continue
                try:
                    oficio.accion(timezone.now())
                except Exception:
                    # One job that fails must not stop the others; it is tried again at its time.
                    registro.exception("falló el oficio %s", oficio.nombre)
                proximo[oficio.nombre] = time.monotonic() + oficio.cada
            if options["una_vez"]:
                return
            fin.wait(1)
