"""What waits for moderation: reported, not yet read, appealed, removed, blocked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from consulta.aportes.enums import EstadoReporte, Situacion
from consulta.aportes.models import Apelacion, Aporte, Autoria, Bloqueo, Reporte
from consulta.aportes.permissions import en_vigor_q
from consulta.aportes.querysets import AporteQuerySet

ABIERTO = Q(reportes__estado=EstadoReporte.ABIERTO)


@dataclass(frozen=True)
class Filtro:
    """What a moderator narrows a queue by; empty: everything."""

    consulta: str = ""
    causa: str = ""


@dataclass
class Historial:
    """What moderation did about an author before, without saying who they are (INV-21)."""

    aportes: int = 0
    removidos: int = 0
    bloqueos: int = 0


@dataclass
class Caso:
    """One contribution with what was said against it and about its author's past."""

    aporte: Aporte
    reportes: list[Reporte] = field(default_factory=list)
    historial: Historial = field(default_factory=Historial)

    @property
    def causas(self) -> list[tuple[str, int]]:
        """Causes of the open reports, the most frequent first."""
        return Counter(str(r.get_causa_display()) for r in self.reportes).most_common()


def reportados(filtro: Filtro) -> AporteQuerySet:
    """Published, with open reports: those with most first, then the ones that wait longest."""
    filas = _de(filtro, Aporte.objects.confirmados().vigentes())
    condicion = ABIERTO & Q(reportes__causa=filtro.causa) if filtro.causa else ABIERTO
    return (
        filas.filter(condicion)
        .annotate(cuantos=Count("reportes"), primero=Min("reportes__en"))
        .order_by("-cuantos", "primero", "pk")
    )


def sin_revisar(filtro: Filtro) -> AporteQuerySet:
    """Published and not yet read by moderation, the newest first. Nothing waits for this reading."""
    filas = Aporte.objects.confirmados().vigentes().filter(revisado_en=None, en_nombre_de=None)
    return _de(filtro, filas).order_by("-pk")


def removidos(filtro: Filtro) -> AporteQuerySet:
    """Tombstones of moderation, the latest first."""
    filas = _de(filtro, Aporte.objects.confirmados().filter(situacion=Situacion.REMOVIDO))
    return (filas.filter(causa=filtro.causa) if filtro.causa else filas).order_by(
        "-quitado_en", "-pk"
    )


def apelaciones(filtro: Filtro) -> "QuerySet[Apelacion]":
    """Pending, the oldest first."""
    filas = Apelacion.objects.filter(acogida=None).select_related("removido_por")
    if filtro.consulta:
        filas = filas.filter(aporte__consulta__slug=filtro.consulta)
    return filas.order_by("en", "pk")


def bloqueos(ahora: datetime) -> "QuerySet[Bloqueo]":
    """In force at `ahora`, the latest first."""
    return (
        Bloqueo.objects.filter(en_vigor_q(ahora)).select_related("cuenta").order_by("-desde", "-pk")
    )


def por_decidir() -> dict[str, int]:
    """What a person asked moderation to decide: reported contributions, appeals. Two queries."""
    return {
        "reportados": Reporte.objects.filter(
            estado=EstadoReporte.ABIERTO, aporte__situacion=Situacion.VIGENTE
        )
        .values("aporte")
        .distinct()
        .count(),
        "apelaciones": apelaciones(Filtro()).count(),
    }


def cuantos_esperan(ahora: datetime) -> dict[str, int]:
    """The number on each tab; five queries."""
    todo = Filtro()
    return {
        **por_decidir(),
        "sin_revisar": sin_revisar(todo).count(),
        "removidos": removidos(todo).count(),
        "bloqueos": bloqueos(ahora).count(),
    }


def casos_de(filas: Iterable[Aporte]) -> list[Caso]:
    """Each with its open reports and the past of its author; four queries, whatever their number."""
    filas = list(filas)
    reportes: dict[int, list[Reporte]] = defaultdict(list)
    abiertos = Reporte.objects.filter(estado=EstadoReporte.ABIERTO)
    for reporte in abiertos.filter(aporte__in=[a.pk for a in filas]):
        reportes[reporte.aporte_id].append(reporte)
    cuentas = {a.pk: a.autoria.cuenta_id for a in filas if getattr(a, "autoria", None)}
    pasados = _historiales([c for c in cuentas.values() if c is not None])
    return [
        Caso(a, reportes[a.pk], pasados.get(cuentas.get(a.pk) or 0, Historial())) for a in filas
    ]


def _historiales(cuentas: Sequence[int]) -> dict[int, Historial]:
    # All that an account sent counts at once: an index tells how much, and only removals are read.
    suyos = Autoria.objects.filter(cuenta__in=cuentas).order_by().values_list("cuenta")
    historiales = {cuenta: Historial(n) for cuenta, n in suyos.annotate(n=Count("pk"))}
    quitados = suyos.filter(aporte__situacion=Situacion.REMOVIDO).annotate(n=Count("pk"))
    for cuenta, n in quitados:
        historiales[cuenta].removidos = n
    veces = Bloqueo.objects.filter(cuenta__in=cuentas).order_by().values_list("cuenta")
    for cuenta, n in veces.annotate(Count("pk")):
        historiales.setdefault(cuenta, Historial()).bloqueos = n
    return historiales


def _de(filtro: Filtro, filas: AporteQuerySet) -> AporteQuerySet:
    return filas.filter(consulta__slug=filtro.consulta) if filtro.consulta else filas
