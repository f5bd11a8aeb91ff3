from datetime import UTC, date, datetime, timedelta

import pytest

from comun.fechas import (
    SANTIAGO,
    comienzo_del_dia,
    cuanto_queda,
    dia_de,
    leer_anio,
    leer_mes,
    ultimo_dia,
    ventana_del_dia,
    ventana_del_mes,
)

PRIMAVERA = date(2026, 9, 6)  # midnight does not exist: the day starts at 01:00
OTONO = date(2027, 4, 3)  # 23:00 comes twice


def test_days_last_twenty_three_twenty_four_and_twenty_five_hours():
    horas = [
        (v.fin - v.inicio).total_seconds() / 3600
        for v in map(ventana_del_dia, (PRIMAVERA, date(2026, 11, 10), OTONO))
    ]
    assert horas == [23, 24, 25]


def test_the_day_without_midnight_starts_at_one():
    inicio = comienzo_del_dia(PRIMAVERA)
    assert inicio == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert inicio.astimezone(SANTIAGO).hour == 1
    assert dia_de(inicio - timedelta(microseconds=1)) == date(2026, 9, 5)


@pytest.mark.parametrize("dia", [PRIMAVERA, OTONO, date(2026, 11, 10)])
def test_each_instant_belongs_to_one_day(dia):
    hoy, manana = ventana_del_dia(dia), ventana_del_dia(dia + timedelta(days=1))
    assert hoy.fin == manana.inicio
    assert hoy.contiene(hoy.inicio)
    assert not hoy.contiene(hoy.fin)
    assert manana.contiene(hoy.fin)


def test_december_is_followed_by_january():
    ventana = ventana_del_mes(2026, 12)
    assert ventana.fin == ventana_del_mes(2027, 1).inicio == datetime(2027, 1, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "texto", ["", "2026", "2026-13", "2026-00", "26-11", "٢٠٢٦-١١", "2026-1", "²⁰²⁶-11"]
)
def test_what_is_not_a_month_is_none(texto):
    assert leer_mes(texto) is None


def test_months_and_years_are_read():
    assert leer_mes("2026-11") == (2026, 11)
    assert leer_anio("2026") == 2026
    assert leer_anio("0000") is leer_anio("x") is leer_anio("20260") is None


@pytest.mark.parametrize(
    ("fin", "dice"),
    [
        (datetime(2026, 11, 10, 18, 0, tzinfo=SANTIAGO), "Cierra hoy a las 18:00"),
        (datetime(2026, 11, 11, 0, 0, tzinfo=SANTIAGO), "Cierra hoy a la medianoche"),
        (datetime(2026, 11, 11, 0, 1, tzinfo=SANTIAGO), "Cierra mañana a las 00:01"),
        (datetime(2026, 11, 12, 0, 0, tzinfo=SANTIAGO), "Cierra mañana a la medianoche"),
        (datetime(2026, 11, 22, 9, 0, tzinfo=SANTIAGO), "Quedan 12 días"),
        (datetime(2026, 11, 10, 12, 0, tzinfo=SANTIAGO), "Terminó"),
    ],
)
def test_what_is_left_is_said_as_people_say_it(fin, dice):
    ahora = datetime(2026, 11, 10, 12, 0, tzinfo=SANTIAGO)
    assert cuanto_queda(fin, ahora) == dice


def test_what_closes_at_midnight_closes_the_day_before():
    assert ultimo_dia(datetime(2026, 11, 11, 0, 0, tzinfo=SANTIAGO)) == date(2026, 11, 10)
    assert ultimo_dia(comienzo_del_dia(PRIMAVERA)) == date(2026, 9, 5)
