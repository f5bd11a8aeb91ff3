"""`manage.py cargar_demo`: plan 5 and a living, invented plan 7, in a database that lacks them."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.demo import carga


class Command(BaseCommand):
    help = "Carga la demostración. Dos veces es lo mismo que una."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--si-falta", action="store_true", help="no dice nada si ya está cargada"
        )

    def handle(self, *args: Any, si_falta: bool = False, **opciones: Any) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        if carga.cargar(decir=self.decir):
            self.stdout.write(self.style.SUCCESS("La demostración quedó cargada."))
        elif not si_falta:
            self.stdout.write("La demostración ya está cargada: no se cambió nada.")

    def decir(self, texto: str) -> None:
        self.stdout.write(texto)
        self.stdout.flush()
