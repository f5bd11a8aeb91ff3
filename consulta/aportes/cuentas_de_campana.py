"""How many persons stand behind a shared text. Kept on its row, so that no page counts 20,000 members."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from consulta.aportes.enums import ClaseGrupo, Situacion
from consulta.aportes.models import Grupo, Pertenece

SIN_CUENTA = Q(aporte__autoria__cuenta=None)
SUMAS = {
    "envios": Count("pk"),
    "propios": Count("pk", filter=Q(con_aporte_propio=True)),
    "cuentas": Count("aporte__autoria__cuenta", distinct=True),
    "correos": Count(
        "aporte__autoria__correo",
        distinct=True,
        filter=SIN_CUENTA & ~Q(aporte__autoria__correo=""),
    ),
    "nadie": Count(
        "pk", filter=Q(aporte__autoria=None) | (SIN_CUENTA & Q(aporte__autoria__correo=""))
    ),
}
"""A person is an account, or a mailbox; who was erased counts once for each sending."""


def contar_campanas(ids: Iterable[int] | None = None) -> int:
    """Count anew these groups, or all that changed; returns how many. Idempotent; three queries."""
    grupos = Grupo.objects.filter(clase=ClaseGrupo.CAMPANA)
    grupos = grupos.filter(por_contar=True) if ids is None else grupos.filter(pk__in=list(ids))
    filas = list(grupos)
    if not filas:
        return 0
    # Marked before counting: what changes meanwhile marks it again.
    Grupo.objects.filter(pk__in=[g.pk for g in filas]).update(por_contar=False)
    filas_de_suma: QuerySet[Any, Any] = (
        Pertenece.objects.filter(
            grupo__in=filas, fuera_en=None, aporte__situacion=Situacion.VIGENTE
        )
        .order_by()
        .values("grupo")
        .annotate(**SUMAS)
    )
    sumas = {fila["grupo"]: fila for fila in filas_de_suma}
    for grupo in filas:
        suma = sumas.get(grupo.pk, dict.fromkeys(SUMAS, 0))
        grupo.envios, grupo.propios = suma["envios"], suma["propios"]
        grupo.personas = suma["cuentas"] + suma["correos"] + suma["nadie"]
    Grupo.objects.bulk_update(filas, ["envios", "personas", "propios"])
    return len(filas)


def volver_a_contar(aporte_id: int) -> None:
    """Its campaign, where it stands in one, is counted anew by the clock. One query."""
    Grupo.objects.filter(
        clase=ClaseGrupo.CAMPANA, por_contar=False, miembros__aporte=aporte_id
    ).update(por_contar=True)
