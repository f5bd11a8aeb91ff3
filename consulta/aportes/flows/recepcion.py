"""From when a contribution counts: an account's when it is sent, a guest's when it is confirmed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from comun import buscador
from comun.avisos import avisar_nuevo, avisar_nuevos
from consulta.aportes.fichas import ficha_de
from consulta.aportes.models import Aporte, Contador
from consulta.aportes.novedades import anunciar, anunciar_varios
from consulta.aportes.recuentos import contar, contar_varios


def recibir_aporte(aporte: Aporte, ahora: datetime) -> None:
    """Enqueue the receipt, give the folio, count it and put it in the archive.

    Runs inside the flow's transaction. The folio comes last, so that the counter's lock is held for
    the shortest time; what must happen to every contribution that counts goes before it.
    """
    avisar_nuevo(
        destino=f"aporte:{aporte.pk}",
        cuenta=aporte.autoria.cuenta_id,
        razon="recibo",
        objeto=aporte,
        ahora=ahora,
    )
    anunciar(aporte)
    _dar_folio(aporte, ahora)
    contar(aporte)
    _proyectar([aporte])


def recibir_ingresados(aportes: Sequence[Aporte], ahora: datetime) -> None:
    """As `recibir_aporte`, of those of one consultation that the secretariat enters together."""
    avisos = {f"aporte:{a.pk}": a for a in aportes}
    avisar_nuevos(avisos=avisos, razon="recibo", ahora=ahora)
    anunciar_varios(aportes)
    _dar_folios(aportes, ahora)
    contar_varios(aportes)
    _proyectar(aportes)


def _proyectar(aportes: Sequence[Aporte]) -> None:
    fichas = {a.pk: ficha_de(a) for a in aportes if a.consulta.publicada}
    legibles = {pk: ficha for pk, ficha in fichas.items() if ficha is not None}
    buscador.proyectar_nuevas(Aporte, legibles)


def _dar_folio(aporte: Aporte, ahora: datetime) -> None:
    aporte.n, aporte.confirmado_en = _tomar_folios(aporte.consulta_id, 1), ahora
    Aporte.objects.filter(pk=aporte.pk).update(n=aporte.n, confirmado_en=ahora)


def _dar_folios(aportes: Sequence[Aporte], ahora: datetime) -> None:
    """In the order given; the numbers are written in one go."""
    primero = _tomar_folios(aportes[0].consulta_id, len(aportes))
    for n, aporte in enumerate(aportes, primero):
        aporte.n, aporte.confirmado_en = n, ahora
    tabla = connection.ops.quote_name(Aporte._meta.db_table)
    instante = connection.ops.adapt_datetimefield_value(ahora)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {tabla} SET n = %s, confirmado_en = %s WHERE id = %s",  # noqa: S608
            [(a.n, instante, a.pk) for a in aportes],
        )


def _tomar_folios(consulta_id: int, cuantos: int) -> int:
    """The first of the next numbers, in one statement: the row is locked from it to the end of the
    transaction."""
    tabla = connection.ops.quote_name(Contador._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tabla} (consulta_id, ultimo) VALUES (%s, %s) "  # noqa: S608
            f"ON CONFLICT (consulta_id) DO UPDATE SET ultimo = {tabla}.ultimo + EXCLUDED.ultimo "
            "RETURNING ultimo",
            [consulta_id, cuantos],
        )
        return int(cursor.fetchone()[0]) - cuantos + 1
