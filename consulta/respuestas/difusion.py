"""Telling what was published: to each author, and to the archive. In pieces, by the worker."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comun import buscador
from comun.avisos import avisar_a
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Cobertura, RespuestaVersion

JUNTAS = 50
"""Versions of one task: it ends long before it is taken for dead, and may run again."""


def difundir(versiones: list[int]) -> None:
    """Enqueue the telling of published versions, in the caller's transaction."""
    for i in range(0, len(versiones), JUNTAS):
        difundir_publicadas.enqueue(versiones[i : i + JUNTAS])


@task()
def difundir_publicadas(versiones: list[int]) -> None:
    """Tell and project some versions. Idempotent: nobody is told of a version twice."""
    for version in RespuestaVersion.objects.publicadas().filter(pk__in=versiones).order_by("pk"):
        with transaction.atomic():
            difundir_ahora(version)


def difundir_ahora(version: RespuestaVersion) -> None:
    """In the caller's transaction: the authors of what still stands are told, the archive projected."""
    aportes = Cobertura.objects.filter(
        version=version, punto=None, aporte__situacion=Situacion.VIGENTE
    ).values_list("aporte_id", flat=True)
    ids = list(aportes.order_by("aporte_id"))
    avisar_a(
        destinos=[f"aporte:{pk}" for pk in ids],
        razon="respuesta",
        objeto=version.respuesta,
        version=version.n,
        ahora=version.publicada_en or timezone.now(),
    )
    buscador.proyectar([version])
    buscador.proyectar_ids(Aporte, ids)
