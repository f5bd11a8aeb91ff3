"""A spreadsheet is worked on at once when it is small, else by the worker: its page says how far it is."""

from django.db import transaction

from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EstadoDeFila
from consulta.respuestas.flows.planillas import (
    aplicar_pieza,
    confirmar_planilla,
    leer_planilla,
    recibir_planilla,
)
from consulta.respuestas.models import Planilla
from consulta.respuestas.tasks import aplicar_en_segundo_plano, leer_en_segundo_plano
from cuentas.models import Institucion, User

DE_INMEDIATO = 60_000
"""Bytes of a file that is read while one waits: some hundred rows."""
FILAS_DE_INMEDIATO = 100


def recibir_y_leer(
    *, contenido: bytes, nombre: str, consulta: Consulta, institucion: Institucion, por: User
) -> Planilla:
    """Keep a file and read it, or let the worker: the task is enqueued with the file or not at all.
    Raises what `recibir_planilla` raises."""
    despues = len(contenido) > DE_INMEDIATO
    with transaction.atomic():
        planilla = recibir_planilla(
            contenido=contenido, nombre=nombre, consulta=consulta, institucion=institucion, por=por
        )
        if despues:
            leer_en_segundo_plano.enqueue(planilla.pk, por.pk)
    return planilla if despues else leer_planilla(planilla=planilla, por=por)


def confirmar_y_aplicar(*, planilla: Planilla, por: User) -> Planilla:
    """Make drafts of its accepted rows, or let the worker. Raises what `confirmar_planilla` raises."""
    aceptadas = planilla.filas.filter(estado=EstadoDeFila.ACEPTADA).count()
    with transaction.atomic():
        planilla = confirmar_planilla(planilla=planilla, por=por)
        if aceptadas > FILAS_DE_INMEDIATO:
            aplicar_en_segundo_plano.enqueue(planilla.pk, por.pk)
    if aceptadas <= FILAS_DE_INMEDIATO:
        while aplicar_pieza(planilla=planilla, por=por):
            pass
    return planilla
