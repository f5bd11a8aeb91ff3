"""Sealing what happened: batches of events, each head chained to the one before (INV-23).

An event may be committed after one with a higher number. A seal takes only numbers below which
nothing can appear any more: see `horizonte`.
"""

import time
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from comun import merkle
from comun.cadena import cabeza, hojas, siguiente_de, suma_de_sello
from comun.registro import Evento, Sello

MAXIMO = 10_000
"""Events in one seal: what a proof of inclusion has to read."""

PACIENCIA = 5.0
"""Seconds to wait for who is writing; whoever takes longer is sealed the next time."""

_PAUSA = 0.02
_ULTIMO_DADO = (
    "SELECT pg_sequence_last_value(pg_get_serial_sequence('comun_evento', 'seq')::regclass)"
)
_ESCRIBEN = """
    SELECT virtualtransaction FROM pg_locks
    WHERE relation = 'comun_evento'::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid IS DISTINCT FROM pg_backend_pid()
"""


def sellar(*, ahora: datetime, maximo: int = MAXIMO, paciencia: float = PACIENCIA) -> list[Sello]:
    """Seal every event that can be sealed, at most `maximo` per seal; returns the new seals.

    Safe to repeat and to race: the number of a seal is unique, and who comes second makes none. An
    event of a transaction still open after `paciencia` seconds waits, and with it those after it.
    """
    limite = horizonte(paciencia)
    hechos = []
    while sello := _sellar_uno(ahora, limite, maximo):
        hechos.append(sello)
    return hechos


def horizonte(paciencia: float = PACIENCIA) -> int:
    """A number such that every event up to it is committed or will never be.

    SQLite has one writer at a time. On PostgreSQL an INSERT locks the table before it takes its
    number and keeps the lock until its transaction ends: once those who held it after the last number
    was read are gone, nothing below can appear. Nobody who writes waits for this.
    """
    if connection.vendor != "postgresql":
        return Evento.objects.aggregate(ultimo=Max("seq"))["ultimo"] or 0
    with connection.cursor() as cursor:
        cursor.execute(_ULTIMO_DADO)
        ultimo: int = cursor.fetchone()[0] or 0
        esperados = _quienes_escriben(cursor)
        plazo = time.monotonic() + paciencia
        while esperados:
            if time.monotonic() >= plazo:
                anterior = cabeza()
                return anterior.hasta if anterior else 0
            time.sleep(_PAUSA)
            esperados &= _quienes_escriben(cursor)
    return ultimo


def _quienes_escriben(cursor: object) -> set[str]:
    cursor.execute(_ESCRIBEN)  # type: ignore[attr-defined]
    return {fila[0] for fila in cursor.fetchall()}  # type: ignore[attr-defined]


def _sellar_uno(ahora: datetime, limite: int, maximo: int) -> Sello | None:
    """The next seal, up to event `limite`; None when there is nothing left, or another made it."""
    try:
        with transaction.atomic():
            datos = siguiente_de(cabeza())
            libres = Evento.objects.filter(seq__gte=datos["desde"], seq__lte=limite).order_by("seq")
            # The last of the batch, found in the index: no event is loaded to know how many there are.
            numeros = list(libres.values_list("seq", flat=True)[:maximo])
            if not numeros:
                return None
            datos |= {"hasta": numeros[-1], "cuantos": len(numeros), "en": ahora}
            datos["raiz"] = merkle.raiz(
                h for _seq, h in hojas(datos["desde"], datos["hasta"])
            ).hex()
            return Sello.objects.create(**datos, sha256=suma_de_sello(**datos))
    except IntegrityError:
        # Another sealer took this number: what it sealed is sealed.
        return None
