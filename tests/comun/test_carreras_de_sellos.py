"""Sealing while others write, and two who seal at once. On both databases."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from comun.flows.sellar import sellar
from comun.registro import Evento, Sello
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories import AHORA
from tests.factories.cadena import eventos

pytestmark = pytest.mark.django_db(transaction=True)


def test_several_sealers_and_writers_at_once_leave_one_whole_chain():
    eventos(20)
    trabajos = [lambda: sellar(ahora=AHORA, maximo=3), lambda: eventos(7)] * 6
    hechos = a_la_vez(trabajos)
    assert not [h for h in hechos if isinstance(h, Exception)]
    sellar(ahora=AHORA)
    call_command("verificar_cadena")
    assert sum(Sello.objects.values_list("cuantos", flat=True)) == Evento.objects.count() == 62


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_an_event_committed_late_is_sealed_and_no_later_one_passes_it():
    escrito, soltar = threading.Event(), threading.Event()

    def lento():
        try:
            with transaction.atomic():
                (hecho,) = eventos(1)
                escrito.set()
                soltar.wait(20)
                return hecho.seq
        finally:
            connections.close_all()

    resultado = []
    hilo = threading.Thread(target=lambda: resultado.append(lento()))
    hilo.start()
    escrito.wait(20)
    (despues,) = eventos(1)
    assert sellar(ahora=AHORA, paciencia=0.2) == []
    soltar.set()
    hilo.join()
    assert resultado[0] < despues.seq
    (sello,) = sellar(ahora=AHORA)
    assert (sello.cuantos, sello.hasta) == (2, despues.seq)
    call_command("verificar_cadena")
