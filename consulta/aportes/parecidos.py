"""Finding texts like another one, in as many steps as there are candidates and not as there are texts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Substr
from rapidfuzz import fuzz

from consulta.aportes.enums import CAMPOS_DE_PROPUESTA
from consulta.aportes.huellas import bandas, exacta, minhash, palabras
from consulta.aportes.models import Aporte, AporteVersion, Banda, Huella
from consulta.procesos.models import Consulta

FILAS_LEIDAS = 400
CANDIDATOS = 40
"""Greatest number of rows read from the bands, and of texts then compared word by word."""

TITULOS_LEIDOS = 2_000
COMIENZO = 400
AFIN = 50
"""Proposals whose title and first characters are compared with what one is typing; least likeness."""

_COMUNES = frozenset(
    palabras(
        "a al ante con cada como contra cual cuando de del desde donde e el ella en entre es esta "
        "este esto ha hacia hasta hay la las le les lo los mas me mi muy ni no nos o para pero por "
        "porque que se segun ser si sin sobre son su sus tambien toda todas todo todos un una unas "
        "uno unos y ya"
    )
)


@dataclass(frozen=True)
class Parecido:
    """A contribution like the text asked for; `grado` is 0–100."""

    aporte: Aporte
    grado: int


def texto_completo(aporte: Aporte) -> str:
    """All its words as one text, proposals with every field; empty when they were erased."""
    contenido = aporte.contenido
    campos = contenido.campos or {}
    partes = [contenido.titulo, contenido.texto, *(campos.get(c) for c in CAMPOS_DE_PROPUESTA)]
    return "\n\n".join(str(parte) for parte in partes if parte)


@transaction.atomic
def anotar_huella(aporte: Aporte) -> Huella:
    """Keep the prints of the current text of `aporte`. Idempotent: a corrected text replaces its own."""
    desnudas = palabras(texto_completo(aporte))
    suma = minhash(desnudas)
    huella, _nueva = Huella.objects.update_or_create(
        aporte=aporte, defaults={"exacta": exacta(desnudas), "minhash": suma}
    )
    Banda.objects.filter(aporte=aporte).delete()
    Banda.objects.bulk_create(
        Banda(aporte=aporte, consulta_id=aporte.consulta_id, banda=n, valor=valor)
        for n, valor in bandas(suma)
    )
    return huella


def parecidos(consulta: Consulta, texto: str, limite: int = 10) -> list[Parecido]:
    """Published contributions of `consulta` like `texto`, the most alike first; four queries.

    Copies and near copies of any kind, then proposals that speak of the same. For a text of one or
    two words there is nothing to compare, and the answer is empty.
    """
    desnudas = palabras(texto)
    grados = {
        aporte.pk: max(grado_de_copia(desnudas, palabras(texto_completo(aporte))), AFIN)
        for aporte in legibles(candidatos(consulta.pk, minhash(desnudas)))
    }
    for pk, grado in _propuestas_afines(consulta, desnudas):
        grados[pk] = max(grado, grados.get(pk, 0))
    mejores = sorted(grados, key=lambda pk: (-grados[pk], pk))[:limite]
    filas = {a.pk: a for a in legibles(mejores)}
    return [Parecido(filas[pk], grados[pk]) for pk in mejores if pk in filas]


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


def _propuestas_afines(consulta: Consulta, desnudas: Sequence[str]) -> list[tuple[int, int]]:
    """Proposals that use the same telling words in their title or at their beginning; one query."""
    buscadas = _raices(desnudas)
    if len(buscadas) < 2:
        return []
    propuestas = Aporte.objects.publicos().vigentes().propuestas().de_consulta(consulta)
    versiones = (
        AporteVersion.objects.filter(aporte__in=propuestas, n=F("aporte__version"))
        .order_by("-aporte_id")
        .values_list("aporte_id", "titulo", Substr("texto", 1, COMIENZO))
    )
    afines = []
    for pk, titulo, comienzo in versiones[:TITULOS_LEIDOS]:
        suyas = _raices(palabras(f"{titulo or ''} {comienzo or ''}"))
        comunes = len(buscadas & suyas)
        grado = round(100 * comunes / max(1, min(len(buscadas), len(suyas))))
        if comunes > 1 and grado >= AFIN:
            afines.append((pk, grado))
    return afines


def _raices(desnudas: Iterable[str]) -> frozenset[str]:
    """Telling words, cut where Spanish inflects: «municipios» and «municipal» meet."""
    return frozenset(p[:6] for p in desnudas if p not in _COMUNES and len(p) > 2)
