"""`manage.py search_sync`: tell the search engine what changed."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from search import motor
from search.sincronia import sincronizar

PAUSA = 2.0
PAUSA_SIN_RESPUESTA = 5.0


class Command(BaseCommand):
    help = "Envía a Elasticsearch lo que cambió. Sin --once sigue haciéndolo hasta que lo detengan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="envía todo lo pendiente y termina")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if not motor.configurado():
            raise CommandError("No hay Elasticsearch configurado: falta ELASTICSEARCH_URL.")
        if opciones["once"]:
            self.una_vez()
        else:
            self.sin_fin()

    def una_vez(self) -> None:
        while True:
            try:
                turno = sincronizar(ahora=timezone.now())
            except motor.NO_RESPONDE as error:
                raise CommandError(f"Elasticsearch no responde: {error}") from error
            self.stdout.write(f"{turno.enviadas} enviadas, {turno.errores} rechazadas")
            if not turno.enviadas or not turno.pendientes:
                break
        self.stdout.write(f"Quedan {turno.pendientes} por enviar.")

    def sin_fin(self) -> None:
        fin = threading.Event()
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, lambda *_: fin.set())
        while not fin.is_set():
            close_old_connections()
            try:
                turno = sincronizar(ahora=timezone.now())
            except motor.NO_RESPONDE as error:
                self.stderr.write(f"Elasticsearch no responde: {error}")
                fin.wait(PAUSA_SIN_RESPUESTA)
                continue
            if turno.enviadas or turno.errores:
                self.stdout.write(f"{turno.enviadas} enviadas, {turno.errores} rechazadas")
            else:
                fin.wait(PAUSA)
