"""What is owed moves with the closing it is counted from."""

from datetime import datetime

from comun.auditoria import registrar
from consulta.aportes.models import Aporte
from consulta.procesos.enums import PlazoDesde
from consulta.procesos.models import Consulta, Prorroga


def mover_vencimientos(*, prorroga: Prorroga, ahora: datetime) -> None:
    """Registered with `al_prorrogar`: where answers are counted from the closing, those still owed fall
    due from the new one. A day that was promised later stays, and so does one counted otherwise.

    Two queries per consultation of the stage that counts so.
    """
    consultas = Consulta.objects.filter(
        etapa=prorroga.etapa_id, plazo_desde=PlazoDesde.CIERRE, plazo_habiles__isnull=False
    )
    for consulta in consultas.order_by("pk"):
        consulta.etapa = prorroga.etapa
        dia = consulta.responde_hasta
        filas = Aporte.objects.filter(
            consulta=consulta, exige_respuesta=True, respondido_en=None, vence_el__lt=dia
        )
        movidos = filas.update(vence_el=dia)
        if movidos:
            registrar(
                verbo="mover_vencimientos",
                objeto=consulta,
                por=prorroga.por,
                ahora=ahora,
                despues={"vence_el": str(dia), "aportes": movidos},
            )
