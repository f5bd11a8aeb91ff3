"""What the worker does for contributions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comun.avisos import avisar_a
from consulta.aportes.citas.anclas import seguir_citas, tomar_turno
from consulta.aportes.participantes import destinos_de
from consulta.procesos.models import Consulta, Prorroga, VersionBorrador
from cuentas.models import User

EN_LINEA = 2_000
"""Quotes followed in the transaction that publishes, about a second of work; the worker does the rest."""


def seguir_al_publicar(*, version: VersionBorrador, por: User, ahora: datetime) -> None:
    """Registered with `al_publicar_version`: readers find their quotes in the new text at once."""
    tomar_turno(version.consulta)
    if seguir_citas(version=version, ahora=ahora, tope=EN_LINEA) == EN_LINEA:
        seguir_las_demas.enqueue(version.pk)


def avisar_al_publicar(*, version: VersionBorrador, por: User, ahora: datetime) -> None:
    """Registered with `al_publicar_version`: whoever took part is told that there is a new text."""
    if version.n > 1:
        avisar_nueva_version.enqueue(version.pk)


@task()
def avisar_nueva_version(version_id: int) -> None:
    """Tell everyone who took part. Idempotent: nobody is told of a version twice."""
    version = VersionBorrador.objects.select_related("consulta").get(pk=version_id)
    avisar_a(
        destinos=destinos_de(version.consulta),
        razon="version",
        objeto=version,
        ahora=timezone.now(),
    )


def avisar_al_prorrogar(*, prorroga: Prorroga, ahora: datetime) -> None:
    """Whoever took part is told that there is more time, and why."""
    avisar_prorroga.enqueue(prorroga.pk)


@task()
def avisar_prorroga(prorroga_id: int) -> None:
    """Tell everyone who took part in a consultation of the stage. Idempotent."""
    prorroga = Prorroga.objects.get(pk=prorroga_id)
    consultas = Consulta.objects.publicadas().filter(etapa=prorroga.etapa_id)
    avisar_a(
        destinos={d for consulta in consultas for d in destinos_de(consulta)},
        razon="prorroga",
        objeto=prorroga,
        ahora=timezone.now(),
    )


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
