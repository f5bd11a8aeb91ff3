"""The list of proposals: filters, orders, counts, map and sheet tell the same rows."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consulta.aportes.models import Aporte
from consulta.paginas.filtro_propuestas import ORDENES
from consulta.respuestas.enums import Resultado
from tests.consulta.paginas.conftest import aporte
from tests.factories.aportes import PROPUESTA, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import TemaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(propuestas):
    return reverse("paginas:propuestas", args=[propuestas.slug])


def propuesta(consulta, titulo, por=None, **campos):
    return aporte(
        consulta=consulta,
        por=por or UserFactory(),
        dice=contenido_de_propuesta(titulo=titulo, **campos),
    )


@pytest.fixture
def varias(propuestas):
    agua = TemaFactory(nombre="Agua", slug="agua")
    return {
        "norte": propuesta(propuestas, "Agua del norte", tema=agua, region="15"),
        "pais": propuesta(propuestas, "Participación de niñas", region="", tipo_autor="osc"),
        "sur": propuesta(
            propuestas,
            "Caminos del sur",
            region="12",
            campos=PROPUESTA | {"valores": ["innovacion"]},
        ),
    }


def folios(url, **filtro):
    respuesta = Client().get(url, filtro)
    assert respuesta.status_code == 200
    return [f.folio for f in respuesta.context["filas"]]


@pytest.mark.parametrize(
    ("filtro", "cuales"),
    [
        ({}, ["sur", "pais", "norte"]),
        ({"tema": "agua"}, ["norte"]),
        ({"region": "12"}, ["sur"]),
        ({"region": "nacional"}, ["pais"]),
        ({"valor": "innovacion"}, ["sur"]),
        ({"valor": "transparencia", "region": "15"}, ["norte"]),
        ({"tipo_autor": "osc"}, ["pais"]),
        ({"q": "participacion nina"}, ["pais"]),
        ({"q": "camino"}, ["sur"]),
        ({"q": "nadie dijo esto"}, []),
        ({"adjuntos": "si"}, []),
        (
            {"region": "99", "valor": "x", "estado": "'; --", "orden": "\x00"},
            ["sur", "pais", "norte"],
        ),
        ({"orden": "antiguos"}, ["norte", "pais", "sur"]),
    ],
)
def test_each_filter_leaves_its_rows(varias, url, filtro, cuales):
    assert folios(url, **filtro) == [varias[c].folio for c in cuales]


def test_orders_by_support_conversation_and_waiting(varias, url):
    Aporte.objects.filter(pk=varias["norte"].pk).update(apoyos=7)
    aporte(padre=varias["pais"])
    responder(varias["sur"])
    assert folios(url, orden="apoyos")[0] == varias["norte"].folio
    assert folios(url, orden="comentarios")[0] == varias["pais"].folio
    assert folios(url, orden="sin_respuesta")[-1] == varias["sur"].folio


def test_the_outcome_is_that_of_the_current_answer(varias, url):
    responder(varias["sur"], resultado=Resultado.NO_INCORPORADA)
    assert folios(url, resultado="no_incorporada") == [varias["sur"].folio]
    assert folios(url, estado="respondido") == [varias["sur"].folio]
    assert folios(url, resultado="incorporada") == []


def test_a_count_says_how_many_its_choice_would_leave(varias, url):
    pagina = Client().get(url, {"tema": "agua"})
    opciones = {
        (f.nombre, o.valor): o.cuenta
        for f in pagina.context["facetas"]
        for o in f.opciones
        if o.valor
    }
    assert opciones[("tema", "agua")] == 1
    assert opciones[("region", "15")] == 1
    assert ("region", "12") not in opciones
    for (nombre, valor), cuenta in opciones.items():
        assert len(folios(url, **{"tema": "agua", nombre: valor})) == cuenta


def test_a_count_of_all_contributions_says_how_many_its_choice_would_leave(varias, propuestas):
    responder(varias["sur"])
    aporte(padre=varias["norte"])
    url = reverse("paginas:aportes", args=[propuestas.slug])
    for elegido in (
        {},
        {"estado": "pendiente"},
        {"tema": "agua"},
        {"region": "12", "orden": "antiguos"},
    ):
        pagina = Client().get(url, elegido)
        opciones = [
            (f.nombre, o.valor, o.cuenta)
            for f in pagina.context["facetas"]
            for o in f.opciones
            if o.valor
        ]
        assert opciones
        for nombre, valor, cuenta in opciones:
            visto = Client().get(url, {**elegido, nombre: valor}).context["page_obj"]
            assert visto.paginator.count == cuenta, (elegido, nombre, valor)


def test_the_map_counts_what_its_links_list(varias, propuestas):
    pagina = Client().get(reverse("paginas:mapa", args=[propuestas.slug]))
    mapa = pagina.context["mapa"]
    assert (len(mapa.teselas), mapa.total, mapa.nacional.n) == (16, 3, 1)
    for tesela in [*mapa.teselas, mapa.nacional]:
        assert len(folios(tesela.url)) == tesela.n
        assert tesela.nombre in pagina.content.decode().replace("&#x27;", "'")


def test_the_sheet_has_the_rows_of_the_list_and_no_formula(varias, propuestas):
    propuesta(propuestas, "=1+1")
    donde = reverse("paginas:planilla", args=[propuestas.slug])
    respuesta = Client().get(donde, {"orden": "antiguos"})
    filas = list(
        csv.DictReader(io.StringIO(b"".join(respuesta.streaming_content).decode("utf-8-sig")))
    )
    assert [f["folio"] for f in filas[:3]] == [varias[c].folio for c in ("norte", "pais", "sur")]
    assert filas[3]["título"] == "'=1+1"
    assert "@" not in str(filas)
    solo = Client().get(donde, {"region": "12"})
    assert b"".join(solo.streaming_content).count(b"\r\n") == 2


@pytest.mark.parametrize("nombre", ["propuestas", "mapa", "planilla"])
def test_it_costs_the_same_however_many_there_are(varias, propuestas, nombre):
    url = reverse(f"paginas:{nombre}", args=[propuestas.slug])
    filtro = {"q": "presupuesto", "valor": "transparencia", "orden": "apoyos"}

    def cuantas():
        with CaptureQueriesContext(connection) as hechas:
            respuesta = Client().get(url, filtro)
            b"".join(respuesta) if respuesta.streaming else respuesta.content
        return len(hechas)

    cuantas()
    pocas = cuantas()
    por = UserFactory()
    for i in range(30):
        propuesta(propuestas, f"Presupuesto {i}", por)
    assert cuantas() == pocas <= 22


@pytest.mark.parametrize("orden", ORDENES)
def test_every_order_is_whole_and_pages_do_not_repeat(propuestas, url, orden):
    por = UserFactory()
    for i in range(25):
        propuesta(propuestas, f"Propuesta {i}", por)
    vistas = folios(url, orden=orden) + folios(url, orden=orden, pagina="2")
    assert len(set(vistas)) == 25


def test_an_empty_list_says_what_to_do(propuestas, url):
    assert "La suya puede ser la primera" in Client().get(url).content.decode()
    propuesta(propuestas, "Una")
    assert "Quitar los filtros" in Client().get(url, {"region": "12"}).content.decode()


def test_each_row_says_how_many_support_it_and_lets_one_more(varias, url):
    quien = UserFactory()
    anonima = Client().get(url).content.decode()
    assert anonima.count("ingrese primero") == 3, "who is not signed in is led to it"
    cliente = Client()
    cliente.force_login(quien)
    html = cliente.get(f"{url}?orden=antiguos").content.decode()
    sur = varias["sur"]
    apoyar = reverse("paginas:apoyar", args=[sur.folio])
    assert html.count('form="acciones-hilo"') == 3 and f'formaction="{apoyar}"' in html
    vuelta = cliente.post(apoyar, {"accion": "apoyar", "siguiente": f"{url}?orden=antiguos"})
    assert vuelta.url == f"{url}?orden=antiguos#aporte-{sur.folio}"
    html = cliente.get(url).content.decode()
    assert f'id="aporte-{sur.folio}"' in html and html.count("quitar mi apoyo") == 1
    assert folios(url, orden="apoyos")[0] == sur.folio
    trozo = cliente.post(apoyar, {"accion": "quitar"}, headers={"HX-Request": "true"})
    assert "<b>0</b>" in trozo.content.decode() and "<html" not in trozo.content.decode()


def test_nobody_is_offered_to_support_their_own_nor_what_is_gone(propuestas, url):
    yo = UserFactory()
    propuesta(propuestas, "La mía", por=yo)
    retirada = propuesta(propuestas, "La retirada")
    Aporte.objects.filter(pk=retirada.pk).update(situacion="retirado", motivo="Ya no", apoyos=4)
    cliente = Client()
    cliente.force_login(yo)
    html = cliente.get(url).content.decode()
    assert "formaction=" not in html and "4</b> apoyos" not in html


def test_the_supports_of_a_page_take_one_query(varias, url, propuestas):
    cliente = Client()
    cliente.force_login(UserFactory())
    cliente.get(url)

    def consultas():
        with CaptureQueriesContext(connection) as hechas:
            cliente.get(url)
        return len(hechas)

    con_tres = consultas()
    for n in range(9):
        propuesta(propuestas, f"Otra idea {n}")
    assert consultas() == con_tres
