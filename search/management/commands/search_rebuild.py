"""`manage.py search_rebuild`: the archive, made anew from what the rooms say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import motor
from search.sincronia import reconstruir
from search.verificacion import rehacer_texto, verificar


class Command(BaseCommand):
    help = "Rehace las fichas, el índice de la base y, si lo hay, el de Elasticsearch. Nada se detiene."

    def handle(self, *args: Any, **opciones: Any) -> None:
        self.stdout.write("Leyendo todo lo publicado …")
        corregidas = sum(verificar().corregidas.values())
        self.stdout.write(f"{corregidas} fichas corregidas.")
        self.stdout.write(f"{rehacer_texto()} fichas en el índice de la base de datos.")
        if not motor.configurado():
            return
        try:
            hechas = reconstruir(avisar=self.avisar)
        except motor.NO_RESPONDE as error:
            raise CommandError(
                f"Elasticsearch no responde; su índice quedó como estaba: {error}"
            ) from error
        self.stdout.write(f"{hechas} fichas en el índice de Elasticsearch, ya en uso.")

    def avisar(self, hechas: int, total: int) -> None:
        self.stdout.write(f"  {hechas} de {total}")
        self.stdout.flush()
