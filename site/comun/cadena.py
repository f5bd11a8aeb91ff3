"""The chain of seals: how an event becomes a leaf, a batch a root, a seal the head receipts quote.

Said for others to repeat it in docs/recibos.md, with test vectors. Reading only; sealing is in
`comun.flows.sellar`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from comun import merkle
from comun.registro import Evento, Sello

ORIGEN = "0" * 64
"""What the first seal has for its predecessor."""

LOTE = 2_000
CAMPOS_DE_HOJA = ("seq", "en", "verbo", "objeto", "actor_seudonimo", "compromiso")


@dataclass(frozen=True)
class Prueba:
    """That an event is in a seal: its place among the leaves, and the hashes up to the root."""

    sello: Sello
    indice: int
    camino: list[str]


@dataclass(frozen=True)
class Falla:
    """What does not hold in one seal, in plain words."""

    n: int
    detalle: str


def instante(en: datetime) -> str:
    """«2026-11-21T13:25:59.000001Z»: UTC, always with microseconds."""
    return en.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def contenido_de_hoja(
    seq: int, en: datetime, verbo: str, objeto: str, actor: str, compromiso: str
) -> bytes:
    """The bytes a leaf hashes: its six fields, one per line, in UTF-8. None of them holds a line end."""
    return "\n".join([str(seq), instante(en), verbo, objeto, actor, compromiso]).encode()


def hoja_de(evento: Evento) -> bytes:
    """Leaf hash of one event."""
    return merkle.hoja(contenido_de_hoja(*(getattr(evento, campo) for campo in CAMPOS_DE_HOJA)))


def hojas(desde: int, hasta: int) -> Iterator[tuple[int, bytes]]:
    """(seq, leaf hash) of every event from `desde` to `hasta`, both included, in order; streamed."""
    filas = Evento.objects.filter(seq__gte=desde, seq__lte=hasta).order_by("seq")
    for fila in filas.values_list(*CAMPOS_DE_HOJA).iterator(chunk_size=LOTE):
        yield fila[0], merkle.hoja(contenido_de_hoja(*fila))


def suma_de_sello(
    *, n: int, desde: int, hasta: int, cuantos: int, raiz: str, previo: str, en: datetime
) -> str:
    """The head: SHA-256 of the seven fields, one per line."""
    lineas = [str(n), str(desde), str(hasta), str(cuantos), raiz, previo, instante(en)]
    return hashlib.sha256("\n".join(lineas).encode()).hexdigest()


def suma(sello: Sello) -> str:
    """The head of a seal as its own fields give it; equals `sello.sha256` unless someone wrote there."""
    return suma_de_sello(
        n=sello.n,
        desde=sello.desde,
        hasta=sello.hasta,
        cuantos=sello.cuantos,
        raiz=sello.raiz,
        previo=sello.previo,
        en=sello.en,
    )


def cabeza() -> Sello | None:
    """The newest seal."""
    return Sello.objects.order_by("-n").first()


def sello_de_evento(seq: int) -> Sello | None:
    """The seal an event lies in; None while it waits for the next one."""
    return Sello.objects.filter(hasta__gte=seq).order_by("hasta").first()


def publicar(sello: Sello) -> dict[str, Any]:
    """A seal as the published chain says it."""
    return {
        "n": sello.n,
        "desde": sello.desde,
        "hasta": sello.hasta,
        "cuantos": sello.cuantos,
        "raiz": sello.raiz,
        "previo": sello.previo,
        "en": instante(sello.en),
        "sha256": sello.sha256,
    }


def probar(evento: Evento) -> Prueba | None:
    """Proof that `evento` lies in its seal, from the rows as they are now; None while it is not sealed.

    If any event of the seal was changed the proof leads to another root than the one sealed.
    """
    sello = sello_de_evento(evento.seq)
    if sello is None:
        return None
    todas = list(hojas(sello.desde, sello.hasta))
    indice = next(i for i, (seq, _suma) in enumerate(todas) if seq == evento.seq)
    pasos = merkle.camino([h for _seq, h in todas], indice)
    return Prueba(sello, indice, [p.hex() for p in pasos])


def falla_de_sello(sello: Sello) -> Falla | None:
    """What is wrong inside one seal: its hash, the number of its events, their root."""
    if suma(sello) != sello.sha256:
        return Falla(sello.n, "sus datos no dan su sha256: el sello fue cambiado")
    cuantos = 0

    def contadas() -> Iterator[bytes]:
        nonlocal cuantos
        for _seq, una in hojas(sello.desde, sello.hasta):
            cuantos += 1
            yield una

    raiz = merkle.raiz(contadas()).hex()
    if cuantos != sello.cuantos:
        return Falla(sello.n, f"selló {sello.cuantos} eventos y ahora hay {cuantos}")
    if raiz != sello.raiz:
        return Falla(sello.n, "algún evento fue cambiado después de sellarlo")
    return None


def fallas_de_enlace(desde: int = 1, hasta: int | None = None) -> Iterator[Falla]:
    """Seals from `desde` to `hasta` (the newest) that do not continue the one before, streamed."""
    filas = Sello.objects.order_by("n").filter(n__gte=max(desde - 1, 1))
    if hasta is not None:
        filas = filas.filter(n__lte=hasta)
    previo: Sello | None = None
    for sello in filas.iterator(chunk_size=LOTE):
        if sello.n >= desde:
            detalle = _enlace(previo, sello)
            if detalle:
                yield Falla(sello.n, detalle)
        previo = sello


def _enlace(previo: Sello | None, sello: Sello) -> str:
    n, ultimo, cabeza_previa = (previo.n, previo.hasta, previo.sha256) if previo else (0, 0, ORIGEN)
    if sello.n != n + 1:
        return f"falta el sello {n + 1}"
    if sello.previo != cabeza_previa:
        return "no continúa al sello anterior"
    if sello.desde != ultimo + 1:
        return f"debía empezar en el evento {ultimo + 1} y empieza en el {sello.desde}"
    if suma(sello) != sello.sha256:
        return "sus datos no dan su sha256: el sello fue cambiado"
    return ""


def sin_sellar() -> int:
    """Events that wait for the next seal."""
    ultimo = cabeza()
    return Evento.objects.filter(seq__gt=ultimo.hasta if ultimo else 0).count()


def siguiente_de(sello: Sello | None) -> dict[str, Any]:
    """Number, first event and predecessor of the seal that follows."""
    if sello is None:
        return {"n": 1, "desde": 1, "previo": ORIGEN}
    return {"n": sello.n + 1, "desde": sello.hasta + 1, "previo": sello.sha256}
