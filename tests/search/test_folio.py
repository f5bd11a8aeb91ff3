"""A folio in the search box, and which results come first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comun import buscador
from comun.buscador import Tipo
from search.busqueda import buscar
from search.pedido import leer
from search.pregunta import FECHA, Pregunta
from tests.factories.aportes import aporte
from tests.factories.paginas import EventoFactory, NoticiaFactory

pytestmark = pytest.mark.django_db


def test_a_whole_folio_leads_straight_to_its_contribution(client):
    este = aporte()
    for escrito in (este.folio, este.folio.lower(), f" {este.folio} "):
        respuesta = client.get("/buscar/", {"q": escrito})
        assert (respuesta.status_code, respuesta.url) == (302, este.get_absolute_url())
    for otro in ("ZZZ-0001", f"{este.folio} agua", f"{este.folio}9", ""):
        assert client.get("/buscar/", {"q": otro}).status_code == 200


def test_a_folio_that_may_not_be_read_is_only_searched(client):
    este = aporte()
    type(este.consulta).objects.filter(pk=este.consulta_id).update(publicada=False)
    assert client.get("/buscar/", {"q": este.folio}).status_code == 200


def test_by_date_what_is_to_come_goes_after_what_happened():
    ahora = timezone.now()
    futuro = EventoFactory(
        title="Cuencas mañana", inicio=ahora + timedelta(days=3), fin=ahora + timedelta(days=4)
    )
    pasada = NoticiaFactory(title="Cuencas ayer", fecha=(ahora - timedelta(days=9)).date())
    reciente = NoticiaFactory(title="Cuencas hoy", fecha=(ahora - timedelta(days=1)).date())
    buscador.proyectar([futuro, pasada, reciente])
    respuesta = buscar(Pregunta(leer("cuencas"), orden=FECHA))
    assert [r.titulo for r in respuesta.resultados] == [
        "Cuencas hoy", "Cuencas ayer", "Cuencas mañana",
    ]  # fmt: skip


def test_a_text_with_the_word_goes_before_one_that_only_has_it_in_a_name():
    con_nombre = EventoFactory(title="Reunión", organiza="Dirección de Glaciares")
    con_palabra = NoticiaFactory(title="Nota", resumen="Se miden los glaciares del sur.")
    buscador.proyectar([con_nombre, con_palabra])
    respuesta = buscar(Pregunta(leer("glaciares")))
    assert [r.titulo for r in respuesta.resultados] == ["Nota", "Reunión"]


def test_an_activity_has_one_name():
    assert Tipo.EVENTO.label == "Actividad"
