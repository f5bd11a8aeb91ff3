"""«Aportes y respuestas»: what it shows, finds, costs and exports."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.asignar import asignar_aporte
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LISTA = "/admin/participacion/aportes/"


@pytest.fixture
def secretaria(db):
    return UserFactory(secretaria=True)


def folios(respuesta):
    assert respuesta.status_code == 200
    return {fila.folio for fila in respuesta.context["object_list"]}


def test_an_official_starts_with_what_their_institution_must_answer(como, oficial, consulta):
    ahora = timezone.now()
    suyo, libre, ajeno, hecho = (aporte(consulta=consulta, ahora=ahora) for _ in range(4))
    asignar_aporte(aporte=suyo, institucion=oficial.institucion, por=oficial)
    otra = UserFactory(oficial=True)
    asignar_aporte(aporte=ajeno, institucion=otra.institucion, por=otra)
    responder(hecho, por=oficial, ahora=ahora)
    cliente = como(oficial)
    assert folios(cliente.get(LISTA)) == {suyo.folio}
    assert folios(cliente.get(LISTA, {"a_cargo": "sin_asignar"})) == {libre.folio}
    assert folios(cliente.get(LISTA, {"a_cargo": "posibles", "estado": "pendiente"})) == {
        suyo.folio,
        libre.folio,
    }
    todo = {suyo.folio, libre.folio, ajeno.folio, hecho.folio}
    assert folios(cliente.get(LISTA, {"estado": "", "a_cargo": ""})) == todo


def test_the_secretariat_starts_with_everything(como, secretaria, pendiente, consulta):
    responder(aporte(consulta=consulta, ahora=timezone.now()), ahora=timezone.now())
    assert len(folios(como(secretaria).get(LISTA))) == 2


@pytest.mark.parametrize("estado", ["pendiente", "vencido", "respondido", "removido", "no_exige"])
def test_each_state_finds_its_rows(como, secretaria, consulta, estado):
    ahora = timezone.now()
    vencido, respondido, removido = (aporte(consulta=consulta, ahora=ahora) for _ in range(3))
    Aporte.objects.filter(pk=vencido.pk).update(vence_el=(ahora - timedelta(days=3)).date())
    responder(respondido, ahora=ahora)
    remover_aporte(aporte=removido, por=UserFactory(moderador=True), causa="odio", motivo="Insulta")
    voz = aporte(padre=vencido, por=UserFactory(oficial=True), institucional=True, ahora=ahora)
    esperado = {
        "pendiente": vencido,
        "vencido": vencido,
        "respondido": respondido,
        "removido": removido,
        "no_exige": voz,
    }
    assert folios(como(secretaria).get(LISTA, {"estado": estado})) == {esperado[estado].folio}


def test_search_finds_by_folio_and_by_words(como, secretaria, consulta):
    ahora = timezone.now()
    uno = aporte(consulta=consulta, dice=contenido("Faltan las escuelas rurales"), ahora=ahora)
    dos = aporte(consulta=consulta, dice=contenido("Faltan los hospitales"), ahora=ahora)
    cliente = como(secretaria)
    assert folios(cliente.get(LISTA, {"q": uno.folio.lower()})) == {uno.folio}
    assert folios(cliente.get(LISTA, {"q": "rurales faltan"})) == {uno.folio}
    assert folios(cliente.get(LISTA, {"q": "Faltan"})) == {uno.folio, dos.folio}
    assert folios(cliente.get(LISTA, {"q": "bibliotecas"})) == set()


@pytest.mark.parametrize(
    "pedido",
    [
        "?estado=otro&consulta=abc&institucion=-1&tipo=%00&region=zz",
        "?autoria__cuenta__password__startswith=a",
        "?p=99999",
        "?p=abc",
        "?o=99.x.-",
        "?q=%00%ff",
        "?export=xlsx",
        "?q=" + "a%20" * 300,
    ],
)
def test_addresses_made_by_hand_never_break_it(como, secretaria, pendiente, pedido):
    assert como(secretaria).get(LISTA + pedido).status_code == 200


def test_private_data_cannot_be_asked_for_in_the_address(como, secretaria, pendiente):
    pedido = {"autoria__cuenta__email": "nadie@pruebas.example"}
    assert folios(como(secretaria).get(LISTA, pedido)) == {pendiente.folio}


def test_the_number_of_queries_does_not_grow_with_the_list(como, secretaria, consulta):
    cliente, ahora = como(secretaria), timezone.now()

    def cuantas():
        cliente.get(LISTA)
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert cliente.get(LISTA).status_code == 200
        return len(consultas)

    aporte(consulta=consulta, ahora=ahora)
    con_uno = cuantas()
    for i in range(12):
        fila = aporte(consulta=consulta, ahora=ahora)
        if i % 3 == 0:
            responder(fila, ahora=ahora)
        elif i % 3 == 1:
            asignar_aporte(
                aporte=fila, institucion=UserFactory(oficial=True).institucion, por=secretaria
            )
    assert cuantas() == con_uno


def test_the_page_of_a_contribution_costs_the_same_with_a_long_thread(como, secretaria, pendiente):
    cliente = como(secretaria)
    ruta = reverse("participacion_aportes_modeladmin_inspect", args=[pendiente.pk])

    def cuantas():
        cliente.get(ruta)
        with CaptureQueriesContext(connection) as consultas:
            cliente.get(ruta)
        return len(consultas)

    aporte(padre=pendiente, ahora=timezone.now())
    con_una = cuantas()
    for _ in range(6):
        aporte(padre=pendiente, ahora=timezone.now())
    assert cuantas() == con_una


def test_the_spreadsheet_runs_nothing_and_names_nobody(como, secretaria, consulta):
    autor = UserFactory(email="secreta@pruebas.example", nombre_publico="=HYPERLINK(1)")
    for texto in ("=1+1", "+56 9", "@SUM(A1)", "-2", "  =espacio", "normal, con «coma»\ny salto"):
        aporte(consulta=consulta, por=autor, dice=contenido(texto), ahora=timezone.now())
    respuesta = como(secretaria).get(LISTA, {"export": "csv"})
    crudo = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    filas = list(csv.DictReader(io.StringIO(crudo)))
    assert len(filas) == 6 and "secreta@" not in crudo
    assert {celda[:1] for fila in filas for celda in fila.values()}.isdisjoint(set("=+-@"))
    assert filas[0]["Estado"] == "Sin asignar"


def test_the_spreadsheet_is_of_what_is_filtered(como, secretaria, pendiente, consulta):
    responder(aporte(consulta=consulta, ahora=timezone.now()), ahora=timezone.now())
    respuesta = como(secretaria).get(LISTA, {"export": "csv", "estado": "respondido"})
    crudo = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(crudo)))) == 1


def test_assigning_puts_it_in_hands_and_keeps_what_was_chosen_when_it_fails(
    como, oficial, pendiente, secretaria
):
    ruta = reverse("asignar_aporte", args=[pendiente.pk])
    ajena = UserFactory(oficial=True)
    cliente = como(secretaria)
    mal = {"institucion": oficial.institucion.pk, "responsable": ajena.pk}
    respuesta = cliente.post(ruta, mal)
    assert "responsable" in respuesta.context["form"].errors
    cliente.post(ruta, mal | {"responsable": oficial.pk})
    pendiente.refresh_from_db()
    assert (pendiente.institucion, pendiente.responsable) == (oficial.institucion, oficial)


@pytest.mark.parametrize("causa", ["", "porque si", "\u202e"])
def test_removing_needs_a_cause_of_the_public_list(como, pendiente, causa):
    ruta = reverse("remover_aporte", args=[pendiente.pk])
    respuesta = como(UserFactory(moderador=True)).post(ruta, {"causa": causa, "motivo": "x"})
    assert "causa" in respuesta.context["form"].errors
    pendiente.refresh_from_db()
    assert pendiente.es_visible


def test_the_page_to_remove_asks_for_all_that_it_needs(como, pendiente):
    pagina = como(UserFactory(moderador=True)).get(reverse("remover_aporte", args=[pendiente.pk]))
    html = pagina.content.decode()
    for campo in pagina.context["form"]:
        assert f'name="{campo.html_name}"' in html


def test_removing_leaves_a_tombstone_and_twice_is_a_clear_message(como, pendiente):
    ruta = reverse("remover_aporte", args=[pendiente.pk])
    cliente = como(UserFactory(moderador=True))
    cliente.post(ruta, {"causa": "datos_personales", "motivo": "Datos personales de otra persona"})
    pendiente.refresh_from_db()
    assert (pendiente.situacion, pendiente.motivo) == (
        "removido",
        "Datos personales de otra persona",
    )
    assert "ya no está publicado" in cliente.post(ruta, {"causa": "odio"}).content.decode()
