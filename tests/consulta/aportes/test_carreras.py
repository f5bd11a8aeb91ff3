"""People do things at the same time. On both databases: nothing lost, nothing doubled, no gap."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from comun.errores import Conflicto
from comun.registro import Aviso
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Contador
from consulta.respuestas.models import RespuestaVersion
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db(transaction=True)
HILOS = 6


def a_la_vez(tareas) -> list:
    """Run every task in its own thread and connection; returns what each returned or raised."""

    def una(tarea):
        try:
            return tarea()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HILOS) as ejecutor:
        return list(ejecutor.map(una, tareas))


def test_many_people_sending_at_once_get_folios_without_gaps():
    asunto = AsuntoFactory()
    personas = [UserFactory() for _ in range(24)]

    def enviar(persona):
        return enviar_aporte(
            asunto=asunto,
            tipo=TipoAporte.OBSERVACION,
            contenido=contenido(),
            por=persona,
            clave=uuid4(),
            ahora=AHORA,
        )

    hechos = a_la_vez([lambda p=p: enviar(p) for p in personas])
    assert sorted(h.aporte.n for h in hechos) == list(range(1, 25))
    assert Contador.objects.get(consulta=asunto.consulta).ultimo == 24
    assert Aviso.objects.count() == 24


def test_the_same_sending_arriving_at_once_counts_once():
    asunto, persona, clave = AsuntoFactory(), UserFactory(), uuid4()

    def enviar():
        return enviar_aporte(
            asunto=asunto,
            tipo=TipoAporte.OBSERVACION,
            contenido=contenido(),
            por=persona,
            clave=clave,
            ahora=AHORA,
        )

    hechos = a_la_vez([enviar] * 8)
    assert len({h.aporte.pk for h in hechos}) == 1
    assert [h.nuevo for h in hechos].count(True) == 1
    assert Aporte.objects.count() == Aviso.objects.count() == 1


def test_two_officials_answering_at_once_leave_one_answer():
    uno = aporte()
    oficiales = [UserFactory(secretaria=True) for _ in range(4)]
    hechos = a_la_vez([lambda o=o: responder(uno, por=o) for o in oficiales])
    assert sum(isinstance(h, RespuestaVersion) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    assert Aviso.objects.filter(razon="respuesta").count() == 1


def test_withdrawing_while_it_is_answered_ends_in_one_of_the_two():
    uno = aporte()
    persona, oficial = uno.autoria.cuenta, UserFactory(oficial=True)
    a_la_vez(
        [
            lambda: retirar_aporte(aporte=uno, por=persona, ahora=AHORA),
            lambda: responder(uno, por=oficial),
        ]
    )
    balance = Aporte.objects.all().balance(AHORA.date())
    assert balance.cuadra
    assert balance.respondidos + balance.retirados == 1
