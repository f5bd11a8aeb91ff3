from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Page, Site

from portal.models import InicioPage
from tests.factories.paginas import PaginaEstandarFactory

pytestmark = pytest.mark.django_db
FIJAS = [
    "/", "/noticias/", "/agenda/", "/biblioteca/", "/como-funciona/", "/accesibilidad/",
    "/privacidad/", "/contacto/",
]  # fmt: skip


@pytest.mark.parametrize("ruta", FIJAS)
def test_first_pages_open_and_are_in_spanish(client, ruta):
    respuesta = client.get(ruta)
    assert respuesta.status_code == 200
    assert '<html lang="es-CL">' in respuesta.content.decode()


def test_tree_is_sound_and_the_welcome_page_is_gone():
    assert Page.find_problems() == ([], [], [], [], [])
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get(is_default_site=True).root_page.specific == InicioPage.objects.get()


def test_planting_again_changes_nothing():
    antes = list(Page.objects.order_by("path").values_list("path", "title", "url_path"))
    import_module("portal.migrations.0002_arbol_inicial").sembrar(apps, None)
    assert list(Page.objects.order_by("path").values_list("path", "title", "url_path")) == antes


def test_planted_pages_can_be_edited_and_take_children(client):
    padre = Page.objects.get(slug="privacidad").specific
    hija = PaginaEstandarFactory(padre=padre, title="Versión anterior")
    padre.title = "Privacidad y datos"
    padre.save_revision().publish()
    assert client.get(hija.url).status_code == 200
    assert "Privacidad y datos" in client.get("/privacidad/").content.decode()


def test_unpublished_standard_page_is_not_found_and_leaves_the_breadcrumbs(client):
    padre = Page.objects.get(slug="privacidad").specific
    hija = PaginaEstandarFactory(padre=padre, title="Anexo")
    padre.unpublish()
    assert client.get("/privacidad/").status_code == 404
    migas = client.get(hija.url).context["migas"]
    assert [m["titulo"] for m in migas] == ["Portada", "Anexo"]
