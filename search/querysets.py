"""The vocabulary of the archive."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

POR_ENVIAR = ~Q(version=F("indexada"))


class FichaQuerySet(models.QuerySet["Ficha"]):
    def publicas(self) -> "FichaQuerySet":
        """Those any visitor may find."""
        return self.filter(publica=True)

    def por_enviar(self) -> "FichaQuerySet":
        """Those that changed since the engine last confirmed them."""
        return self.filter(POR_ENVIAR)

    def listas_para_enviar(self, ahora: datetime) -> "FichaQuerySet":
        """Of those to send, the ones not waiting for another try; what must disappear goes first."""
        return self.por_enviar().filter(reintentar_en__lte=ahora).order_by("publica", "pk")

    def retiradas_por_enviar(self) -> "FichaQuerySet":
        """What is hidden already and the engine does not know yet."""
        return self.por_enviar().filter(publica=False)
