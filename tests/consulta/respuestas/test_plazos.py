"""The daily warning: whom, of what, once, and on which days."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comun.avisos import enviar_aviso
from comun.fechas import SANTIAGO, dia_de
from comun.registro import Aviso
from consulta.aportes.models import Aporte
from consulta.procesos.habiles import es_habil, sumar_habiles
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.plazos import avisar_plazos
from consulta.respuestas.plazos import encargos
from cuentas.flows.suplencias import crear_suplencia
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
LUNES = date(2026, 11, 16)
MANANA = datetime(2026, 11, 16, 9, 0, tzinfo=SANTIAGO)


@pytest.fixture
def consulta():
    return ConsultaFactory()


def con_plazo(consulta, vence, institucion=None, responsable=None, por=None):
    fila = aporte(consulta=consulta)
    if institucion:
        asignar_aporte(
            aporte=fila, institucion=institucion, responsable=responsable, por=por or responsable
        )
    Aporte.objects.filter(pk=fila.pk).update(vence_el=vence)
    return fila


def enviar_todos():
    for pk in Aviso.objects.filter(razon="plazos").values_list("pk", flat=True):
        enviar_aviso.func(pk)
    return [carta for carta in mail.outbox if "por responder" in carta.subject.lower()]


def test_one_mail_a_day_sums_up_what_falls_due_and_what_is_overdue(consulta, oficial):
    casa = oficial.institucion
    for vence in (
        LUNES - timedelta(days=3),
        LUNES,
        sumar_habiles(LUNES, 2),
        sumar_habiles(LUNES, 5),
        sumar_habiles(LUNES, 6),
    ):
        con_plazo(consulta, vence, casa, oficial)
    con_plazo(consulta, LUNES, casa, por=oficial)
    con_plazo(consulta, LUNES)
    assert avisar_plazos(MANANA) == 1
    assert avisar_plazos(MANANA + timedelta(hours=2)) == 0
    (carta,) = enviar_todos()
    assert "4 por vencer y 1 vencido" in carta.subject
    for texto in (carta.body, carta.alternatives[0][0]):
        assert "A su nombre" in texto and "1 con el plazo vencido" in texto
        assert "2 vencen en 2 días hábiles" in texto and "1 vence en 5 días hábiles" in texto
        assert "De su institución" in texto
    assert avisar_plazos(MANANA + timedelta(days=1)) == 1


def test_who_has_nothing_due_hears_nothing(consulta, oficial):
    con_plazo(consulta, sumar_habiles(LUNES, 6), oficial.institucion, oficial)
    con_plazo(consulta, LUNES)
    assert avisar_plazos(MANANA) == 0


@pytest.mark.parametrize(
    "cuando",
    [
        datetime(2026, 11, 16, 7, 59, tzinfo=SANTIAGO),
        datetime(2026, 11, 15, 12, 0, tzinfo=SANTIAGO),
        datetime(2026, 12, 8, 12, 0, tzinfo=SANTIAGO),
    ],
    ids=["early", "sunday", "holiday"],
)
def test_nothing_is_sent_before_eight_or_on_days_without_offices(consulta, oficial, cuando):
    con_plazo(consulta, cuando.date(), oficial.institucion, oficial)
    assert avisar_plazos(cuando) == 0
    assert es_habil(LUNES)


def test_the_substitute_is_told_of_what_the_absent_person_has(consulta, oficial):
    suplente = UserFactory(oficial=True)
    con_plazo(consulta, LUNES, oficial.institucion, oficial)
    crear_suplencia(
        titular=oficial,
        suplente=suplente,
        desde=LUNES,
        hasta=LUNES,
        por=UserFactory(secretaria=True),
        ahora=MANANA,
    )
    assert avisar_plazos(MANANA) == 2
    cartas = {carta.to[0]: carta.body for carta in enviar_todos()}
    assert f"En suplencia de {oficial.nombre_interno}" in cartas[suplente.email]
    assert "A su nombre" in cartas[oficial.email]


def test_it_costs_the_same_for_few_rows_and_officials_as_for_many(consulta):
    def cuantas(n, dias):
        for _ in range(n):
            quien = UserFactory(oficial=True)
            con_plazo(consulta, LUNES, quien.institucion, quien)
        with CaptureQueriesContext(connection) as consultas:
            assert avisar_plazos(MANANA + timedelta(days=dias)) >= n
        return [q["sql"][:90] for q in consultas if "db_task" not in q["sql"].lower()]

    cuantas(2, 0)
    assert len(cuantas(0, 1)) == len(cuantas(6, 2))


def test_each_consultation_says_how_long_before_it_warns(oficial):
    """Ten, three and one in one; nothing but what is overdue in another; five and two elsewhere."""
    casa = oficial.institucion
    antes = ConsultaFactory(avisos_de_plazo=[10, 3, 1])
    callada = ConsultaFactory(avisos_de_plazo=[])
    habitual = ConsultaFactory()
    for consulta, dias in ((antes, (1, 3, 10, 11)), (callada, (0, 1)), (habitual, (2, 5, 6))):
        for n in dias:
            con_plazo(consulta, sumar_habiles(LUNES, n), casa, oficial)
    con_plazo(callada, LUNES - timedelta(days=3), casa, oficial)
    assert avisar_plazos(MANANA) == 1
    (carta,) = enviar_todos()
    assert "5 por vencer y 1 vencido" in carta.subject
    assert [x for x in carta.body.splitlines() if "•" in x] == [
        "• 1 con el plazo vencido",
        "• 1 vence en 1 día hábil o menos",
        "• 1 vence en 2 días hábiles o menos",
        "• 1 vence en 3 días hábiles o menos",
        "• 1 vence en 5 días hábiles o menos",
        "• 1 vence en 10 días hábiles o menos",
    ]


def test_the_first_screen_counts_within_the_earliest_warning(client, consulta, oficial):
    con_plazo(consulta, sumar_habiles(dia_de(timezone.now()), 8), oficial.institucion, oficial)
    client.force_login(oficial)
    assert "<b>0</b> vencen en 5 días hábiles" in client.get("/admin/").content.decode()
    ConsultaFactory(avisos_de_plazo=[9])
    assert "<b>1</b> vence en 9 días hábiles" in client.get("/admin/").content.decode()


def test_whoever_has_it_in_their_name_is_told_and_what_a_closed_account_has_is_the_house_s(
    consulta, oficial
):
    casa, mesa = oficial.institucion, UserFactory(secretaria=True)
    ida = UserFactory(oficial=True, institucion=casa)
    con_plazo(consulta, LUNES, casa, ida)
    con_plazo(consulta, LUNES, mesa.institucion, mesa)
    ida.is_active = False
    ida.save()
    assert {pk: e.todos for pk, e in encargos(LUNES).items()} == {oficial.pk: 1, mesa.pk: 1}
    assert encargos(LUNES)[oficial.pk].de_la_casa.todos == 1
    for cuenta in (oficial, mesa):
        assert encargos(LUNES, [cuenta.pk]) == {cuenta.pk: encargos(LUNES)[cuenta.pk]}
