"""Commitments: how far they are, said in words and not by colour alone (INV-14)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from consulta.aportes.enums import Valor
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet
from consulta.respuestas.models import Cobertura
from consulta.respuestas.querysets import CoberturaQuerySet
from consulta.seguimiento.enums import Semaforo
from consulta.seguimiento.models import Compromiso, Plan

SEMAFOROS = {
    Semaforo.VERDE: ("sustancial", "verde"),
    Semaforo.AMARILLO: ("limitado", "ambar"),
    Semaforo.ROJO: ("no_iniciado", "rojo"),
}
COMPLETO = Decimal(100)


@dataclass(slots=True)
class VistaCompromiso:
    """One commitment, as a card and on its own page."""

    numero: int
    titulo: str
    url: str
    descripcion: str
    institucion: str
    area: str
    valores: str
    origen: str
    avance: Decimal | None
    insignia: str
    insignia_texto: str
    color: str
    nota: str
    aportes: int


def vista_de_compromiso(compromiso: Compromiso, aportes: int = 0) -> VistaCompromiso:
    """Needs `plan` and `institucion`."""
    insignia, color = ("sin_evidencia", "")
    texto = "Sin avance informado" if compromiso.avance is None else "Sin semáforo en la fuente"
    if compromiso.semaforo:
        insignia, color = SEMAFOROS[Semaforo(compromiso.semaforo)]
        texto = str(compromiso.get_semaforo_display())
    if compromiso.avance == COMPLETO and compromiso.semaforo in ("", Semaforo.VERDE):
        insignia, texto, color = "completo", "Completo", "verde"
    return VistaCompromiso(
        numero=compromiso.numero,
        titulo=compromiso.titulo,
        url=compromiso.get_absolute_url(),
        descripcion=compromiso.descripcion,
        institucion=compromiso.institucion.nombre,
        area=compromiso.get_area_display(),
        valores=", ".join(
            str(Valor(v).label) if v in Valor.values else str(v) for v in compromiso.valores
        ),
        origen=compromiso.origen,
        avance=compromiso.avance,
        insignia=insignia,
        insignia_texto=texto,
        color=color,
        nota=compromiso.nota,
        aportes=aportes,
    )


def _de_hoy() -> CoberturaQuerySet:
    """The current answer of each contribution."""
    vigente = (
        Cobertura.objects.publicadas()
        .filter(aporte=OuterRef("aporte"))
        .order_by("-version__publicada_en", "-version_id")
        .values("pk")[:1]
    )
    return Cobertura.objects.publicadas().filter(pk=Subquery(vigente))


def llegaron_a(compromiso: Compromiso) -> AporteQuerySet:
    """The contributions whose current answer says that they landed in `compromiso`, oldest first."""
    coberturas = _de_hoy().filter(destino__compromiso=compromiso).values("aporte")
    return (
        Aporte.objects.publicos().vigentes().filter(pk__in=coberturas).order_by("enviado_en", "pk")
    )


def cuantos_llegaron(plan: Plan) -> dict[int, int]:
    """How many landed in each commitment of `plan` that has any, by its id; one query."""
    filas = _de_hoy().filter(
        destino__compromiso__plan=plan, aporte__in=Aporte.objects.publicos().vigentes()
    )
    cuentas = filas.order_by().values("destino__compromiso").annotate(n=Count("aporte"))
    return dict(cuentas.values_list("destino__compromiso", "n"))
