"""Who sits in the forum: one seat at a time, by day of Santiago, and whoever decided stays who they are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.fechas import dia_de
from comun.registro import Evento
from foro.asientos import asientos_de
from foro.enums import Sector
from foro.flows.mandatos import crear_mandato, editar_mandato, terminar_mandato
from foro.models import Mandato
from tests.factories import AHORA
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.foro import decidir, mandato, sellar, suplencia

pytestmark = pytest.mark.django_db
HOY = dia_de(AHORA)


def campos(**otros):
    return {
        "cuenta": UserFactory(),
        "organizacion": InstitucionFactory(),
        "sector": Sector.GOBIERNO,
        "nombre": "Ana Soto",
        "desde": date(2026, 3, 1),
    } | otros


def test_the_secretariat_names_a_member_and_the_trail_tells_it():
    hecho = crear_mandato(por=UserFactory(secretaria=True), ahora=AHORA, **campos())
    assert str(hecho.nombre) == "Ana Soto"
    assert Evento.objects.filter(verbo="crear_mandato").count() == 1


@pytest.mark.parametrize("rol", ["participante", "oficial", "editor", "moderador"])
def test_nobody_else_does(rol):
    with pytest.raises(SinPermiso):
        crear_mandato(por=UserFactory(**{rol: True}), **campos())


@pytest.mark.parametrize(
    ("desde", "hasta", "cabe"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), True),
        (date(2025, 1, 1), date(2026, 1, 1), False),
        (date(2026, 6, 30), None, False),
        (date(2026, 7, 1), None, True),
    ],
)
def test_a_person_has_one_seat_at_a_time(desde, hasta, cabe):
    previo = mandato(hasta=date(2026, 6, 30))
    nuevo = campos(cuenta=previo.cuenta, desde=desde, hasta=hasta)
    if cabe:
        crear_mandato(por=UserFactory(secretaria=True), **nuevo)
    else:
        with pytest.raises(Conflicto):
            crear_mandato(por=UserFactory(secretaria=True), **nuevo)


def test_both_days_are_inside_and_days_are_those_of_santiago():
    uno = mandato(desde=HOY, hasta=HOY)
    antes_de_medianoche = datetime(2026, 11, 11, 2, 59, tzinfo=UTC)
    assert asientos_de(uno.cuenta, dia_de(AHORA)) == [uno]
    assert asientos_de(uno.cuenta, dia_de(antes_de_medianoche)) == [uno]
    assert asientos_de(uno.cuenta, dia_de(antes_de_medianoche + timedelta(minutes=1))) == []
    assert asientos_de(uno.cuenta, HOY - timedelta(days=1)) == []


def test_a_substitute_has_the_seat_of_the_other_after_their_own():
    propio, ajeno = mandato(), mandato(Sector.SOCIEDAD_CIVIL)
    suplencia(ajeno.cuenta, propio.cuenta)
    assert asientos_de(propio.cuenta, HOY) == [propio, ajeno]
    assert asientos_de(ajeno.cuenta, HOY) == [ajeno]


def test_a_mandate_that_decided_keeps_who_and_does_not_end_before():
    version, quien, por = sellar(), mandato(), UserFactory(secretaria=True)
    decidir(version, quien)
    for cambio in ({"nombre": "Otra"}, {"sector": Sector.ACADEMIA}, {"cuenta": UserFactory()}):
        with pytest.raises(DatoInvalido) as error:
            editar_mandato(objeto=quien, por=por, **cambio)
        assert error.value.campo == next(iter(cambio))
    with pytest.raises(DatoInvalido) as error:
        terminar_mandato(mandato=quien, hasta=HOY - timedelta(days=1), por=por)
    assert error.value.campo == "hasta"
    assert editar_mandato(objeto=quien, por=por, cargo="Jefa").cargo == "Jefa"
    assert terminar_mandato(mandato=quien, hasta=HOY, por=por, motivo="Renunció").hasta == HOY
    assert Evento.objects.filter(verbo="terminar_mandato").count() == 1


def test_the_database_itself_keeps_who_decided():
    version, quien = sellar(), mandato()
    decidir(version, quien)
    for cambio in ({"sector": Sector.ACADEMIA}, {"nombre": "Otra"}, {"cuenta": UserFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandato.objects.filter(pk=quien.pk).update(**cambio)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandato.objects.filter(pk=quien.pk)._raw_delete(using="default")
        transaction.get_connection().check_constraints()
    mandato(nombre="Aún no decide")
    Mandato.objects.filter(nombre="Aún no decide").update(nombre="Con su nombre bien escrito")


def test_the_form_takes_an_address_and_shows_nobody_elses(client):
    ajena, persona = UserFactory(), UserFactory()
    client.force_login(UserFactory(secretaria=True))
    crear = "/admin/participacion/foro/create/"
    assert ajena.email not in client.get(crear).content.decode()
    datos = {"organizacion": InstitucionFactory().pk, "sector": "gobierno", "nombre": "Ana Soto"}
    datos |= {"desde": "2026-03-01", "hasta": "", "cargo": "", "acto": ""}
    falla = client.post(crear, datos | {"cuenta": "nadie@ejemplo.cl"}).content.decode()
    assert "No hay una cuenta activa con esa dirección" in falla
    assert 'value="nadie@ejemplo.cl"' in falla
    client.post(crear, datos | {"cuenta": f" {persona.email.upper()}"})
    suyo = Mandato.objects.get()
    assert suyo.cuenta == persona
    editar = f"/admin/participacion/foro/edit/{suyo.pk}/"
    assert f'value="{persona.email}"' in client.get(editar).content.decode()
    client.post(editar, datos | {"cuenta": str(persona.pk), "nombre": "Ana Soto Vera"})
    suyo.refresh_from_db()
    assert suyo.nombre == "Ana Soto Vera"
