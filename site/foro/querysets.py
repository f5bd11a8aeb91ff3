"""The vocabulary of mandates. A day is one of the calendar of Santiago."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    pass


class MandatoQuerySet(models.QuerySet["Mandato"]):
    def vigentes(self, dia: date) -> "MandatoQuerySet":
        """In force on `dia`: both ends are inside."""
        return self.filter(Q(hasta=None) | Q(hasta__gte=dia), desde__lte=dia)
