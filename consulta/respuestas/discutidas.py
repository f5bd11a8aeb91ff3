"""Which answers are most contested, and what authors say of the answers they got.

The points of an answered contribution, which docs/despues.md says in words: 3 where it does not answer
its author, 1 where it does in part; 4 for a review that is open, 1 for one that was resolved; 1 for each
comment written after the answer; and 1 for each `APOYOS_POR_PUNTO` people who support it. Supports alone
contest nothing.
"""

from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Cobertura, Opinion

PUNTOS = {Responde.NO: 3, Responde.EN_PARTE: 1}
REVISION_ABIERTA, REVISION_RESUELTA = 4, 1
APOYOS_POR_PUNTO = 10
ABIERTA, RESUELTA = "abierta", "resuelta"
FORMULA = (
    "Suma 3 puntos si a quien lo escribió no le responde y 1 si le responde en parte; 4 si pidió una "
    "revisión que sigue abierta y 1 si ya se resolvió; 1 por cada comentario posterior a la respuesta, y "
    "1 por cada 10 apoyos del aporte. Los apoyos solos no bastan para figurar."
)


@dataclass(frozen=True)
class Opiniones:
    """What authors say of the answers in force of one institution, or of all (`institucion` empty)."""

    institucion: str
    si: int = 0
    en_parte: int = 0
    no: int = 0

    @property
    def n(self) -> int:
        return self.si + self.en_parte + self.no

    def parte(self, cuantas: int) -> int:
        """Of each hundred opinions, how many; 0 where there is none."""
        return round(100 * cuantas / self.n) if self.n else 0


def respondidos(*, consulta: str = "", institucion: int | None = None) -> AporteQuerySet:
    """Public contributions that stand and have a published answer, also those under review."""
    filas = Aporte.objects.publicos().vigentes()
    if consulta:
        filas = filas.filter(consulta__slug=consulta)
    if institucion is not None:
        filas = filas.filter(institucion=institucion)
    return filas.filter(Exists(Cobertura.objects.publicadas().filter(aporte=OuterRef("pk"))))


def discutidas(
    *, consulta: str = "", institucion: int | None = None, responde: str = "", revision: str = ""
) -> AporteQuerySet:
    """The contested ones, most points first, with `peso`, `dicho` (the opinion in force) and
    `despues_n` (comments after the answer); one query. `revision` is `abierta` or `resuelta`."""
    primera = (
        Cobertura.objects.publicadas()
        .filter(aporte=OuterRef("pk"))
        .order_by("version__publicada_en")
        .values("version__publicada_en")[:1]
    )
    comentarios = (
        Aporte.objects.confirmados()
        .vigentes()
        .filter(
            Q(raiz=OuterRef("pk")) | Q(padre=OuterRef("pk")),
            en_nombre_de=None,
            enviado_en__gt=OuterRef("respuesta_en"),
        )
        .order_by()
        .annotate(uno=Value(1))
        .values("uno")
        .annotate(n=Count("pk"))
        .values("n")
    )
    opinion = Opinion.objects.vigentes().filter(aporte=OuterRef("pk")).values("responde")[:1]
    de_opinion = Case(
        *(When(dicho=valor, then=puntos) for valor, puntos in PUNTOS.items()),
        default=0,
        output_field=IntegerField(),
    )
    de_revision = Case(
        When(revision__isnull=True, then=0),
        When(revision__resuelta_en=None, then=REVISION_ABIERTA),
        default=REVISION_RESUELTA,
        output_field=IntegerField(),
    )
    filas = (
        respondidos(consulta=consulta, institucion=institucion)
        .annotate(respuesta_en=Subquery(primera), dicho=Coalesce(Subquery(opinion), Value("")))
        .annotate(despues_n=Coalesce(Subquery(comentarios), 0))
        .annotate(discutida=de_opinion + de_revision + F("despues_n"))
        .filter(discutida__gt=0)
        .annotate(peso=F("discutida") + F("apoyos") / APOYOS_POR_PUNTO)
    )
    if responde:
        filas = filas.filter(dicho=responde)
    if revision:
        filas = filas.filter(
            revision__isnull=False, revision__resuelta_en__isnull=revision == ABIERTA
        )
    return filas.order_by("-peso", "-pk")


def opiniones(*, consulta: str = "", institucion: int | None = None) -> list[Opiniones]:
    """Of all first, then of each institution by name; one query."""
    filas: QuerySet[Opinion] = Opinion.objects.vigentes()
    if consulta:
        filas = filas.filter(aporte__consulta__slug=consulta)
    if institucion is not None:
        filas = filas.filter(version__respuesta__institucion=institucion)
    por = [
        Opiniones(**fila)
        for fila in filas.values(institucion=F("version__respuesta__institucion__nombre"))
        .annotate(**{r.value: Count("pk", filter=Q(responde=r.value)) for r in Responde})
        .order_by("institucion")
    ]
    todas = Opiniones(
        "", sum(o.si for o in por), sum(o.en_parte for o in por), sum(o.no for o in por)
    )
    return [todas, *por]
