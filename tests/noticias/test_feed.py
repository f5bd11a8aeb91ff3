from xml.etree import ElementTree

import pytest

from tests.factories.paginas import NoticiaFactory
from tests.noticias.test_noticias import consultas_de

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entradas(client, ruta="/noticias/feed/"):
    respuesta = client.get(ruta)
    assert respuesta["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(respuesta.content).findall(f"{ATOM}entry")


def test_feed_has_what_an_entry_needs(client, settings):
    settings.DIRECCION_BASE = "https://portal.example"
    noticia = NoticiaFactory(
        title="A & B <c>", slug="a-b", unidad="Red OSC", con_etiquetas=["Plan 7"]
    )
    [entrada] = entradas(client)
    assert entrada.findtext(f"{ATOM}title") == "A & B <c>"
    assert entrada.findtext(f"{ATOM}id") == f"urn:uuid:{noticia.translation_key}"
    assert entrada.find(f"{ATOM}link").get("href") == "https://portal.example/noticias/a-b/"
    assert entrada.findtext(f"{ATOM}author/{ATOM}name") == "Red OSC"
    assert entrada.find(f"{ATOM}category").get("term") == "Plan 7"
    assert entrada.findtext(f"{ATOM}published").startswith("2026-11-09T")
    assert entrada.findtext(f"{ATOM}updated")


def test_feed_leaves_out_what_is_not_public(client):
    NoticiaFactory(borrador=True)
    NoticiaFactory(privada=True)
    NoticiaFactory(retirado_motivo="Error.")
    assert entradas(client) == []


def test_feed_costs_the_same_with_one_and_with_twenty_five(client):
    NoticiaFactory(con_etiquetas=["Plan 7"])
    una = consultas_de(client, "/noticias/feed/")
    for i in range(24):
        NoticiaFactory(con_etiquetas=[f"E{i}"])
    assert consultas_de(client, "/noticias/feed/") == una
