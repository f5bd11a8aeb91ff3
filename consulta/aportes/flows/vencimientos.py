"""What is owed moves with the closing it is counted from."""

from datetime import datetime, timedelta

from django.db import transaction

from comun.auditoria import registrar
from consulta.aportes.models import Aporte
from consulta.procesos.enums import PlazoDesde
from consulta.procesos.models import Consulta, Etapa, Prorroga
from cuentas.models import User

REPASO = timedelta(hours=1)
"""For so long after an extension, what was being written while it was decided is looked for."""


def mover_vencimientos(*, prorroga: Prorroga, ahora: datetime) -> None:
    """Registered with `al_prorrogar`: where answers are counted from the closing, those still owed fall
    due from the new one. A day that was promised later stays, and so does one counted otherwise.

    Two queries per consultation of the stage that counts so.
    """
    _mover(prorroga.etapa, prorroga.por, ahora)


@transaction.atomic
def emparejar_vencimientos(ahora: datetime) -> None:
    """The clock's: what was sent in the very moment an extension was decided, and read the closing
    before it, falls due from the new one as well. Safe to repeat; one query where nothing was extended.

    Sending asks for no lock on the stage: thousands send, and one extends.
    """
    recientes = Prorroga.objects.filter(en__gt=ahora - REPASO, en__lte=ahora)
    for etapa in Etapa.objects.filter(pk__in=recientes.values("etapa")).order_by("pk"):
        _mover(etapa, None, ahora)


def _mover(etapa: Etapa, por: User | None, ahora: datetime) -> None:
    consultas = Consulta.objects.filter(
        etapa=etapa, plazo_desde=PlazoDesde.CIERRE, plazo_habiles__isnull=False
    )
    for consulta in consultas.order_by("pk"):
        consulta.etapa = etapa
        dia = consulta.responde_hasta
        filas = Aporte.objects.filter(
            consulta=consulta, exige_respuesta=True, respondido_en=None, vence_el__lt=dia
        )
        movidos = filas.update(vence_el=dia)
        if movidos:
            registrar(
                verbo="mover_vencimientos",
                objeto=consulta,
                por=por,
                ahora=ahora,
                despues={"vence_el": str(dia), "aportes": movidos},
            )
