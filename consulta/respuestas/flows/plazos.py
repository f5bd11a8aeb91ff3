"""The daily warning of what falls due: one mail for each official, on business days, once."""

from datetime import datetime, time

from django.contrib.auth.models import Group
from django.db import transaction

from comun.avisos import avisar_a
from comun.fechas import SANTIAGO, dia_de
from comun.registro import Aviso
from consulta.procesos.habiles import es_habil
from consulta.respuestas.plazos import encargos
from cuentas.roles import Rol

RAZON = "plazos"
DESDE_LAS = time(8)
"""Hour of Santiago from which it is sent."""


@transaction.atomic
def avisar_plazos(ahora: datetime) -> int:
    """Tell each official who has something overdue or due soon; returns how many were told now.

    Safe to repeat: a day and a person make one notice. Nothing on days without offices.
    """
    hoy = dia_de(ahora)
    if ahora.astimezone(SANTIAGO).time() < DESDE_LAS or not es_habil(hoy):
        return 0
    version = hoy.toordinal()
    dichos = Aviso.objects.filter(razon=RAZON, version=version)
    avisados = set(dichos.values_list("cuenta", flat=True))
    faltan = [pk for pk in encargos(hoy) if pk not in avisados]
    if faltan:
        # The object of the notice is who officials are: one row for all, and a version for each day.
        avisar_a(
            destinos=[f"cuenta:{pk}" for pk in sorted(faltan)],
            razon=RAZON,
            objeto=Group.objects.get_or_create(name=Rol.OFICIAL)[0],
            version=version,
            ahora=ahora,
        )
    return len(faltan)
