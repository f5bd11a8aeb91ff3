"""The quotes that wait for a person: which, how far the work is, and where their words may be."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consulta.aportes.citas.localizar import Cita, candidatos
from consulta.aportes.enums import EstadoAncla, Situacion
from consulta.aportes.models import Ancla
from consulta.aportes.palabras import Texto
from consulta.procesos.models import Fragmento, VersionBorrador

POSIBLE = 30
"""Least certainty, 0–100, of a place worth showing to a person."""
DE_PERSONA = (EstadoAncla.HUERFANA, EstadoAncla.RESUELTA, EstadoAncla.SIN_LUGAR)


@dataclass(frozen=True, slots=True)
class Candidato:
    """A place where the words of an orphan may be."""

    fragmento: int
    orden: int
    inicio: int
    texto: str
    seguridad: int


@dataclass(frozen=True, slots=True)
class Avance:
    """How many orphans of a version were resolved."""

    version: VersionBorrador
    resueltas: int
    total: int


def visibles() -> "QuerySet[Ancla]":
    """Quotes of standing contributions, with all that is said of each."""
    return Ancla.objects.filter(
        aporte__situacion=Situacion.VIGENTE, aporte__confirmado_en__isnull=False
    ).select_related("aporte__consulta", "version__consulta", "fragmento")


def para_resolver() -> "QuerySet[Ancla]":
    """Those a person has or had to place: in the newest version of each draft, which is the one read."""
    posteriores = VersionBorrador.objects.publicadas().filter(
        consulta=OuterRef("version__consulta"), n__gt=OuterRef("version__n")
    )
    return visibles().filter(estado__in=DE_PERSONA).exclude(Exists(posteriores))


def avances() -> list[Avance]:
    """One per draft that has or had orphans in its newest version; two queries."""
    filas = list(
        para_resolver()
        .order_by()
        .values("version")
        .annotate(total=Count("pk"), resueltas=Count("pk", filter=~Q(estado=EstadoAncla.HUERFANA)))
    )
    versiones = VersionBorrador.objects.select_related("consulta").in_bulk(
        [f["version"] for f in filas]
    )
    return [Avance(versiones[f["version"]], f["resueltas"], f["total"]) for f in filas]


def anterior_de(ancla: Ancla) -> Ancla | None:
    """The same quote in the newest version before where it has a place; one query."""
    return (
        Ancla.objects.filter(
            aporte=ancla.aporte_id, version__n__lt=ancla.version.n, fragmento__isnull=False
        )
        .select_related("fragmento", "version__consulta")
        .order_by("-version__n")
        .first()
    )


def candidatos_de(ancla: Ancla, cuantos: int = 5) -> list[Candidato]:
    """Where its words may be in its version, sure or not, the likeliest first; two queries."""
    antes = anterior_de(ancla)
    if antes is None or antes.fragmento is None:
        return []
    inicio = antes.inicio or 0
    cita = Cita(Texto(antes.fragmento.texto), inicio, inicio + len(antes.cita))
    filas = {f.pk: f for f in Fragmento.objects.filter(version=ancla.version_id)}
    lugares = candidatos(cita, ((pk, Texto(f.texto)) for pk, f in filas.items()), cuantos)
    return [
        Candidato(
            lugar.clave,
            filas[lugar.clave].orden,
            lugar.inicio,
            filas[lugar.clave].texto[lugar.inicio : lugar.fin],
            lugar.seguridad,
        )
        for lugar in lugares
        if lugar.seguridad >= POSIBLE
    ]
