"""The public ledger: figures that open their rows, as pages and as files."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.respuestas.cifras.cortes import TITULOS
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, TemaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def abierta(**campos):
    ahora = timezone.now()
    etapa = EtapaFactory(
        tipo="recepcion", inicio=ahora - timedelta(days=9), fin=ahora + timedelta(days=9)
    )
    return ConsultaFactory(
        propuestas=True,
        etapa=etapa,
        responder_antes_de=(ahora + timedelta(days=20)).date(),
        **campos,
    )


@pytest.fixture
def consulta():
    """Six received: three answered (two with the same words), three pending."""
    consulta, ahora = abierta(), timezone.now()
    tema = TemaFactory(slug="agua", nombre="Agua & ríos")
    filas = [
        aporte(consulta=consulta, ahora=ahora - timedelta(hours=i),
               dice=contenido_de_propuesta(tema=tema, titulo=f"Propuesta {i}"))
        for i in range(6)
    ]  # fmt: skip
    for fila in filas[:2]:
        responder(fila, razon="Gracias.", ahora=ahora)
    responder(filas[2], razon="Otra cosa.", ahora=ahora)
    return consulta


def leer(client, pagina):
    respuesta = client.get(pagina)
    assert respuesta.status_code == 200, pagina
    return respuesta.content.decode()


def tabla(client, archivo):
    respuesta = client.get(archivo)
    assert respuesta.status_code == 200 and respuesta["Content-Type"].startswith("text/csv")
    crudo = b"".join(respuesta) if respuesta.streaming else respuesta.content
    return list(csv.DictReader(io.StringIO(crudo.decode("utf-8-sig"))))


def test_an_empty_site_says_so(client):
    assert "Todavía no hay aportes" in leer(client, "/libro/")
    assert "Todavía no hay aportes" in leer(client, "/libro/aportes/")
    assert tabla(client, "/libro/aportes.csv") == [] == tabla(client, "/libro/tema.csv")


def test_the_line_stands_on_the_site_and_on_each_consultation(client, consulta):
    otra = abierta()
    responder(aporte(consulta=otra, ahora=timezone.now()), ahora=timezone.now(), razon="Sola.")
    assert "4 de 7 respondidos · 3 pendientes · mediana 0 días" in leer(client, "/libro/")
    texto = leer(client, f"/consultas/{consulta.slug}/libro/")
    assert "3 de 6 respondidos · 3 pendientes" in texto
    assert "Texto idéntico en 66,7\xa0% de las respuestas" in texto
    assert "1 de 1 respondido" in leer(client, f"/consultas/{otra.slug}/libro/")


@pytest.mark.parametrize("base", ["/libro/", "/consultas/{slug}/libro/"])
def test_every_figure_opens_exactly_its_rows(client, consulta, base):
    pagina = leer(client, base.format(slug=consulta.slug))
    enlaces = re.findall(r'<td class="num"><a href="([^"]+)">([\d.,]+)(\xa0%)?<', pagina)
    assert len(enlaces) > 20
    for url, cifra, porcentaje in enlaces:
        if porcentaje:
            continue
        lista = leer(client, unescape(url))
        n = int(re.search(r'role="status">(\d+) aporte', lista)[1])
        assert n == int(cifra), url


def test_every_cut_is_a_drawing_a_table_and_a_file(client, consulta):
    pagina = leer(client, "/libro/")
    for corte, titulo in TITULOS.items():
        assert f'<title id="grafico-{corte}-titulo">{titulo}</title>' in pagina
        assert f'href="/libro/{corte}.csv"' in pagina
        filas = tabla(client, f"/libro/{corte}.csv")
        assert sum(int(f["recibidos"]) for f in filas) == 6
        assert sum(int(f["respondidos"]) for f in filas) == 3
    assert "style=" not in pagina and "<style" not in pagina


def test_the_file_of_the_rows_has_each_of_them(client, consulta):
    filas = tabla(client, f"/consultas/{consulta.slug}/libro/aportes.csv?texto=identico")
    assert len(filas) == 2
    assert {f["texto de la respuesta"] for f in filas} == {"idéntico"}
    assert filas[0]["tema"] == "Agua & ríos" and filas[0]["a tiempo"] == "sí"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", filas[0]["recibido"])
    todas = tabla(client, "/libro/aportes.csv")
    assert len(todas) == 6 and {f["estado"] for f in todas} == {"respondido", "pendiente"}


def test_filters_combine_and_can_be_taken_off(client, consulta):
    pagina = leer(client, "/libro/?tema=agua&region=08")
    assert "3 de 6 respondidos" in pagina and "Quitar filtro: </span>Agua &amp; ríos" in pagina
    assert "Nada con esos filtros" in leer(client, "/libro/?tema=agua&region=13")
    assert "Nada con esos filtros" in leer(client, "/libro/aportes/?estado=vencido")
    assert "3 de 6 respondidos" in leer(client, "/libro/?region=zz&mes=hoy&institucion=-1")


def test_what_is_not_there_is_a_404(client, consulta):
    for pagina in ("/libro/clima.csv", "/consultas/no/libro/", "/consultas/no/libro/tema.csv"):
        assert client.get(pagina).status_code == 404
    type(consulta).objects.update(publicada=False)
    assert client.get(f"/consultas/{consulta.slug}/libro/").status_code == 404


@pytest.mark.parametrize("ruta", ["/libro/", "/api/v2/libro/"])
def test_the_rows_are_counted_once_for_all_until_something_is_written(consulta, ruta):
    con_cuenta = Client()
    con_cuenta.force_login(UserFactory())

    def cuenta(cliente):
        with CaptureQueriesContext(connection) as captura:
            dicho = cliente.get(ruta).content.decode()
        return sum("celda AS" in c["sql"] for c in captura), dicho

    veces, antes = cuenta(Client())
    assert veces == 1
    assert [cuenta(c)[0] for c in (Client(), con_cuenta)] == [0, 0]
    ahora = timezone.now()
    otra = aporte(consulta=consulta, dice=contenido_de_propuesta(titulo="Otra"), ahora=ahora)
    responder(otra, ahora=ahora)
    veces, luego = cuenta(con_cuenta)
    assert veces == 1 and luego != antes
    assert cuenta(Client())[0] == 0


@pytest.mark.parametrize(
    "ruta", ["/libro/", "/libro/aportes/", "/libro/aportes.csv", "/libro/tema.csv"]
)
def test_the_queries_do_not_grow_with_the_rows(client, consulta, ruta):
    def cuesta():
        cache.clear()  # as it is for the first who comes after something was written
        with CaptureQueriesContext(connection) as captura:
            respuesta = client.get(ruta)
            list(respuesta) if respuesta.streaming else respuesta.content
        return len(captura)

    cuesta()
    antes, ahora = cuesta(), timezone.now()
    for i in range(14):
        uno = aporte(
            consulta=consulta, ahora=ahora,
            dice=contenido_de_propuesta(tema=TemaFactory(slug=f"t{i}"), titulo=f"Otra {i}"),
        )  # fmt: skip
        responder(uno, razon=f"Razón {i}", ahora=ahora, por=UserFactory(oficial=True))
    assert cuesta() == antes <= 12


def test_it_is_found_from_the_pages_where_one_looks_for_it(client, consulta):
    for pagina in (consulta.get_absolute_url(), consulta.etapa.proceso.get_absolute_url()):
        assert f"/consultas/{consulta.slug}/libro/" in leer(client, pagina)
    assert 'href="/libro/"' in leer(client, "/consultas/")


def test_names_are_shown_as_text(client, consulta):
    tema = TemaFactory(slug="x", nombre="<b>Malo</b>")
    aporte(
        consulta=consulta, ahora=timezone.now(),
        dice=contenido_de_propuesta(tema=tema, titulo="Una más"),
    )  # fmt: skip
    pagina = leer(client, "/libro/")
    assert "<b>Malo" not in pagina and "&lt;b&gt;Malo" in pagina
