"""Telling members of the forum what waits for them: once a day and consultation at most, by the clock."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Q

from comun.auditoria import nombre_de
from comun.avisos import avisar_a
from comun.fechas import dia_de
from comun.registro import Aviso
from consulta.procesos.models import Consulta
from consulta.respuestas.models import RespuestaVersion
from consulta.respuestas.pendientes import Versiones, esperan_a
from cuentas.models import Suplencia, User
from cuentas.suplencias import vigente_q
from foro.asientos import asientos_de
from foro.models import Mandato

RAZON = "conformidades_pendientes"
CADA_DIAS = 5
"""Who was told and has not decided is told again after so many days."""
URGE_DIAS = 3
"""From so many days before the first of them falls due, every day."""


def esperando(cuenta: User, ahora: datetime) -> Versiones:
    """What waits for `cuenta` at `ahora`, from any of their seats."""
    return esperan_a(asientos_de(cuenta, dia_de(ahora)), cuenta)


def avisar_lo_que_espera(ahora: datetime) -> int:
    """Tell each member, and who stands in for one, of each consultation with something new for them,
    something that falls due, or something they were told of days ago. Returns how many were told."""
    if not RespuestaVersion.objects.presentadas().exists():
        return 0
    hoy = dia_de(ahora)
    vigentes = Mandato.objects.vigentes(hoy).values("cuenta")
    suplentes = Suplencia.objects.filter(vigente_q(hoy), titular__in=vigentes).values("suplente")
    dichos = 0
    for cuenta in User.objects.filter(Q(pk__in=vigentes) | Q(pk__in=suplentes), is_active=True):
        por_consulta: dict[Consulta, list[RespuestaVersion]] = defaultdict(list)
        for version in esperando(cuenta, ahora).select_related("respuesta__consulta"):
            por_consulta[version.respuesta.consulta].append(version)
        for consulta, versiones in por_consulta.items():
            if _toca(cuenta, consulta, versiones, ahora):
                avisar_a(
                    destinos=[f"cuenta:{cuenta.pk}"],
                    razon=RAZON,
                    objeto=consulta,
                    ahora=ahora,
                    version=hoy.toordinal(),
                )
                dichos += 1
    return dichos


def _toca(
    cuenta: User, consulta: Consulta, versiones: list[RespuestaVersion], ahora: datetime
) -> bool:
    previos = Aviso.objects.filter(
        destino=f"cuenta:{cuenta.pk}", razon=RAZON, objeto=nombre_de(consulta)
    )
    ultimo = previos.order_by("-creado_en").values_list("creado_en", flat=True).first()
    if ultimo is None:
        return True
    hoy, dicho = dia_de(ahora), dia_de(ultimo)
    if dicho == hoy:
        return False
    nuevas = any(v.sellada_en and v.sellada_en > ultimo for v in versiones)
    vencen = [v.vence for v in versiones if v.vence]  # type: ignore[attr-defined]
    urge = bool(vencen) and min(vencen) <= hoy + timedelta(days=URGE_DIAS)
    return nuevas or urge or (hoy - dicho).days >= CADA_DIAS
