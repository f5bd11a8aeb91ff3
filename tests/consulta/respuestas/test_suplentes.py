"""What a substitute sees and may do in the queue, and that it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.permissions import puede_responder
from cuentas.flows.suplencias import crear_suplencia, terminar_suplencia
from cuentas.models import User
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LISTA = "/admin/participacion/aportes/"


@pytest.fixture
def suyo(consulta, oficial):
    fila = aporte(consulta=consulta, ahora=timezone.now())
    return asignar_aporte(
        aporte=fila, institucion=oficial.institucion, responsable=oficial, por=oficial
    )


def suplir(titular, suplente):
    hoy = dia_de(timezone.now())
    return crear_suplencia(
        titular=titular,
        suplente=suplente,
        desde=hoy,
        hasta=hoy + timedelta(days=3),
        por=UserFactory(secretaria=True),
    )


def releer(cuenta):
    return User.objects.get(pk=cuenta.pk)


def test_mine_includes_what_the_absent_person_has_and_says_so(como, oficial, suyo):
    suplente = UserFactory(oficial=True, institucion=oficial.institucion)
    suplir(oficial, suplente)
    pagina = como(suplente).get(LISTA)
    assert [f.pk for f in pagina.context["object_list"]] == [suyo.pk]
    assert f"en suplencia de {oficial.nombre_interno}" in pagina.content.decode()


def test_a_substitute_from_elsewhere_answers_for_them_and_stops_when_it_ends(oficial, suyo):
    suplente = UserFactory(oficial=True)
    assert not puede_responder(suplente, suyo, oficial.institucion)
    fila = suplir(oficial, suplente)
    suplente = releer(suplente)
    assert puede_responder(suplente, suyo, oficial.institucion)
    terminar_suplencia(suplencia=fila, por=oficial)
    assert not puede_responder(releer(suplente), suyo, oficial.institucion)


def test_it_gives_nothing_of_other_institutions_nor_of_who_is_no_official(oficial, suyo):
    suplente = UserFactory(oficial=True)
    suplir(UserFactory(moderador=True), suplente)
    suplente = releer(suplente)
    assert not puede_responder(suplente, suyo, oficial.institucion)
    ajena = UserFactory(oficial=True)
    assert not puede_responder(suplente, suyo, ajena.institucion)


def test_the_answer_is_of_the_institution_of_the_absent_person(como, oficial, suyo, datos):
    suplente = UserFactory(oficial=True)
    suplir(oficial, suplente)
    ruta = reverse("responder_aporte", args=[suyo.pk])
    respuesta = como(suplente).post(ruta, datos | {"version_leida": "1"})
    assert respuesta.status_code == 302
    suyo.refresh_from_db()
    assert suyo.esta_respondido and suyo.institucion == oficial.institucion


def test_answering_after_it_ended_is_refused(como, oficial, suyo, datos):
    suplente = UserFactory(oficial=True)
    fila = suplir(oficial, suplente)
    ruta = reverse("responder_aporte", args=[suyo.pk])
    assert como(suplente).get(ruta).status_code == 200
    terminar_suplencia(suplencia=fila, por=oficial)
    assert como(suplente).post(ruta, datos | {"version_leida": "1"}).status_code == 403
    suyo.refresh_from_db()
    assert not suyo.esta_respondido


def test_the_page_names_a_substitute_and_ends_it(como, oficial):
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    ajena = UserFactory(oficial=True)
    hoy = dia_de(timezone.now())
    ruta = reverse("suplencias")
    datos = {"suplente": ajena.pk, "desde": str(hoy), "hasta": str(hoy)}
    assert como(oficial).post(ruta, datos).status_code == 422
    assert como(oficial).post(ruta, datos | {"suplente": colega.pk}).status_code == 302
    fila = oficial.suplencias.get()
    assert colega.nombre_interno in como(oficial).get(ruta).content.decode()
    terminar = reverse("terminar_suplencia", args=[fila.pk])
    como(ajena).post(terminar)
    fila.refresh_from_db()
    assert fila.terminada_en is None
    como(oficial).post(terminar)
    fila.refresh_from_db()
    assert fila.terminada_en is not None


def test_without_a_substitution_nothing_costs_more(oficial, suyo, django_assert_num_queries):
    cuenta = releer(oficial)
    cuenta.roles  # noqa: B018
    fila = Aporte.objects.select_related("autoria").get(pk=suyo.pk)
    with django_assert_num_queries(0):
        assert puede_responder(cuenta, fila, oficial.institucion)


def test_numbers_of_the_first_screen_include_what_is_in_substitution(como, oficial, suyo):
    suplente = UserFactory(oficial=True, institucion=oficial.institucion)
    suplir(oficial, suplente)
    responder(
        aporte(consulta=suyo.consulta, ahora=timezone.now()), por=oficial, ahora=timezone.now()
    )
    pagina = como(suplente).get(reverse("wagtailadmin_home")).content.decode()
    assert "<b>1</b> a mi nombre" in pagina and f"{oficial.nombre_interno}, en suplencia" in pagina
    numeros = FiltrosDeCola({"a_cargo": "mios"}, releer(suplente))
    assert numeros.aplicar(Aporte.objects.all()).count() == 1
