"""Business days in Chile, and the day each contribution is due."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from comun.registro import Evento
from consulta.aportes.codigos import vale_de
from consulta.aportes.flows.confirmar import confirmar_aporte
from consulta.aportes.flows.ingresar import Ingreso, ingresar_aporte
from consulta.aportes.flows.vencimientos import emparejar_vencimientos
from consulta.aportes.models import Aporte
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.habiles import es_habil, habiles_entre, sumar_habiles
from consulta.procesos.models import Consulta
from tests.consulta.aportes.test_invitados import enviar as enviar_como_invitado
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, EtapaFactory
from tests.factories.respuestas import responder


@pytest.mark.parametrize(
    ("dia", "abre"),
    [
        (date(2026, 9, 17), True), (date(2026, 9, 18), False), (date(2026, 9, 21), True),
        (date(2027, 9, 17), False),  # decreed by law when the 18th falls on a Saturday
        (date(2026, 4, 3), False), (date(2026, 6, 29), False), (date(2026, 12, 8), False),
        (date(2026, 11, 21), False), (date(2026, 11, 23), True),
    ],
)  # fmt: skip
def test_offices_open_from_monday_to_friday_without_holidays(dia, abre):
    assert es_habil(dia) is abre


def test_thirty_business_days_run_over_christmas_and_new_year():
    assert sumar_habiles(date(2026, 11, 20), 30) == date(2027, 1, 6)
    assert sumar_habiles(date(2026, 9, 16), 1) == date(2026, 9, 17)
    assert sumar_habiles(date(2026, 9, 17), 1) == date(2026, 9, 21)
    assert sumar_habiles(date(2026, 9, 19), 0) == date(2026, 9, 19)


def test_counting_undoes_adding():
    desde = date(2026, 1, 1)
    for i in range(0, 360, 7):
        dia = desde + timedelta(days=i)
        for n in (1, 5, 30):
            assert habiles_entre(dia, sumar_habiles(dia, n)) == n
            assert habiles_entre(sumar_habiles(dia, n), dia) == -n


def test_the_day_is_that_of_santiago_not_of_greenwich(db):
    consulta = ConsultaFactory(plazo_habiles=1, plazo_desde="recepcion")
    # Friday 20 at 23:30 in Santiago, Saturday in UTC: the next business day is Monday 23.
    assert consulta.vence_el(datetime(2026, 11, 21, 2, 30, tzinfo=UTC)) == date(2026, 11, 23)
    assert consulta.vence_el(datetime(2026, 11, 19, 2, 30, tzinfo=UTC)) == date(2026, 11, 19)


def test_from_reception_each_contribution_has_its_day(db):
    consulta = ConsultaFactory(plazo_habiles=10, plazo_desde="recepcion", responder_antes_de=None)
    una = aporte(consulta=consulta, ahora=AHORA)
    otra = aporte(consulta=consulta, ahora=AHORA + timedelta(days=7))
    assert una.vence_el == sumar_habiles(AHORA.date(), 10)
    assert otra.vence_el == sumar_habiles((AHORA + timedelta(days=7)).date(), 10) > una.vence_el


def test_from_the_closing_all_are_due_the_same_day(db):
    consulta = ConsultaFactory(plazo_habiles=30)
    una = aporte(consulta=consulta, ahora=AHORA)
    otra = aporte(consulta=consulta, ahora=AHORA + timedelta(days=7))
    cierre = consulta.etapa.fin
    assert una.vence_el == otra.vence_el == consulta.responde_hasta
    assert habiles_entre((cierre - timedelta(seconds=1)).date(), una.vence_el) in (29, 30)


def test_a_guest_and_a_letter_have_their_day_too(db):
    consulta = ConsultaFactory(propuestas=True, plazo_habiles=5, plazo_desde="recepcion")
    ingresado = ingresar_aporte(
        consulta=consulta,
        contenido=contenido_de_propuesta(firma="Rosa"),
        ingreso=Ingreso("papel", AHORA.date() - timedelta(days=3)),
        por=UserFactory(secretaria=True),
        clave=uuid4(),
        ahora=AHORA,
    )
    assert ingresado.vence_el == sumar_habiles(AHORA.date() - timedelta(days=3), 5)
    envio = enviar_como_invitado(ahora=AHORA)
    suya = envio.aporte.consulta
    type(suya).objects.filter(pk=suya.pk).update(plazo_habiles=5, plazo_desde="recepcion")
    vale = vale_de(aporte_id=envio.aporte.pk, sal=envio.aporte.autoria.sal)
    confirmar_aporte(vale=vale, ahora=AHORA + timedelta(hours=30))
    assert Aporte.objects.get(pk=envio.aporte.pk).vence_el == suya.responder_antes_de


def test_an_extension_moves_what_is_owed_and_nothing_else(db):
    etapa = EtapaFactory()
    consulta = ConsultaFactory(etapa=etapa, plazo_habiles=20)
    desde_recepcion = ConsultaFactory(etapa=etapa, plazo_habiles=20, plazo_desde="recepcion")
    fija = ConsultaFactory(etapa=etapa)
    debido, respondido = aporte(consulta=consulta), aporte(consulta=consulta)
    otro, tercero = aporte(consulta=desde_recepcion), aporte(consulta=fija)
    antes = debido.vence_el
    responder(respondido)
    fin = etapa.fin + timedelta(days=14)
    prorrogar_etapa(
        etapa=etapa, fin=fin, razon="Se cayó el sitio.", por=UserFactory(secretaria=True),
        ahora=AHORA,
    )  # fmt: skip
    for uno in (debido, respondido, otro, tercero):
        vencia = uno.vence_el
        uno.refresh_from_db()
        movido = uno.vence_el != vencia
        assert movido is (uno == debido)
    consulta.refresh_from_db()
    assert debido.vence_el == consulta.responde_hasta > antes
    evento = Evento.objects.get(verbo="mover_vencimientos")
    assert evento.detalle.despues == {"vence_el": str(debido.vence_el), "aportes": 1}


def test_what_was_sent_in_the_moment_of_an_extension_falls_due_from_the_new_closing(db):
    """Its row was written by a request that had read the stage before: the clock evens it out."""
    etapa = EtapaFactory()
    consulta = ConsultaFactory(etapa=etapa, plazo_habiles=20)
    fija = ConsultaFactory(etapa=etapa)
    asunto, otro = AsuntoFactory(consulta=consulta), AsuntoFactory(consulta=fija)
    prorrogar_etapa(
        etapa=type(etapa).objects.get(pk=etapa.pk), fin=etapa.fin + timedelta(days=14),
        razon="Se cayó el sitio.", por=UserFactory(secretaria=True), ahora=AHORA,
    )  # fmt: skip
    atrasado, ajeno = aporte(asunto=asunto), aporte(asunto=otro)
    nuevo = Consulta.objects.get(pk=consulta.pk).responde_hasta
    assert atrasado.vence_el < nuevo
    emparejar_vencimientos(AHORA - timedelta(minutes=1))
    assert Aporte.objects.get(pk=atrasado.pk).vence_el == atrasado.vence_el
    for _ in range(2):
        emparejar_vencimientos(AHORA + timedelta(minutes=1))
    assert Aporte.objects.get(pk=atrasado.pk).vence_el == nuevo
    assert Aporte.objects.get(pk=ajeno.pk).vence_el == ajeno.vence_el
    evento = Evento.objects.get(verbo="mover_vencimientos")
    assert evento.detalle.despues == {"vence_el": str(nuevo), "aportes": 1}


def test_sending_costs_no_query_more_for_a_term_in_business_days(db, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cuesta(**plazo):
        asunto = AsuntoFactory(consulta=ConsultaFactory(**plazo))
        aporte(asunto=asunto)
        persona = UserFactory()
        with CaptureQueriesContext(connection) as captura:
            aporte(asunto=asunto, por=persona)
        return len(captura)

    assert cuesta(plazo_habiles=30) == cuesta()


def test_the_promise_is_said_in_words(db, client):
    consulta = ConsultaFactory(plazo_habiles=30)
    assert "en 30 días hábiles desde el cierre: a más tardar el" in consulta.promesa
    consulta.plazo_habiles, consulta.plazo_desde = 1, "recepcion"
    assert "en 1 día hábil desde que lo recibimos" in consulta.promesa
    consulta.plazo_habiles, consulta.responder_antes_de = None, None
    assert consulta.promesa == "Cada aporte tendrá una respuesta escrita y fundada."
    assert (
        "30 días hábiles desde el cierre"
        in client.get(consulta.get_absolute_url()).content.decode()
    )
