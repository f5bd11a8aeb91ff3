"""What the worker and the clock do for batches: seal many drafts, publish at the appointed time."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from comun.errores import ErrorDeDominio
from comun.reloj import Oficio, registrar
from consulta.respuestas.flows.lotes import publicar_lote, sellar_lote, suspender_lote
from consulta.respuestas.flows.planillas import aplicar_pieza, leer_planilla
from consulta.respuestas.models import Borrador, Lote, Planilla, Presencia
from cuentas.models import User

PIEZA = 200
"""Drafts sealed by one task: some seconds of work. The next piece is another task."""
OLVIDO = timedelta(hours=1)


def sellar_en_segundo_plano(lote: Lote, por: User) -> None:
    """Enqueue the sealing of a batch, in the caller's transaction; its page shows how far it is."""
    Lote.objects.filter(pk=lote.pk).update(sellando_desde=timezone.now())
    sellar_pieza.enqueue(lote.pk, por.pk, 0)


@task()
def sellar_pieza(lote_id: int, por_id: int, desde: int) -> None:
    """Seal the drafts after id `desde`, a piece at a time. Idempotent: what was sealed is no draft."""
    lote, por = Lote.objects.get(pk=lote_id), User.objects.filter(pk=por_id).first()
    pieza = list(
        Borrador.objects.filter(lote=lote, pk__gt=desde)
        .order_by("pk")
        .values_list("pk", flat=True)[:PIEZA]
    )
    if por is None or not pieza:
        Lote.objects.filter(pk=lote_id).update(sellando_desde=None)
        return
    try:
        sellar_lote(lote=lote, por=por, borradores=pieza)
    except ErrorDeDominio:
        # Published meanwhile, or the person may not any more: what is left stays drafts.
        Lote.objects.filter(pk=lote_id).update(sellando_desde=None)
        return
    sellar_pieza.enqueue(lote_id, por_id, pieza[-1])


@task()
def leer_en_segundo_plano(planilla_id: int, por_id: int) -> None:
    """Read and judge a file. Idempotent: it begins again from the file."""
    planilla = Planilla.objects.select_related("consulta", "institucion").get(pk=planilla_id)
    leer_planilla(planilla=planilla, por=User.objects.get(pk=por_id))


@task()
def aplicar_en_segundo_plano(planilla_id: int, por_id: int) -> None:
    """Make drafts of a piece of its rows; the next piece is another task. Idempotent."""
    planilla = Planilla.objects.select_related("consulta", "institucion", "lote").get(
        pk=planilla_id
    )
    if aplicar_pieza(planilla=planilla, por=User.objects.get(pk=por_id)):
        aplicar_en_segundo_plano.enqueue(planilla_id, por_id)


def publicar_a_su_hora(ahora: datetime) -> None:
    """The clock publishes the batches whose moment came, in the name of whoever set it."""
    vencidos = Lote.objects.filter(publicar_en__lte=ahora, publicado_en=None)
    for lote in vencidos.select_related("programado_por", "institucion").order_by("publicar_en"):
        if lote.programado_por is None or not lote.programado_por.is_active:
            suspender_lote(lote=lote, motivo="La cuenta que lo programó ya no está.", ahora=ahora)
            continue
        try:
            publicar_lote(lote=lote, por=lote.programado_por, ahora=ahora)
        except ErrorDeDominio as error:
            suspender_lote(lote=lote, motivo=error.mensaje, ahora=ahora)


def olvidar_presencias(ahora: datetime) -> None:
    """Who had a text open an hour ago is nobody's business."""
    Presencia.objects.filter(en__lt=ahora - OLVIDO).delete()


def registrar_oficios_de_lotes() -> None:
    """Called once at start-up."""
    registrar(Oficio("publicar lotes de respuestas", 15, publicar_a_su_hora))
    registrar(Oficio("olvidar quién tenía abierto qué", 3_600, olvidar_presencias))
