"""Finding texts like another one, in as many steps as there are candidates and not as there are texts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from consulta.aportes.enums import CAMPOS_DE_PROPUESTA
from consulta.aportes.models import Aporte, Banda
from consulta.aportes.semejanza.huellas import bandas, minhash, palabras
from consulta.procesos.models import Consulta

FILAS_LEIDAS = 400
CANDIDATOS = 40
"""Greatest number of rows read from the bands, and of texts then compared word by word."""


@dataclass(frozen=True)
class Parecido:
    """A contribution like the text asked for; `grado` is 0–100."""

    aporte: Aporte
    grado: int


def texto_completo(aporte: Aporte) -> str:
    """All its words as one text, proposals with every field; empty when they were erased."""
    contenido = aporte.contenido
    return unir(contenido.titulo, contenido.texto, contenido.campos)


def unir(titulo: str | None, texto: str | None, campos: dict[str, Any] | None) -> str:
    """The parts of a contribution as one text."""
    partes = [titulo, texto, *((campos or {}).get(c) for c in CAMPOS_DE_PROPUESTA)]
    return "\n\n".join(str(parte) for parte in partes if parte)


def parecidos(consulta: Consulta, texto: str, limite: int = 10) -> list[Parecido]:
    """Published contributions of `consulta` that are copies or near copies of `texto`, best first.

    Three queries. Who says the same in other words is not found here but in `semejantes`.
    """
    desnudas = palabras(texto)
    hallados = [
        Parecido(aporte, grado_de_copia(desnudas, palabras(texto_completo(aporte))))
        for aporte in legibles(candidatos(consulta.pk, minhash(desnudas)))
    ]
    return sorted(hallados, key=lambda p: (-p.grado, p.aporte.pk))[:limite]


def candidatos(consulta_id: int, suma: bytes, sin: int | None = None) -> list[int]:
    """Ids of contributions that share a band with a MinHash, those that share most first; one query."""
    pares = bandas(suma)
    if not pares:
        return []
    mismas = reduce(or_, (Q(banda=n, valor=valor) for n, valor in pares))
    filas = Banda.objects.filter(mismas, consulta=consulta_id).exclude(aporte=sin)
    veces = Counter(filas.values_list("aporte_id", flat=True)[:FILAS_LEIDAS])
    return [pk for pk, _n in veces.most_common(CANDIDATOS)]


def legibles(ids: Iterable[int]) -> list[Aporte]:
    """Those of `ids` that stand published, with their text."""
    ids = list(ids)
    return list(Aporte.objects.publicos().vigentes().con_texto().filter(pk__in=ids)) if ids else []


def grado_de_copia(unas: Sequence[str], otras: Sequence[str]) -> int:
    """How much of both texts is the same words in the same order, 0–100."""
    return round(fuzz.ratio(unas, otras))
