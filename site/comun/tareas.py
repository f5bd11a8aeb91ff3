"""What the database queue lacks: bounded retries with backoff, and a reaper for what a dead worker held.

A task's body must be idempotent: it may run again after a failure or a crash. The number of tries is
what the queue already keeps, the list of workers that claimed the task.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

INTENTOS = 350
"""With the waits below, two weeks: a mail server that is down over a long weekend loses nothing."""
PRIMERA_ESPERA = timedelta(seconds=15)
ESPERA_MAXIMA = timedelta(hours=1)
ESPERADA = 10
"""Priority of a task somebody waits for before they can go on: it passes the thousands that nobody does."""
VIDA_MAXIMA = timedelta(minutes=15)
"""A task that runs longer is taken for dead: ours are short, longer work is cut in pieces."""
JUNTAS = 500
"""Tasks made ready again in one transaction."""


def espera(intentos: int) -> timedelta:
    """How long to wait after `intentos` failed tries: 15 s, 30 s, 1 min … at most one hour."""
    return min(PRIMERA_ESPERA * 2 ** min(intentos - 1, 20), ESPERA_MAXIMA)


def recoger(*, ahora: datetime) -> int:
    """Make failed and abandoned tasks ready again; returns how many. Safe to call at any time."""
    caidas = Q(status=TaskResultStatus.RUNNING, started_at__lt=ahora - VIDA_MAXIMA)
    caidas |= Q(status=TaskResultStatus.FAILED)
    # Those that were given up stay where they are, and must not fill the batch.
    filas = DBTaskResult.objects.filter(caidas, **{f"worker_ids__{INTENTOS - 1}__isnull": True})
    with transaction.atomic():
        tareas = list(filas.select_for_update(skip_locked=True).order_by()[:JUNTAS])
        for tarea in tareas:
            tarea.run_after = (tarea.finished_at or ahora) + espera(max(len(tarea.worker_ids), 1))
            tarea.status = TaskResultStatus.READY
            tarea.started_at = tarea.finished_at = None
            tarea.exception_class_path = tarea.traceback = ""
            tarea.save()
    return len(tareas)


def absorber(tarea: Task[..., Any], *, cuantas: int) -> Iterable[list[Any]]:
    """The arguments of up to `cuantas` calls of `tarea` that wait, the oldest first. They are done: who
    asks does their work in this transaction, and if that is undone they wait again. Two queries.

    For tasks of which one run can serve many; call it in the run of one, inside `atomic`.
    """
    filas = (
        DBTaskResult.objects.ready()
        .filter(task_path=tarea.module_path)
        .select_for_update(skip_locked=True)
        .only("pk", "args_kwargs")
    )
    juntas = list(filas[:cuantas])
    ahora = timezone.now()
    DBTaskResult.objects.filter(pk__in=[t.pk for t in juntas]).update(
        status=TaskResultStatus.SUCCESSFUL,
        started_at=ahora,
        finished_at=ahora,
        return_value="con otra",
    )
    return [t.args_kwargs["args"] for t in juntas]
