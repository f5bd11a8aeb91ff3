from xml.etree import ElementTree

import pytest

from comun.templatetags.datos import json_ld
from portal.contexto import navegacion
from tests.factories.aportes import aporte
from tests.factories.paginas import NoticiaFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def direcciones(client, seccion):
    respuesta = client.get(f"/sitemap-{seccion}.xml")
    assert respuesta.status_code == 200
    raiz = ElementTree.fromstring(respuesta.content)
    return [nodo.text for nodo in raiz.iter(f"{NS}loc")]


def test_robots_points_to_the_sitemap_and_away_from_what_is_private(client, settings):
    settings.DIRECCION_BASE = "https://portal.example"
    texto = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://portal.example/sitemap.xml" in texto
    assert "Disallow: /admin/" in texto


def test_sitemap_lists_public_pages_on_the_public_address(client, settings):
    settings.DIRECCION_BASE = "https://portal.example"
    NoticiaFactory(slug="si")
    NoticiaFactory(slug="borrador", borrador=True)
    NoticiaFactory(slug="privada", privada=True)
    paginas = direcciones(client, "paginas")
    assert "https://portal.example/" in paginas
    assert "https://portal.example/noticias/si/" in paginas
    assert not any("borrador" in p or "privada" in p for p in paginas)


def test_sitemap_index_names_every_section(client):
    respuesta = client.get("/sitemap.xml")
    for seccion in ("paginas", "procesos", "consultas", "planes", "compromisos", "aportes"):
        assert f"/sitemap-{seccion}.xml" in respuesta.content.decode()
        assert direcciones(client, seccion) is not None


def test_sitemap_leaves_out_consultations_not_announced(client):
    publica = aporte(consulta=ConsultaFactory())
    ConsultaFactory(slug="secreta", publicada=False)
    assert [d.rpartition("/aportes/")[2] for d in direcciones(client, "aportes")] == [
        f"{publica.folio}/"
    ]
    assert not any("secreta" in d for d in direcciones(client, "consultas"))


@pytest.mark.parametrize("consulta", ["?p=0", "?p=x", "?p=99"])
def test_sitemap_page_that_does_not_exist_is_not_found(client, consulta):
    assert client.get(f"/sitemap-paginas.xml{consulta}").status_code == 404


def test_data_for_machines_escapes_what_could_leave_them():
    texto = json_ld({"name": "</script><script>alert(1)</script>&"})
    assert texto.count("<") == 2
    assert "\\u003C/script\\u003E" in texto
    assert json_ld(None) == ""


def test_menu_marks_the_section_one_is_in_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        menu = navegacion("/noticias/una/")
    assert [m["titulo"] for m in menu if m["activo"]] == ["Noticias"]
