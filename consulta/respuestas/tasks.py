"""What the worker and the clock do for batches: seal many drafts, publish at the appointed time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from comun.errores import Conflicto, ErrorDeDominio
from comun.reloj import Oficio, registrar
from comun.tareas import ESPERADA
from consulta.respuestas.avance import se_detuvo_el_sellado
from consulta.respuestas.flows.lotes import sellar_lote
from consulta.respuestas.flows.planillas import aplicar_pieza, leer_planilla
from consulta.respuestas.flows.programados import publicar_programado
from consulta.respuestas.models import Borrador, Lote, Planilla, Presencia
from cuentas.models import User

PIEZA = 200
"""Drafts sealed by one task: some seconds of work. The next piece is another task."""
A_LA_VISTA = 100
"""Drafts that could not be sealed of which the batch keeps the reason."""
OLVIDO = timedelta(hours=1)


@transaction.atomic
def sellar_en_segundo_plano(lote: Lote, por: User) -> None:
    """Enqueue the sealing of a batch; its page shows how far it is. Raises Conflicto: it goes on already."""
    actual = Lote.objects.select_for_update().get(pk=lote.pk)
    if actual.sellando_desde is not None and not se_detuvo_el_sellado(actual, timezone.now()):
        raise Conflicto(_("Este lote ya se está sellando."))
    Lote.objects.filter(pk=lote.pk).update(sellando_desde=timezone.now(), detenidos=[])
    sellar_pieza.enqueue(lote.pk, por.pk, 0)


@task(priority=ESPERADA)
def sellar_pieza(lote_id: int, por_id: int, desde: int) -> None:
    """Seal the drafts after id `desde`, a piece at a time. Idempotent: what was sealed is no draft."""
    lote, por = Lote.objects.get(pk=lote_id), User.objects.filter(pk=por_id).first()
    suyos = Borrador.objects.filter(lote=lote, pk__gt=desde).order_by("pk")
    pieza = list(suyos.values_list("pk", flat=True)[:PIEZA])
    if por is None or not pieza:
        Lote.objects.filter(pk=lote_id).update(sellando_desde=None)
        return
    try:
        hecho = sellar_lote(lote=lote, por=por, borradores=pieza)
    except ErrorDeDominio as error:
        # Published meanwhile, or the person may not any more: what is left stays drafts.
        Lote.objects.filter(pk=lote_id).update(
            sellando_desde=None, detenidos=[[pk, error.mensaje] for pk in pieza[:A_LA_VISTA]]
        )
        return
    dichos = dict(lote.detenidos) | {d.borrador.pk: d.motivo for d in hecho.detenidos}
    with transaction.atomic():
        Lote.objects.filter(pk=lote_id).update(detenidos=list(dichos.items())[:A_LA_VISTA])
        sellar_pieza.enqueue(lote_id, por_id, pieza[-1])


@task(priority=ESPERADA)
def leer_en_segundo_plano(planilla_id: int, por_id: int) -> None:
    """Read and judge a file. Idempotent: it begins again from the file."""
    planilla = _planilla(planilla_id)
    if (por := User.objects.filter(pk=por_id).first()) is not None:
        leer_planilla(planilla=planilla, por=por)


@task(priority=ESPERADA)
def aplicar_en_segundo_plano(planilla_id: int, por_id: int) -> None:
    """Make drafts of a piece of its rows; the next piece is another task. Idempotent."""
    planilla = _planilla(planilla_id)
    por = User.objects.filter(pk=por_id).first()
    if por is not None and aplicar_pieza(planilla=planilla, por=por):
        aplicar_en_segundo_plano.enqueue(planilla_id, por_id)


def _planilla(pk: int) -> Planilla:
    return Planilla.objects.select_related("consulta", "institucion", "lote").get(pk=pk)


def publicar_a_su_hora(ahora: datetime) -> None:
    """The clock publishes the batches whose moment came, in the name of whoever set it."""
    vencidos = Lote.objects.filter(publicar_en__lte=ahora, publicado_en=None)
    quienes = ("programado_por", "creado_por", "institucion")
    for lote in vencidos.select_related(*quienes).order_by("publicar_en"):
        publicar_programado(lote=lote, ahora=ahora)


def olvidar_presencias(ahora: datetime) -> None:
    """Who had a text open an hour ago is nobody's business."""
    Presencia.objects.filter(en__lt=ahora - OLVIDO).delete()


def registrar_oficios_de_lotes() -> None:
    """Called once at start-up."""
    registrar(Oficio("publicar lotes de respuestas", 15, publicar_a_su_hora))
    registrar(Oficio("olvidar quién tenía abierto qué", 3_600, olvidar_presencias))
