"""Telling Elasticsearch what changed: the rows of `Ficha` are the outbox, and sending twice is safe.

Nothing here runs in a request. Killed at any point, the next run goes on from what the rows say.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import BigIntegerField, Case, F, Value, When
from django.utils import timezone

from search import motor
from search.elastico import IndiceArchivo
from search.models import Ficha

registro = logging.getLogger(__name__)

LOTE = 500
LOTES_POR_TURNO = 20
LOTES_DEL_RELOJ = 4
EN_ESPERA = "search.sincronia.en_espera"
PAUSA = 5
"""Seconds the clock waits after the engine did not answer."""
PRIMERA_ESPERA = timedelta(seconds=5)
ESPERA_MAXIMA = timedelta(minutes=15)

MARGEN = timedelta(minutes=10)
"""No transaction of ours lasts this long: what it wrote before a rebuild began is seen by it."""


@dataclass
class Turno:
    """What one run did. `pendientes` are those still to send, the ones that wait for a retry included."""

    enviadas: int = 0
    errores: int = 0
    pendientes: int = 0


def sincronizar(*, ahora: datetime, lotes: int = LOTES_POR_TURNO) -> Turno:
    """Send what is to be sent, at most `lotes` batches; create the index when there is none.

    Raises what the client raises when the engine does not answer: nothing is lost, call again.
    A row that the engine rejects waits 5 s, then twice that, up to 15 minutes; it delays no other.
    """
    indice = motor.backend().indice
    turno = Turno()
    _asegurar(indice)
    for _vez in range(lotes):
        fichas = list(Ficha.objects.listas_para_enviar(ahora)[:LOTE])
        if not fichas:
            break
        errores = indice.enviar(fichas, destino=indice.de_escritura, es_alias=True)
        anotar_enviadas([f for f in fichas if f.pk not in errores])
        anotar_errores([f for f in fichas if f.pk in errores], errores, ahora)
        turno.enviadas += len(fichas) - len(errores)
        turno.errores += len(errores)
    else:
        turno.pendientes = Ficha.objects.por_enviar().count()
        return turno
    _abrir_a_la_lectura(indice)
    turno.pendientes = Ficha.objects.por_enviar().count()
    return turno


def turno_del_reloj(ahora: datetime) -> None:
    """What the clock does every few seconds: one line, and a pause, when the engine does not answer."""
    if cache.get(EN_ESPERA):
        return
    try:
        sincronizar(ahora=ahora, lotes=LOTES_DEL_RELOJ)
    except motor.NO_RESPONDE as error:
        registro.warning("Elasticsearch no responde; lo pendiente queda por enviar: %s", error)
        cache.set(EN_ESPERA, True, PAUSA)


def _asegurar(indice: IndiceArchivo) -> None:
    """Without an index (the first time, or somebody deleted it) there is a new one, and all is to be sent."""
    if not indice.es.indices.exists_alias(name=indice.de_escritura):
        indice.apuntar(indice.nuevo().name, indice.de_escritura)
        marcar_todo()


def _abrir_a_la_lectura(indice: IndiceArchivo) -> None:
    """Once everything was sent, searches may read it: never an index that is half full."""
    if Ficha.objects.por_enviar().filter(publica=True, indexada=0, intentos=0).exists():
        return
    de_escritura = indice.alias(indice.de_escritura)
    if de_escritura and indice.alias(indice.name) != de_escritura:
        indice.es.indices.refresh(index=de_escritura[0])
        indice.apuntar(de_escritura[0], indice.name)


def marcar_todo() -> int:
    """Everything public is to be sent again."""
    return Ficha.objects.publicas().update(
        indexada=0, intentos=0, reintentar_en=F("modificada_en"), error=""
    )


def anotar_enviadas(fichas: list[Ficha]) -> None:
    """These versions, and not what they became meanwhile, are known to the engine."""
    if fichas:
        casos = [When(pk=ficha.pk, then=Value(ficha.version)) for ficha in fichas]
        Ficha.objects.filter(pk__in=[ficha.pk for ficha in fichas]).update(
            indexada=Case(*casos, default=F("indexada"), output_field=BigIntegerField()),
            intentos=0,
            error="",
        )


def anotar_errores(fichas: list[Ficha], errores: dict[int, str], ahora: datetime) -> None:
    for ficha in fichas:
        espera = min(PRIMERA_ESPERA * 2 ** min(ficha.intentos, 20), ESPERA_MAXIMA)
        Ficha.objects.filter(pk=ficha.pk, version=ficha.version).update(
            intentos=min(ficha.intentos + 1, 1_000),
            reintentar_en=ahora + espera,
            error=errores[ficha.pk][:500],
        )


def reconstruir(*, avisar: Callable[[int, int], None]) -> int:
    """Fill a new index beside the one in use and change over in one step; returns the rows sent.

    Searches never stop. What is written meanwhile goes to the old index and, after the change, to
    the new one too. `avisar(hechas, total)` is called after each batch. Raises what the client
    raises; the index in use is then as it was.
    """
    inicio = timezone.now()
    indice = motor.backend().indice
    viejos = {*indice.alias(indice.name), *indice.alias(indice.de_escritura)}
    nuevo = indice.nuevo()
    hechas, total = 0, Ficha.objects.publicas().count()
    try:
        for fichas in _por_lotes():
            errores = nuevo.enviar(fichas, destino=nuevo.name, es_alias=False)
            anotar_errores([f for f in fichas if f.pk in errores], errores, inicio)
            Ficha.objects.filter(pk__in=errores).update(indexada=0)
            hechas += len(fichas) - len(errores)
            avisar(hechas, total)
        nuevo.refresh()
        indice.apuntar(nuevo.name, indice.name, indice.de_escritura)
    except BaseException:
        nuevo.delete()
        raise
    Ficha.objects.filter(modificada_en__gte=inicio - MARGEN).update(
        indexada=0, reintentar_en=F("modificada_en")
    )
    for viejo in viejos - {nuevo.name}:
        type(indice)(indice.backend, viejo).delete()
    return hechas


def _por_lotes() -> Iterator[list[Ficha]]:
    ultima = 0
    while fichas := list(Ficha.objects.publicas().filter(pk__gt=ultima).order_by("pk")[:LOTE]):
        yield fichas
        ultima = fichas[-1].pk
