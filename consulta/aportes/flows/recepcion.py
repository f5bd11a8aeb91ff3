"""From when a contribution counts: an account's when it is sent, a guest's when it is confirmed."""

from datetime import datetime

from django.db import connection

from comun import buscador
from comun.avisos import avisar_nuevo
from consulta.aportes.fichas import ficha_de
from consulta.aportes.models import Aporte, Contador
from consulta.aportes.novedades import anunciar
from consulta.aportes.recuentos import contar


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
    ficha = ficha_de(aporte) if aporte.consulta.publicada else None
    if ficha is not None:
        buscador.proyectar_nueva(aporte, ficha)


def _dar_folio(aporte: Aporte, ahora: datetime) -> None:
    """The next number, in one statement: the row is locked from it to the end of the transaction."""
    tabla = connection.ops.quote_name(Contador._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tabla} (consulta_id, ultimo) VALUES (%s, 1) "  # noqa: S608
            f"ON CONFLICT (consulta_id) DO UPDATE SET ultimo = {tabla}.ultimo + 1 RETURNING ultimo",
            [aporte.consulta_id],
        )
        aporte.n = cursor.fetchone()[0]
    aporte.confirmado_en = ahora
    Aporte.objects.filter(pk=aporte.pk).update(n=aporte.n, confirmado_en=ahora)
