"""People do things at the same time. On both databases: nothing lost, nothing doubled, no gap."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, connections

from comun.errores import Conflicto
from comun.registro import Aviso
from consulta.aportes.codigos import vale_de
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.confirmar import GRACIA, confirmar_aporte, eliminar_sin_confirmar
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.enviar import YaParticipo, enviar_aporte
from consulta.aportes.flows.invitados import PLAZO
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Contador
from consulta.respuestas.models import RespuestaVersion
from tests.consulta.aportes.test_invitados import enviar as enviar_como_invitado
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import InstitucionFactory, UserFactory
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


def hasta_que_alguien_espere() -> None:
    """PostgreSQL: go on once another connection waits for what this one holds."""
    for _vez in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waits")


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


def test_a_guest_confirming_many_times_at_once_gets_one_folio_and_one_receipt():
    envio = enviar_como_invitado(ahora=AHORA)
    vale = vale_de(aporte_id=envio.aporte.pk, sal=envio.aporte.autoria.sal)
    hechos = a_la_vez([lambda: confirmar_aporte(vale=vale, ahora=AHORA)] * 6)
    assert [h.nuevo for h in hechos].count(True) == 1
    assert Contador.objects.get().ultimo == 1
    assert Aviso.objects.filter(razon="recibo").count() == 1


def test_confirming_while_the_clock_deletes_ends_in_one_of_the_two():
    envio = enviar_como_invitado(ahora=AHORA)
    vale = vale_de(aporte_id=envio.aporte.pk, sal=envio.aporte.autoria.sal)
    despues = AHORA + PLAZO + GRACIA + timedelta(minutes=1)
    a_la_vez(
        [
            lambda: confirmar_aporte(vale=vale, ahora=AHORA + timedelta(hours=1)),
            lambda: eliminar_sin_confirmar(despues),
        ]
    )
    quedan = list(Aporte.objects.all())
    assert [a.n for a in quedan] in ([], [1])
    assert Aviso.objects.filter(razon="recibo").count() == len(quedan)


def test_correcting_while_it_is_withdrawn_or_answered_leaves_whole_versions():
    for otra in ("retirar", "responder"):
        uno = aporte()
        persona, oficial = uno.autoria.cuenta, UserFactory(oficial=True)
        contra = (
            partial(retirar_aporte, aporte=uno, por=persona, ahora=AHORA)
            if otra == "retirar"
            else partial(responder, uno, por=oficial)
        )
        a_la_vez(
            [
                partial(
                    corregir_aporte,
                    aporte=uno,
                    contenido=contenido("Corregido."),
                    por=persona,
                    version=1,
                    ahora=AHORA,
                ),
                contra,
            ]
        )
        uno = Aporte.objects.get(pk=uno.pk)
        assert uno.versiones.count() == uno.version
        assert Aviso.objects.filter(razon="recibo", destino=f"aporte:{uno.pk}").count() == (
            uno.version
        )
        assert uno.esta_respondido or not uno.es_visible


def test_no_answer_speaks_of_words_its_official_did_not_read():
    for _vez in range(4):
        uno = aporte()
        persona, oficial = uno.autoria.cuenta, UserFactory(oficial=True)
        a_la_vez(
            [
                partial(
                    corregir_aporte,
                    aporte=uno,
                    contenido=contenido("Corregido."),
                    por=persona,
                    version=1,
                    ahora=AHORA,
                ),
                partial(responder, uno, por=oficial, version_leida=1),
            ]
        )
        uno = Aporte.objects.get(pk=uno.pk)
        assert uno.esta_respondido == (uno.version == 1)


def test_two_tabs_correcting_at_once_leave_one_correction():
    uno = aporte()
    hechos = a_la_vez(
        [
            partial(
                corregir_aporte,
                aporte=uno,
                contenido=contenido(f"Pestaña {i}."),
                por=uno.autoria.cuenta,
                version=1,
                ahora=AHORA,
            )
            for i in range(4)
        ]
    )
    assert sum(isinstance(h, Aporte) for h in hechos) == 1
    assert Aporte.objects.get(pk=uno.pk).version == 2


def test_a_reply_to_what_is_being_withdrawn_is_kept_or_refused_whole():
    raiz = aporte()
    hechos = a_la_vez(
        [
            lambda: retirar_aporte(aporte=raiz, por=raiz.autoria.cuenta, ahora=AHORA),
            lambda: aporte(padre=Aporte.objects.select_related("asunto__consulta").get(pk=raiz.pk)),
        ]
    )
    replicas = Aporte.objects.filter(padre=raiz).count()
    assert replicas == (not isinstance(hechos[1], Conflicto))
    raiz.refresh_from_db()
    assert raiz.replicas_n == replicas


def test_an_organisation_speaking_twice_at_once_is_heard_once():
    asunto, cuenta = AsuntoFactory(), UserFactory(representa=InstitucionFactory(tipo="osc"))
    hechos = a_la_vez(
        [
            lambda: enviar_aporte(
                asunto=asunto,
                tipo=TipoAporte.OBSERVACION,
                contenido=contenido(),
                por=cuenta,
                clave=uuid4(),
                por_organizacion=True,
                ahora=AHORA,
            )
        ]
        * 4
    )
    assert sum(isinstance(h, YaParticipo) for h in hechos) == 3
    assert Aporte.objects.get().organizacion == cuenta.representa
