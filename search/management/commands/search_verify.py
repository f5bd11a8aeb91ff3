"""`manage.py search_verify`: find and mend what differs; meant for every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import motor
from search.verificacion import verificar


class Command(BaseCommand):
    help = "Compara lo publicado con el archivo de búsqueda, corrige lo que difiera y lo dice."

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            hecho = verificar()
        except motor.NO_RESPONDE as error:
            raise CommandError(
                f"Las fichas están bien; Elasticsearch no responde: {error}"
            ) from error
        for fuente, corregidas in hecho.corregidas.items():
            self.stdout.write(f"{fuente}: {corregidas} corregidas")
        if hecho.sin_texto:
            self.stdout.write(f"El índice de la base se rehízo: {hecho.sin_texto} fichas")
        if hecho.motor_distinto:
            self.stdout.write("Elasticsearch no tenía lo mismo: se le enviará todo otra vez")
