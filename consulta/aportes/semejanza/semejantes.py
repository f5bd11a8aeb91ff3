"""Proposals about the same thing: shared words of title and problem, the rare ones telling more.

Not near-duplicates, which `parecidos` finds: two people rarely put one idea into the same words. It costs
two queries whatever the number of proposals; docs/propuestas.md says what it measures.
"""

import math
from dataclasses import dataclass

from django.db.models import Case, Count, F, FloatField, Sum, Value, When

from comun.palabras import PALABRA, VACIAS, plegar, raiz
from consulta.aportes.models import Aporte, Palabra
from consulta.procesos.models import Consulta

LARGO_RAIZ = 32
DEL_PROBLEMA = 60
"""Distinct stems of the problem that are kept: those it begins with."""

BUSCADAS = 14
"""Words looked for: the rarest of those typed. The common ones tell little and cost most."""

DEMASIADAS = 0.35
"""A word that this share of the proposals has is not looked for, once there are some dozens."""

PARECIDO = 0.12
COINCIDENCIAS = 2
"""Least likeness, and least words shared, to be shown."""

EN_TITULO, EN_PROBLEMA = 3, 1


@dataclass(frozen=True)
class Semejante:
    """A proposal alike. `parecido` is 0–1: how much of what was typed it shares."""

    aporte_id: int
    parecido: float


def pesos_de(titulo: str, problema: str) -> dict[str, int]:
    """The stems of a proposal, each with its weight. Small words and single letters are left out."""
    pesos = dict.fromkeys(_raices(problema)[:DEL_PROBLEMA], EN_PROBLEMA)
    return pesos | dict.fromkeys(_raices(titulo), EN_TITULO)


def palabras_de(aporte: Aporte) -> list[Palabra]:
    """The words of a proposal as it stands now, unsaved. Needs `con_texto()`."""
    contenido = aporte.contenido
    pesos = pesos_de(contenido.titulo or "", str((contenido.campos or {}).get("problema") or ""))
    return [
        Palabra(consulta_id=aporte.consulta_id, aporte=aporte, raiz=r, peso=p)
        for r, p in pesos.items()
    ]


def anotar(aporte: Aporte) -> None:
    """Keep the words of a proposal as it stands now, in the caller's transaction."""
    Palabra.objects.filter(aporte=aporte).delete()
    Palabra.objects.bulk_create(palabras_de(aporte))


def semejantes(
    consulta: Consulta, titulo: str, problema: str, *, cuantas: int = 5, menos: int | None = None
) -> list[Semejante]:
    """Visible proposals of `consulta` like the one being written, the most alike first; two queries.

    `menos` is a contribution left out: the one that is being corrected.
    """
    pesos = pesos_de(titulo[:400], problema[:4000])
    if len(pesos) < COINCIDENCIAS:
        return []
    raridad = _raridad(consulta, list(pesos))
    if len(raridad) < COINCIDENCIAS:
        return []
    # Of what was typed but nobody wrote yet, the likeness knows too: it is the whole by which one divides.
    nueva = max(raridad.values())
    total = sum(p * raridad.get(r, nueva) for r, p in pesos.items())
    elegidas = sorted(raridad, key=lambda r: pesos[r] * raridad[r], reverse=True)[:BUSCADAS]
    total = min(total, 2 * sum(pesos[r] * raridad[r] for r in elegidas))
    valor = Case(
        *(When(raiz=r, then=Value(pesos[r] * raridad[r])) for r in elegidas),
        default=Value(0.0),
        output_field=FloatField(),
    )
    filas = (
        Palabra.objects.filter(consulta=consulta, raiz__in=elegidas)
        .filter(aporte__confirmado_en__isnull=False, aporte__situacion="vigente")
        .exclude(aporte=menos)
        .order_by()
        .values("aporte")
        .annotate(
            puntos=Sum(valor * (F("peso") + 3.0) / 6.0, output_field=FloatField()), n=Count("raiz")
        )
        .filter(n__gte=COINCIDENCIAS, puntos__gte=PARECIDO * total)
        .order_by("-puntos", "-aporte")
        .values_list("aporte", "puntos")[:cuantas]
    )
    return [Semejante(pk, min(puntos / total, 1.0)) for pk, puntos in filas]


def _raridad(consulta: Consulta, raices: list[str]) -> dict[str, float]:
    """How rare is each of `raices` that some proposal has; without those that nearly all have."""
    cuentas = dict(
        Palabra.objects.filter(consulta=consulta, raiz__in=raices)
        .order_by()
        .values_list("raiz")
        .annotate(Count("aporte"))
    )
    propuestas = Aporte.objects.propuestas().confirmados().de_consulta(consulta).count()
    tope = max(30, DEMASIADAS * propuestas)
    return {r: math.log1p(propuestas / n) for r, n in cuentas.items() if n <= tope}


def _raices(texto: str) -> list[str]:
    palabras = (p for p in PALABRA.findall(plegar(texto)) if p not in VACIAS and len(p) > 2)
    return list(dict.fromkeys(raiz(p)[:LARGO_RAIZ] for p in palabras))
