"""What the worker does for contributions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from consulta.aportes.anclas import seguir_citas, tomar_turno
from consulta.procesos.models import VersionBorrador
from cuentas.models import User

EN_LINEA = 2_000
"""Quotes followed in the transaction that publishes, about a second of work; the worker does the rest."""


def seguir_al_publicar(*, version: VersionBorrador, por: User, ahora: datetime) -> None:
    """Registered with `al_publicar_version`: readers find their quotes in the new text at once."""
    tomar_turno(version.consulta)
    if seguir_citas(version=version, ahora=ahora, tope=EN_LINEA) == EN_LINEA:
        seguir_las_demas.enqueue(version.pk)


@task()
def seguir_las_demas(version_id: int) -> None:
    """Follow the quotes that are left, a batch at a time. Idempotent: what has a place keeps it."""
    version = VersionBorrador.objects.get(pk=version_id)
    quedan = True
    while quedan:
        with transaction.atomic():
            tomar_turno(version.consulta)
            hechas = seguir_citas(version=version, ahora=timezone.now(), tope=EN_LINEA)
        quedan = hechas == EN_LINEA
