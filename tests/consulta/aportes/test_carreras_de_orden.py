"""Moderation while others write, answer and moderate. On both databases: one outcome, sums that hold."""

import pytest

from comun.errores import Conflicto, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.flows.colocar import agrupar_nuevos
from consulta.aportes.flows.moderar import desestimar_reportes, remover_aporte
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Apelacion, Aporte, Bloqueo, Grupo, Reporte
from tests.consulta.aportes.test_campanas import CARTA
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db(transaction=True)


def remover(uno, por):
    return remover_aporte(aporte=uno, por=por, causa="odio", ahora=AHORA)


def test_two_moderators_removing_at_once_leave_one_removal():
    uno = aporte()
    moderadoras = [UserFactory(moderador=True) for _i in range(4)]
    hechos = a_la_vez([lambda m=m: remover(uno, m) for m in moderadoras])
    assert sum(isinstance(h, Aporte) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    assert Evento.objects.filter(verbo="remover_aporte").count() == 1
    assert Aviso.objects.filter(razon="remocion").count() == 1


def test_a_reply_to_what_is_being_removed_is_received_or_refused_and_nothing_is_lost():
    uno, moderadora = aporte(), UserFactory(moderador=True)
    personas = [UserFactory() for _i in range(4)]
    hechos = a_la_vez(
        [
            lambda: remover(uno, moderadora),
            *(lambda p=p: aporte(padre=uno, por=p) for p in personas),
        ]
    )
    assert all(isinstance(h, Aporte | Conflicto) for h in hechos)
    recibidas = sum(isinstance(h, Aporte) for h in hechos[1:])
    uno.refresh_from_db()
    assert uno.situacion == "removido"
    assert uno.replicas_n == recibidas == Aporte.objects.filter(padre=uno).count()
    assert Aporte.objects.all().balance(AHORA.date()).cuadra


def test_removing_while_it_is_answered_holds_the_sums():
    uno, moderadora, oficial = aporte(), UserFactory(moderador=True), UserFactory(oficial=True)
    a_la_vez([lambda: remover(uno, moderadora), lambda: responder(uno, por=oficial)])
    balance = Aporte.objects.all().balance(AHORA.date())
    assert balance.cuadra
    assert balance.removidos == 1


def test_an_appeal_is_made_once_and_decided_once():
    uno = aporte()
    remover(uno, UserFactory(moderador=True))
    autor = uno.autoria.cuenta
    hechos = a_la_vez(
        [lambda: apelar_remocion(aporte=uno, por=autor, texto="No.", ahora=AHORA)] * 4
    )
    assert sum(isinstance(h, Apelacion) for h in hechos) == 1
    apelacion = Apelacion.objects.get()
    otros = [UserFactory(moderador=True) for _i in range(4)]
    hechos = a_la_vez(
        [
            lambda o=o, i=i: resolver_apelacion(
                apelacion=apelacion, por=o, acogida=bool(i % 2), razon="Razón.", ahora=AHORA
            )
            for i, o in enumerate(otros)
        ]
    )
    assert sum(isinstance(h, Apelacion) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    apelacion.refresh_from_db()
    uno.refresh_from_db()
    assert uno.es_visible is apelacion.acogida


def test_blocking_while_one_sends_ends_with_no_more_sendings():
    persona, ajeno = UserFactory(), aporte()
    moderadoras = [UserFactory(moderador=True) for _i in range(2)]
    hechos = a_la_vez(
        [
            *(
                lambda m=m: bloquear_cuenta(cuenta=persona, por=m, motivo="Insiste.", ahora=AHORA)
                for m in moderadoras
            ),
            *[lambda: aporte(padre=ajeno, por=persona)] * 3,
        ]
    )
    assert Bloqueo.objects.count() == 1
    assert all(isinstance(h, Aporte | SinPermiso) for h in hechos[2:])
    with pytest.raises(SinPermiso):
        aporte(padre=ajeno, por=persona)


def test_the_same_person_reporting_at_once_reports_once():
    uno, persona = aporte(), UserFactory()
    hechos = a_la_vez(
        [lambda: reportar_aporte(aporte=uno, por=persona, causa="odio", ahora=AHORA)] * 5
    )
    assert all(isinstance(h, Reporte) for h in hechos), hechos
    assert Reporte.objects.count() == 1


def test_two_people_who_decide_about_a_shared_text_at_once_leave_one_decision():
    asunto = AsuntoFactory()
    miembros = [aporte(asunto=asunto, dice=contenido(CARTA)) for _i in range(4)]
    agrupar_nuevos(AHORA)
    grupo = Grupo.objects.get()
    visto = grupo.titulo
    moderadoras = [UserFactory(moderador=True) for _i in range(4)]
    hechos = a_la_vez(
        [
            lambda m=m, i=i: revisar_campana(grupo=grupo, por=m, titulo=f"T{i}", visto=visto)
            for i, m in enumerate(moderadoras)
        ]
    )
    assert sum(isinstance(h, Grupo) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    hechos = a_la_vez(
        [
            lambda m=m: sacar_de_campana(grupo=grupo, aportes=miembros[:2], por=m)
            for m in moderadoras
        ]
    )
    assert sorted(hechos) == [0, 0, 0, 2]
    hechos = a_la_vez(
        [lambda m=m: deshacer_campana(grupo=grupo, por=m, motivo="No es una.") for m in moderadoras]
    )
    assert sum(isinstance(h, Grupo) for h in hechos) == 1
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas) == (2, 2)
    for verbo in ("revisar_campana", "sacar_de_campana", "deshacer_campana"):
        assert Evento.objects.filter(verbo=verbo).count() == 1, verbo


def test_dismissing_while_it_is_removed_settles_each_report_once():
    uno, persona = aporte(), UserFactory()
    reportar_aporte(aporte=uno, por=persona, causa="odio", ahora=AHORA)
    una, otra = UserFactory(moderador=True), UserFactory(moderador=True)
    a_la_vez(
        [
            lambda: remover(uno, una),
            lambda: desestimar_reportes(aporte=uno, por=otra, nota="Es opinión.", ahora=AHORA),
        ]
    )
    uno.refresh_from_db()
    assert uno.situacion == "removido"
    assert Aviso.objects.filter(razon="reporte", cuenta=persona.pk).count() == 1
    assert not Reporte.objects.filter(estado="abierto").exists()
