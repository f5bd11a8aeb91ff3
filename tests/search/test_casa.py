"""House rules of search: every model says how it is found, and the admin's own search holds."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from comun import buscador
from consulta.procesos.models import Tema
from search.checks import cada_modelo_declara_su_ficha
from search.models import Ficha
from tests.factories.cuentas import UserFactory
from tests.search.conftest import anotar


def test_every_model_with_an_address_declares_its_ficha(monkeypatch) -> None:
    assert cada_modelo_declara_su_ficha(None) == []
    monkeypatch.setattr(Tema, "get_absolute_url", lambda tema: "/", raising=False)
    assert [e.id for e in cada_modelo_declara_su_ficha(None)] == ["search.E001"]


def test_every_kind_has_a_source() -> None:
    assert {f.modelo._meta.label for f in buscador.fuentes()} >= {
        "procesos.Proceso", "procesos.Consulta", "procesos.Fragmento", "aportes.Aporte",
        "respuestas.Respuesta", "seguimiento.Plan", "seguimiento.Compromiso", "wagtailcore.Page",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("texto", ['"', '""', '"a b', 'a"b', "a OR", "(", "*", " ", "NOT a"])
def test_search_of_the_admin_survives_what_is_typed(texto: str, client: Client) -> None:
    client.force_login(UserFactory(administrador=True, is_superuser=True, is_staff=True))
    for direccion in ("/admin/pages/search/", "/admin/images/", "/admin/documents/"):
        assert client.get(direccion, {"q": texto}).status_code == 200
    list(Page.objects.search(texto))
    list(Page.objects.autocomplete(texto))
    list(get_image_model().objects.search(texto))


@pytest.mark.django_db
def test_pages_are_found_in_the_admin_and_rows_of_the_archive_never_enter_it(pagina) -> None:
    anotar("agua")
    call_command("update_index", verbosity=0)
    assert [p.pk for p in Page.objects.search("murciélago gobierno")] in ([], [pagina.pk])
    assert [p.pk for p in Page.objects.search("gobierno abierto")] == [pagina.pk]
    assert not list(get_search_backend().search("agua", Ficha))
