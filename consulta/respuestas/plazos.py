"""What falls due for each official: the numbers of their daily warning.

Each consultation says how many business days before a due day it warns, and its earliest number is
when a row begins to be told of; the day itself counts as in time.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, vencido_q
from consulta.procesos.avisos_de_plazo import HABITUALES
from consulta.procesos.habiles import UN_DIA, sumar_habiles
from consulta.procesos.models import Consulta
from cuentas.models import Suplencia, User
from cuentas.roles import Rol
from cuentas.suplencias import vigente_q

DE_NADIE = Q(responsable=None) | Q(responsable__is_active=False)
"""Rows without a person who could answer them."""

Tramos = Sequence[tuple[int, Q]]
"""Business days of a warning, with the rows it speaks of; disjoint, the most pressing first."""


@dataclass(frozen=True)
class Cuenta:
    """How many of some rows are overdue, and how many fall due within each number of business days:
    `por_vencer` has (days, rows), the most pressing first and each row once."""

    vencidos: int = 0
    por_vencer: tuple[tuple[int, int], ...] = ()

    @property
    def todos(self) -> int:
        return self.vencidos + sum(n for _dias, n in self.por_vencer)


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


def tramos(hoy: date) -> Tramos:
    """What the warnings of all consultations speak of on `hoy`; one query."""
    quienes: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for pk, dias in Consulta.objects.order_by("pk").values_list("pk", "avisos_de_plazo"):
        quienes[tuple(sorted(dias))].append(pk)
    de_cada_uno: dict[int, Q] = {}
    for marcas, consultas in quienes.items():
        desde = hoy
        for n in marcas:
            hasta = sumar_habiles(hoy, n)
            filas = Q(consulta__in=consultas, vence_el__gte=desde, vence_el__lte=hasta)
            de_cada_uno[n] = de_cada_uno.get(n, Q()) | filas
            desde = hasta + UN_DIA
    return sorted(de_cada_uno.items(), key=lambda tramo: tramo[0])


def primer_aviso() -> int:
    """The earliest warning of any consultation, in business days; one query."""
    todos = Consulta.objects.order_by().values_list("avisos_de_plazo", flat=True)
    return max((n for dias in todos for n in dias), default=HABITUALES[0])


def apremian_q(hoy: date, de_cada: Tramos) -> Q:
    """Pending rows that a warning speaks of: overdue, or due within the days of its consultation."""
    apremia = Q(vence_el__lt=hoy)
    for _dias, filas in de_cada:
        apremia |= filas
    return PENDIENTE & apremia


def encargos(hoy: date, de: Collection[int] | None = None) -> dict[int, Encargo]:
    """What each official, and whoever else has a row in their name (or only the accounts `de`), would be
    told on `hoy`; those with nothing are left out. What is in the name of an account that was closed is
    nobody's in particular. Five queries, whatever the number of rows and officials.
    """
    de_cada = tramos(hoy)
    filas = Aporte.objects.filter(apremian_q(hoy, de_cada)).order_by()
    es_oficial = Exists(Group.objects.filter(user=OuterRef("pk"), name=Rol.OFICIAL))
    tiene = Exists(Aporte.objects.filter(PENDIENTE, responsable=OuterRef("pk")))
    quienes = User.objects.filter(es_oficial | tiene, is_active=True).annotate(oficial=es_oficial)
    suplencias = Suplencia.objects.filter(
        vigente_q(hoy), titular__is_active=True, suplente__is_active=True
    )
    if de is not None:
        quienes, suplencias = quienes.filter(pk__in=de), suplencias.filter(suplente__in=de)
        filas = filas.filter(
            Q(responsable__in=de)
            | Q(responsable__in=suplencias.values("titular"))
            | Q(DE_NADIE, institucion__in=quienes.values("institucion"))
        )
    de_quien = _por("responsable", filas.filter(responsable__is_active=True), hoy, de_cada)
    sin_persona = filas.filter(DE_NADIE, institucion__isnull=False)
    de_casa = _por("institucion", sin_persona, hoy, de_cada)
    hechos: dict[int, Encargo] = {}
    for pk, institucion, oficial in quienes.values_list("pk", "institucion_id", "oficial"):
        hechos[pk] = Encargo(
            de_quien.get(pk, Cuenta()),
            de_casa.get(institucion, Cuenta()) if institucion and oficial else Cuenta(),
        )
    for titular, suplente in suplencias.values_list("titular_id", "suplente_id"):
        encargo = hechos.setdefault(suplente, Encargo())
        if titular in de_quien:
            encargo.en_suplencia[titular] = de_quien[titular]
    return {pk: encargo for pk, encargo in hechos.items() if encargo.todos}


def _por(campo: str, filas: QuerySet[Aporte], hoy: date, de_cada: Tramos) -> dict[int, Cuenta]:
    """The numbers of `filas`, by the id in `campo`; one query."""
    sumas = {f"en_{dias}": Count("pk", filter=q) for dias, q in de_cada}
    grupos = filas.values(campo).annotate(vencidos=Count("pk", filter=vencido_q(hoy)), **sumas)
    return {
        grupo[campo]: Cuenta(
            grupo["vencidos"], tuple((dias, grupo[f"en_{dias}"]) for dias, _q in de_cada)
        )
        for grupo in grupos
    }
