"""A divided contribution is answered point by point, and its general outcome follows from theirs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.models import Punto
from consulta.respuestas.enums import EXIGEN_CAMBIO, Resultado
from consulta.respuestas.flows.coberturas import LineaDeCobertura, LineaDePunto


def con_puntos(lineas: Sequence[LineaDeCobertura]) -> list[LineaDeCobertura]:
    """The lines with every point of what is divided; one query.

    A line that speaks of no point says the same of all of them. Else it must speak of each, and of no
    other: DatoInvalido (`puntos`). The general outcome and destination follow from the points.
    """
    tiene: dict[int, list[Punto]] = {}
    for punto in Punto.objects.filter(aporte__in=[linea.aporte.pk for linea in lineas]):
        tiene.setdefault(punto.aporte_id, []).append(punto)
    return [_completar(linea, tiene.get(linea.aporte.pk, [])) for linea in lineas]


def resultado_general(puntos: Sequence[LineaDePunto]) -> Resultado:
    """The one all have; else «parcial» when some point was taken up; else the one most have, and of
    those the first in the list: nothing was taken up, and «parcial» would say that something was."""
    dichos = [dicho.resultado for dicho in puntos]
    if len(set(dichos)) == 1:
        return dichos[0]
    if not EXIGEN_CAMBIO.isdisjoint(dichos):
        return Resultado.PARCIAL
    veces = Counter(dichos)
    return max(Resultado, key=lambda r: (veces[r], -list(Resultado).index(r)))


def _completar(linea: LineaDeCobertura, puntos: list[Punto]) -> LineaDeCobertura:
    suyos = {punto.pk for punto in puntos}
    dichos = [dicho.punto.pk for dicho in linea.puntos]
    if len(dichos) != len(set(dichos)) or not set(dichos) <= suyos:
        raise DatoInvalido(_("Ese punto no es de este aporte."), campo="puntos")
    if not dichos:
        iguales = (LineaDePunto(p, linea.resultado, linea.destino) for p in puntos)
        return replace(linea, puntos=tuple(iguales))
    if set(dichos) != suyos:
        raise DatoInvalido(
            _("Este aporte está dividido en puntos: responda cada uno."), campo="puntos"
        )
    general = resultado_general(linea.puntos)
    # Where the whole landed is where the first point landed that tells of its outcome.
    destino = next(
        (
            dicho.destino
            for dicho in sorted(linea.puntos, key=lambda d: d.punto.n)
            if dicho.resultado == general
            or (general is Resultado.PARCIAL and dicho.resultado in EXIGEN_CAMBIO)
        ),
        linea.destino,
    )
    return replace(linea, resultado=general, destino=destino)
