"""Two texts side by side: how much of one is in the other. Texts are read bare, without their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.db.models import F
from rapidfuzz.distance import LCSseq

from consulta.aportes.enums import Situacion
from consulta.aportes.models import AporteVersion
from consulta.aportes.semejanza import huellas
from consulta.aportes.semejanza.huellas import PALABRAS_MINIMAS
from consulta.aportes.semejanza.parecidos import unir

IGUALES = 85
"""Least share, in %, of the words of the shorter text that the longer one has in the same order."""

PROPIAS = 15
"""More words of one's own than these are an addition worth reading by itself."""

VECES_MAS_LARGO = 4


Dicho = tuple[str | None, str | None, dict[str, Any] | None]


@dataclass(frozen=True)
class Texto:
    """What a contribution says now. `visible` is whether its text may be shown, `publico` whether a
    visitor can find it too."""

    aporte_id: int
    consulta_id: int
    enviado_en: datetime
    version: int
    visible: bool
    publico: bool
    completo: str

    @cached_property
    def palabras(self) -> list[str]:
        return huellas.palabras(self.completo)

    @cached_property
    def exacta(self) -> str:
        return huellas.exacta(self.palabras)

    @cached_property
    def minhash(self) -> bytes:
        return huellas.minhash(self.palabras)

    @cached_property
    def bandas(self) -> list[tuple[int, int]]:
        return huellas.bandas(self.minhash)


@dataclass(frozen=True)
class Comparacion:
    """Two texts as words: how much of the shorter is in the longer, and how many words are its own."""

    grado: int
    propias: int

    @property
    def es_igual(self) -> bool:
        return self.grado >= IGUALES

    @property
    def con_propio(self) -> bool:
        return self.propias > PROPIAS


def comparar(modelo: list[str], otro: list[str]) -> Comparacion:
    """How `otro` stands to `modelo`; nothing in common when either is too short to say."""
    corto, largo = sorted((len(modelo), len(otro)))
    if corto < PALABRAS_MINIMAS or largo > VECES_MAS_LARGO * corto:
        return Comparacion(0, len(otro))
    comunes = LCSseq.similarity(modelo, otro)
    return Comparacion(round(100 * comunes / corto), len(otro) - comunes)


def leer_textos(ids: Iterable[int]) -> list[Texto]:
    """What these contributions say now, by id; one query."""
    filas = (
        AporteVersion.objects.filter(aporte__in=list(ids), n=F("aporte__version"))
        .order_by("aporte_id")
        .values_list(
            "aporte_id",
            "aporte__consulta_id",
            "aporte__enviado_en",
            "n",
            "aporte__confirmado_en",
            "aporte__situacion",
            "aporte__consulta__publicada",
            "titulo",
            "texto",
            "campos",
        )
    )
    textos = []
    for pk, consulta, enviado, n, confirmado, situacion, publicada, *dicho in filas:
        titulo, texto, campos = cast(Dicho, tuple(dicho))
        visible = confirmado is not None and situacion == Situacion.VIGENTE
        textos.append(
            Texto(
                pk,
                consulta,
                enviado,
                n,
                visible,
                visible and publicada,
                unir(titulo, texto, campos),
            )
        )
    return textos
