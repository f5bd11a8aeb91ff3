"""`manage.py demo_grande`: a consultation with many thousands of contributions, for measuring."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo import grande


class Command(BaseCommand):
    help = "Agrega una consulta con miles de aportes inventados, para medir el sitio."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--aportes", type=int, default=100_000, help="cuántos (100000)")

    def handle(self, *args: Any, aportes: int, **opciones: Any) -> None:
        if aportes < 1:
            raise CommandError("Pida al menos un aporte: --aportes 1000")
        hechos = grande.cargar(aportes=aportes, decir=self.decir)
        self.stdout.write(
            self.style.SUCCESS(f"{hechos} aportes en /consultas/prueba-de-carga/propuestas/")
        )

    def decir(self, texto: str) -> None:
        self.stdout.write(texto)
        self.stdout.flush()
