"""Places where a contribution may have landed: found by words, named by a short reference.

A paragraph is «2.14», the version and its place, or «P7B 2.14» where it is of another consultation of the
process; a commitment «7.3», the plan and its number; an activity is its number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.text import Truncator

from comun.diferencias import Cambio, comparar_palabras
from consulta.procesos.models import Consulta, Correspondencia, Fragmento
from consulta.respuestas.flows.lineas import COMPROMISO, EVENTO, FRAGMENTO
from consulta.seguimiento.models import Compromiso
from noticias.models import EventoPage

HALLADOS = 20
_PAR = re.compile(
    r"^\s*(?:([A-Z][A-Z0-9]{1,11})\s+)??(?:v(?:ersi[oó]n)?\s*)?(\d{1,5})\s*[.,:§-]+\s*(?:p[aá]rrafo\s*)?(\d{1,6})\s*$",
    re.I,
)
Par = tuple[str, int, int]
"""Acronym of the consultation (empty: its own), version or plan, number."""
_SOLO = re.compile(r"^\s*§?\s*(\d{1,9})\s*$")


@dataclass(frozen=True)
class Lugar:
    """One place: its kind, its id, its reference and how it reads."""

    tipo: str
    pk: int
    referencia: str
    texto: str

    @property
    def clave(self) -> str:
        return f"{self.tipo}:{self.pk}"


def lugar_de_fragmento(fragmento: Fragmento, consulta_id: int) -> Lugar:
    """As one names it in that consultation. Needs `version__consulta`."""
    n, suya = fragmento.version.n, fragmento.version.consulta
    dice = Truncator(" ".join(fragmento.texto.split())).chars(110)
    antes, de = ("", "") if suya.pk == consulta_id else (f"{suya.sigla} ", f"{suya.titulo}. ")
    return Lugar(FRAGMENTO, fragmento.pk, f"{antes}{n}.{fragmento.orden}",
                 f"{de}Versión {n}, párrafo {fragmento.orden}: {dice}")  # fmt: skip


def lugar_de_compromiso(compromiso: Compromiso) -> Lugar:
    """Needs `plan`."""
    plan = compromiso.plan.numero
    return Lugar(COMPROMISO, compromiso.pk, f"{plan}.{compromiso.numero}",
                 f"Plan {plan}, compromiso {compromiso}")  # fmt: skip


def lugar_de_evento(evento: EventoPage) -> Lugar:
    return Lugar(EVENTO, evento.pk, str(evento.pk), f"Actividad: {evento.title}")


def buscar_lugares(consulta: Consulta, texto: str, tipo: str = "") -> list[Lugar]:
    """Paragraphs of published versions (the newest first), commitments and activities that say every
    word of `texto`, or that it names; `HALLADOS` of each at most. Three queries."""
    palabras = texto.split()[:8]
    hallados: list[Lugar] = []
    if not palabras:
        return hallados
    par, solo = _PAR.match(texto), _SOLO.match(texto)
    if tipo in ("", FRAGMENTO):
        dice = Q(*(Q(texto__icontains=p) for p in palabras))
        if par:
            dice |= Q(version__n=par[2], orden=par[3]) & _de(par[1])
        elif solo:
            dice |= Q(orden=solo[1])
        filas = Fragmento.objects.donde_quedo(consulta.pk).filter(dice)
        hallados += [lugar_de_fragmento(f, consulta.pk) for f in filas[:HALLADOS]]
    if tipo in ("", COMPROMISO):
        dice = Q(*(Q(titulo__icontains=p) for p in palabras))
        if par:
            dice |= Q(plan__numero=par[2], numero=par[3])
        elif solo:
            dice |= Q(numero=solo[1])
        compromisos = Compromiso.objects.filter(dice).select_related("plan")
        hallados += [
            lugar_de_compromiso(c)
            for c in compromisos.order_by("-plan__numero", "numero")[:HALLADOS]
        ]
    if tipo in ("", EVENTO):
        dice = Q(*(Q(title__icontains=p) for p in palabras))
        eventos = EventoPage.objects.publicos().filter(dice).order_by("-inicio")
        hallados += [lugar_de_evento(e) for e in eventos[:HALLADOS]]
    return hallados


class Referencias:
    """References as people type them, read together: ids by (kind, reference)."""

    def __init__(self, consulta: Consulta, pedidas: Iterable[tuple[str, str]]) -> None:
        self.consulta = consulta
        pedidas = set(pedidas)
        supuesta, ultima = (
            _de_cual(consulta) if any(t == FRAGMENTO for t, _r in pedidas) else ("", None)
        )
        self.pares = {(t, r): _par(t, r, consulta.sigla, supuesta, ultima) for t, r in pedidas}
        de_fragmentos = {p for (t, _r), p in self.pares.items() if t == FRAGMENTO and p}
        de_compromisos = {p for (t, _r), p in self.pares.items() if t == COMPROMISO and p}
        de_eventos = {p[2] for (t, _r), p in self.pares.items() if t == EVENTO and p}
        self.ids: dict[tuple[str, Par], int] = {}
        if de_fragmentos:
            filas = Fragmento.objects.donde_quedo(consulta.pk).filter(
                version__n__in={p[1] for p in de_fragmentos},
                orden__in={p[2] for p in de_fragmentos},
            )
            for f in filas:
                suya = "" if f.version.consulta_id == consulta.pk else f.version.consulta.sigla
                self.ids[FRAGMENTO, (suya, f.version.n, f.orden)] = f.pk
        if de_compromisos:
            compromisos = Compromiso.objects.filter(
                plan__numero__in={p[1] for p in de_compromisos},
                numero__in={p[2] for p in de_compromisos},
            )
            for pk, plan, numero in compromisos.values_list("pk", "plan__numero", "numero"):
                self.ids[COMPROMISO, ("", plan, numero)] = pk
        if de_eventos:
            for pk in (
                EventoPage.objects.publicos().filter(pk__in=de_eventos).values_list("pk", flat=True)
            ):
                self.ids[EVENTO, ("", 0, pk)] = pk

    def id_de(self, tipo: str, referencia: str) -> int | None:
        """The id of the place, None when there is none."""
        par = self.pares.get((tipo, referencia))
        return self.ids.get((tipo, par)) if par else None


def _de_cual(consulta: Consulta) -> tuple[str, int | None]:
    """Of which consultation a paragraph is when only its numbers are typed, and the last version of it:
    empty for its own, or the acronym of the only other one of its process with a draft."""
    filas = Fragmento.objects.donde_quedo(consulta.pk).order_by()
    ultimas = dict(filas.values_list("version__consulta__sigla").annotate(n=Max("version__n")))
    if consulta.sigla in ultimas:
        return "", ultimas[consulta.sigla]
    return next(iter(ultimas.items())) if len(ultimas) == 1 else ("", None)


def _par(tipo: str, referencia: str, propia: str, supuesta: str, ultima: int | None) -> Par | None:
    if (par := _PAR.match(referencia)) and tipo != EVENTO:
        sigla = (par[1] or "").upper()
        if tipo != FRAGMENTO or sigla == propia:
            return "", int(par[2]), int(par[3])
        return sigla or supuesta, int(par[2]), int(par[3])
    if solo := _SOLO.match(referencia):
        if tipo == EVENTO:
            return "", 0, int(solo[1])
        if tipo == FRAGMENTO and ultima is not None:
            return supuesta, ultima, int(solo[1])
    return None


def _de(sigla: str | None) -> Q:
    return Q(version__consulta__sigla__iexact=sigla) if sigla else Q()


def cambio_de(fragmento: Fragmento) -> list[Cambio]:
    """How a fragment differs, word by word, from those of the version before that it comes from."""
    antes = (
        Correspondencia.objects.filter(a=fragmento)
        .order_by("de__orden")
        .values_list("de__texto", flat=True)
    )
    return comparar_palabras("\n".join(antes), fragmento.texto)
