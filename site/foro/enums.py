"""Who sits in the forum."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """The side of the table a member speaks from."""

    GOBIERNO = "gobierno", _("Gobierno")
    SOCIEDAD_CIVIL = "sociedad_civil", _("Sociedad civil")
    ACADEMIA = "academia", _("Academia")
    OTROS_PODERES = "otros_poderes", _("Otros poderes del Estado")
