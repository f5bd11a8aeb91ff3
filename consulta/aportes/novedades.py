"""Telling those who follow a thread that something was said, without filling anybody's mailbox.

Posting only enqueues one task. A follower has at most one notice per thread until they come back to
read it: the notice's version is the number of their visits, so twenty thousand comments make one.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, Sum
from django.utils import timezone
from django_tasks import task

from comun.avisos import avisar, avisar_a
from comun.fechas import dia_de
from consulta.aportes.models import Aporte, Seguimiento, Visita
from consulta.procesos.models import Asunto

SEGUIMIENTO = "seguimiento"
REPLICA = "replica"


def anunciar(aporte: Aporte) -> None:
    """Call it when a contribution is confirmed, in that transaction."""
    avisar_novedad.enqueue(aporte.pk)


def anunciar_varios(aportes: Sequence[Aporte]) -> None:
    """As `anunciar`, with one task for them all."""
    if len(aportes) == 1:
        anunciar(aportes[0])
    else:
        avisar_novedades.enqueue([a.pk for a in aportes])


@task()
def avisar_novedades(ids: list[int]) -> int:
    """Give notice of several; returns how many people. Safe to repeat."""
    return sum(avisar_novedad.func(pk) for pk in ids)


@task()
def avisar_novedad(aporte_id: int) -> int:
    """Give notice of one contribution; returns how many people. Safe to repeat, never to its author."""
    aporte = (
        Aporte.objects.confirmados()
        .vigentes()
        .select_related("consulta", "padre__autoria", "autoria")
        .filter(pk=aporte_id)
        .first()
    )
    if aporte is None:
        return 0
    ahora = timezone.now()
    autor = getattr(getattr(aporte, "autoria", None), "cuenta_id", None)
    padre = _a_quien_se_responde(aporte, autor, ahora)
    avisados = len(padre)
    for (seguido, version), cuentas in _seguidores(aporte, {autor, *padre}).items():
        avisar_a(
            destinos=[f"cuenta:{pk}" for pk in cuentas],
            razon=SEGUIMIENTO,
            objeto=seguido,
            version=version,
            ahora=ahora,
        )
        avisados += len(cuentas)
    return avisados


def _a_quien_se_responde(aporte: Aporte, autor: int | None, ahora: datetime) -> set[int | None]:
    """The author of what it answers: with an account once per visit, as a guest once a day."""
    padre = aporte.padre
    autoria = getattr(padre, "autoria", None)
    if padre is None or autoria is None or (autor and autoria.cuenta_id == autor):
        return set()
    if autoria.cuenta_id is None:
        version = dia_de(ahora).toordinal()
    else:
        version = 1 + (
            Visita.objects.filter(cuenta=autoria.cuenta_id, asunto=aporte.asunto_id)
            .filter(Q(raiz=None) | Q(raiz=aporte.raiz_id))
            .aggregate(n=Sum("veces"))["n"]
            or 0
        )
    avisar(destino=f"aporte:{padre.pk}", razon=REPLICA, objeto=padre, version=version, ahora=ahora)
    return {autoria.cuenta_id}


def _seguidores(
    aporte: Aporte, sin: set[int | None]
) -> dict[tuple[Aporte | Asunto, int], list[int]]:
    """Who follows its thread, its fragment or the whole consultation, once each: their accounts by what
    they follow and by the notice that is due, the one after their last visit. Two queries."""
    filas = (
        Seguimiento.objects.filter(
            Q(raiz=aporte.raiz_id or aporte.pk)
            | Q(raiz=None, asunto=aporte.asunto_id)
            | Q(raiz=None, asunto__consulta=aporte.consulta_id, asunto__fragmento=None)
        )
        .exclude(cuenta__in=[pk for pk in sin if pk])
        .select_related(
            "raiz__consulta", "asunto__consulta", "asunto__fragmento__version__consulta"
        )
        .order_by("cuenta", "raiz", "pk")
    )
    visitas = {
        (v.cuenta_id, v.asunto_id, v.raiz_id): v.veces
        for v in Visita.objects.filter(
            asunto__consulta=aporte.consulta_id, cuenta__in=filas.order_by().values("cuenta")
        )
    }
    vistos: set[int] = set()
    grupos: dict[tuple[Aporte | Asunto, int], list[int]] = defaultdict(list)
    for fila in filas:
        if fila.cuenta_id not in vistos:
            vistos.add(fila.cuenta_id)
            veces = visitas.get((fila.cuenta_id, fila.asunto_id, fila.raiz_id), 0)
            grupos[fila.raiz or fila.asunto, veces + 1].append(fila.cuenta_id)
    return grupos
