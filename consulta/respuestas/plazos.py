"""What falls due for each official: the numbers of their daily warning.

«Pronto» is within five business days, «ya» within two; the day itself counts as in time.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, vencido_q
from consulta.procesos.habiles import sumar_habiles
from cuentas.models import Suplencia, User
from cuentas.roles import Rol
from cuentas.suplencias import vigente_q

PRONTO, YA = 5, 2
"""Business days before a due day from which it is told, and from which it presses."""


@dataclass(frozen=True)
class Cuenta:
    """How many of some rows are overdue, fall due in `YA` business days, and in `PRONTO`; disjoint."""

    vencidos: int = 0
    ya: int = 0
    pronto: int = 0

    @property
    def todos(self) -> int:
        return self.vencidos + self.ya + self.pronto


@dataclass
class Encargo:
    """What one official is told: what is theirs, what their institution has that is nobody's in
    particular, and what they have in the place of others."""

    propios: Cuenta = field(default_factory=Cuenta)
    de_la_casa: Cuenta = field(default_factory=Cuenta)
    en_suplencia: dict[int, Cuenta] = field(default_factory=dict)

    @property
    def todos(self) -> int:
        otros = sum(cuenta.todos for cuenta in self.en_suplencia.values())
        return self.propios.todos + self.de_la_casa.todos + otros


def sumas(hoy: date) -> dict[str, Count]:
    """The three numbers, as aggregates."""
    ya, pronto = sumar_habiles(hoy, YA), sumar_habiles(hoy, PRONTO)
    return {
        "vencidos": Count("pk", filter=vencido_q(hoy)),
        "ya": Count("pk", filter=Q(vence_el__gte=hoy, vence_el__lte=ya)),
        "pronto": Count("pk", filter=Q(vence_el__gt=ya, vence_el__lte=pronto)),
    }


def apremian_q(hoy: date) -> Q:
    """Pending rows that a warning speaks of: overdue, or due within `PRONTO` business days."""
    return PENDIENTE & Q(vence_el__lte=sumar_habiles(hoy, PRONTO))


def encargos(hoy: date, de: Collection[int] | None = None) -> dict[int, Encargo]:
    """What each official (or only the accounts `de`) would be told on `hoy`; those with nothing are
    left out. Four queries, whatever the number of rows and officials.
    """
    filas = Aporte.objects.filter(apremian_q(hoy)).order_by()
    oficiales = User.objects.filter(is_active=True, groups__name=Rol.OFICIAL)
    suplencias = Suplencia.objects.filter(
        vigente_q(hoy), titular__is_active=True, suplente__is_active=True
    )
    if de is not None:
        oficiales, suplencias = oficiales.filter(pk__in=de), suplencias.filter(suplente__in=de)
        filas = filas.filter(
            Q(responsable__in=de)
            | Q(responsable__in=suplencias.values("titular"))
            | Q(responsable=None, institucion__in=oficiales.values("institucion"))
        )
    de_quien = _por("responsable", filas.filter(responsable__isnull=False), hoy)
    de_casa = _por("institucion", filas.filter(responsable=None, institucion__isnull=False), hoy)
    hechos: dict[int, Encargo] = {}
    for pk, institucion in oficiales.values_list("pk", "institucion_id"):
        hechos[pk] = Encargo(
            de_quien.get(pk, Cuenta()),
            de_casa.get(institucion, Cuenta()) if institucion else Cuenta(),
        )
    for titular, suplente in suplencias.values_list("titular_id", "suplente_id"):
        encargo = hechos.setdefault(suplente, Encargo())
        if titular in de_quien:
            encargo.en_suplencia[titular] = de_quien[titular]
    return {pk: encargo for pk, encargo in hechos.items() if encargo.todos}


def _por(campo: str, filas: QuerySet[Aporte], hoy: date) -> dict[int, Cuenta]:
    """The three numbers of `filas`, by the id in `campo`; one query."""
    columnas = (campo, "vencidos", "ya", "pronto")
    grupos = filas.values(campo).annotate(**sumas(hoy)).values_list(*columnas)
    return {pk: Cuenta(*numeros) for pk, *numeros in grupos}
