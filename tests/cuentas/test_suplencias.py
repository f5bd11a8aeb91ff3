"""Standing in for somebody: who may name whom, for which days, and how it ends."""

from datetime import date, timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Evento
from cuentas.flows.suplencias import crear_suplencia, terminar_suplencia
from cuentas.suplencias import actua_por, suplentes_de, titulares_de
from tests.factories import AHORA
from tests.factories.cuentas import InstitucionFactory, UserFactory

pytestmark = pytest.mark.django_db
HOY = date(2026, 11, 10)


@pytest.fixture
def casa():
    return InstitucionFactory()


@pytest.fixture
def titular(casa):
    return UserFactory(oficial=True, institucion=casa)


@pytest.fixture
def suplente(casa):
    return UserFactory(oficial=True, institucion=casa)


def suplir(titular, suplente, *, por=None, desde=HOY, hasta=HOY + timedelta(days=4), **mas):
    return crear_suplencia(
        titular=titular,
        suplente=suplente,
        desde=desde,
        hasta=hasta,
        por=por or titular,
        ahora=AHORA,
        **mas,
    )


@pytest.mark.parametrize(("dias", "vale"), [(-1, False), (0, True), (4, True), (5, False)], ids=str)
def test_it_holds_from_the_first_day_to_the_last_both_included(titular, suplente, dias, vale):
    suplir(titular, suplente)
    dia = HOY + timedelta(days=dias)
    assert (titulares_de(suplente, dia) == [titular]) is vale
    assert (suplentes_de(titular, dia) == [suplente]) is vale
    assert actua_por(suplente, titular, dia) is vale
    assert actua_por(titular, titular, dia)
    assert not actua_por(titular, suplente, dia)


def test_it_is_not_transitive(titular, suplente, casa):
    tercera = UserFactory(oficial=True, institucion=casa)
    suplir(titular, suplente)
    suplir(suplente, tercera)
    assert titulares_de(tercera, HOY) == [suplente]


def test_ending_it_takes_effect_at_once_and_only_once(titular, suplente):
    fila = suplir(titular, suplente)
    terminar_suplencia(suplencia=fila, por=titular, ahora=AHORA)
    assert titulares_de(suplente, HOY) == []
    with pytest.raises(Conflicto):
        terminar_suplencia(suplencia=fila, por=titular, ahora=AHORA)
    verbos = list(Evento.objects.filter(objeto=f"cuentas.suplencia:{fila.pk}").order_by("pk"))
    assert [v.verbo for v in verbos] == ["crear_suplencia", "terminar_suplencia"]


def test_one_may_end_a_substitution_of_oneself_only(titular, suplente):
    fila = suplir(titular, suplente)
    with pytest.raises(SinPermiso):
        terminar_suplencia(suplencia=fila, por=suplente, ahora=AHORA)


def test_nobody_names_a_substitute_for_somebody_else_but_the_secretariat(titular, suplente):
    with pytest.raises(SinPermiso):
        suplir(titular, suplente, por=suplente)
    assert suplir(titular, suplente, por=UserFactory(secretaria=True)).pk


def test_only_the_secretariat_names_somebody_of_another_institution(titular):
    ajena = UserFactory(oficial=True)
    with pytest.raises(DatoInvalido) as error:
        suplir(titular, ajena)
    assert error.value.campo == "suplente"
    assert suplir(titular, ajena, por=UserFactory(secretaria=True)).pk


@pytest.mark.parametrize(
    ("campo", "cambios"),
    [
        ("hasta", {"hasta": HOY - timedelta(days=1)}),
        ("hasta", {"desde": HOY - timedelta(days=9), "hasta": HOY - timedelta(days=2)}),
        ("hasta", {"hasta": HOY + timedelta(days=400)}),
    ],
)
def test_days_that_make_no_sense_are_refused_by_field(titular, suplente, campo, cambios):
    with pytest.raises(DatoInvalido) as error:
        suplir(titular, suplente, **cambios)
    assert error.value.campo == campo


def test_nobody_stands_in_for_oneself_nor_an_account_that_is_off(titular, casa):
    with pytest.raises(DatoInvalido):
        suplir(titular, titular)
    with pytest.raises(DatoInvalido):
        suplir(titular, UserFactory(oficial=True, institucion=casa, is_active=False))


def test_the_same_two_cannot_overlap_but_may_follow_each_other(titular, suplente):
    suplir(titular, suplente)
    with pytest.raises(Conflicto):
        suplir(titular, suplente, desde=HOY + timedelta(days=4), hasta=HOY + timedelta(days=9))
    suplir(titular, suplente, desde=HOY + timedelta(days=5), hasta=HOY + timedelta(days=9))


def test_an_account_that_is_off_is_inherited_by_nobody(titular, suplente):
    suplir(titular, suplente)
    titular.is_active = False
    titular.save()
    assert titulares_de(suplente, HOY) == []
