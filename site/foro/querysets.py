"""The vocabulary of mandates. A day is one of the calendar of Santiago."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q


class MandatoQuerySet(models.QuerySet["Mandato"]):
    def vigentes(self, dia: date) -> "MandatoQuerySet":
        """In force on `dia`: both ends are inside."""
        return self.filter(Q(hasta=None) | Q(hasta__gte=dia), desde__lte=dia)

    def de_sectores(self, sectores: Iterable[str]) -> "MandatoQuerySet":
        return self.filter(sector__in=list(sectores))

    def que_se_cruzan(self, desde: date, hasta: date | None) -> "MandatoQuerySet":
        """In force on some day from `desde` to `hasta` (None: for ever)."""
        filas = self.filter(Q(hasta=None) | Q(hasta__gte=desde))
        return filas if hasta is None else filas.filter(desde__lte=hasta)
