"""The page of the most contested answers, its file, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.models import Respuesta
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def discutida(consulta):
    uno = aporte(consulta=consulta)
    responder(uno)
    opinar(
        aporte=uno, responde="no", version=1, por=uno.autoria.cuenta,
        ahora=AHORA + timedelta(hours=1),
    )  # fmt: skip
    return uno


def test_it_shows_the_formula_the_figures_and_the_rows_at_a_constant_cost(client):
    consulta = ConsultaFactory()
    uno = discutida(consulta)
    rutas = [
        reverse("paginas:mas_discutidas"),
        reverse("paginas:mas_discutidas_de", args=[consulta.slug]),
    ]
    costos = []
    for _ in range(2):
        for ruta in rutas:
            with CaptureQueriesContext(connection) as consultas:
                pagina = client.get(ruta).content.decode()
            costos.append(len(consultas))
            assert uno.folio in pagina and "Cómo se ordenan" in pagina and "3 puntos" in pagina
        for _ in range(4):
            discutida(consulta)
    assert costos[:2] == costos[2:]
    api = client.get(reverse("api:mas_discutidas"), {"consulta": consulta.slug}).json()
    assert uno.folio in {f["folio"] for f in api["resultados"]}
    assert client.get(reverse("api:opiniones")).json()["total"]["no"] == 9


def test_the_file_has_the_rows_of_the_page_and_bad_filters_are_ignored(client):
    uno = discutida(ConsultaFactory())
    ruta = reverse("paginas:mas_discutidas_csv")
    texto = b"".join(client.get(ruta, {"responde": "no"}).streaming_content).decode("utf-8-sig")
    assert uno.folio in texto and len(texto.splitlines()) == 2
    texto = b"".join(client.get(ruta, {"revision": "abierta"}).streaming_content).decode()
    assert uno.folio not in texto
    malos = {"institucion": "x" * 99, "pagina": "-9", "responde": "\0", "consulta": "nada"}
    assert client.get(reverse("paginas:mas_discutidas"), malos).status_code == 200
    assert client.get(reverse("paginas:mas_discutidas_de", args=["nada"])).status_code == 404


def test_only_who_published_an_answer_is_offered_and_once(client):
    consulta = ConsultaFactory(titulo="Con respuestas")
    for _ in range(3):
        discutida(consulta)
    ahora, otra = AHORA, ConsultaFactory(titulo="Solo borradores")
    escribe = InstitucionFactory(nombre="Todavía redacta")
    Respuesta.objects.create(
        consulta=otra, institucion=escribe, creada_en=ahora, modificada_en=ahora
    )
    pagina = client.get(reverse("paginas:mas_discutidas"))
    textos = [o.texto for f in pagina.context["facetas"] for o in f.opciones]
    assert textos.count("Con respuestas") == 1
    assert not {"Solo borradores", "Todavía redacta"} & set(textos)


def test_with_nothing_contested_it_says_so(client):
    pagina = client.get(reverse("paginas:mas_discutidas")).content.decode()
    assert "Ninguna respuesta está en discusión" in pagina
