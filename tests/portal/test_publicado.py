from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from consulta.respuestas.flows.coberturas import DestinoElegido
from cuentas.roles import Rol
from noticias.models import AgendaPage
from portal.oficios import publicar_programadas
from tests.factories.aportes import aporte
from tests.factories.cuentas import cuenta_de
from tests.factories.paginas import (
    DocumentoFactory,
    EventoFactory,
    NoticiaFactory,
    PaginaEstandarFactory,
)
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(cuenta_de(Rol.ADMINISTRADOR))
    return client


def pedir(client, accion, pagina):
    return client.post(reverse(f"wagtailadmin_pages:{accion}", args=[pagina.pk]), follow=True)


def en_lote(client, accion, *paginas):
    ruta = reverse("wagtail_bulk_action", args=["wagtailcore", "page", accion])
    ids = "&".join(f"id={p.pk}" for p in paginas)
    return client.post(f"{ruta}?{ids}&next=/admin/", follow=True)


@pytest.mark.parametrize("fabrica", [NoticiaFactory, EventoFactory, DocumentoFactory])
@pytest.mark.parametrize("accion", ["delete", "unpublish"])
def test_what_was_published_is_neither_deleted_nor_hidden(admin, fabrica, accion):
    pagina = fabrica(title="Registro")
    pedir(admin, accion, pagina)
    assert Page.objects.get(pk=pagina.pk).live


@pytest.mark.parametrize("fabrica", [NoticiaFactory, EventoFactory, DocumentoFactory])
def test_deleting_and_unpublishing_are_offered_for_drafts_alone(admin, fabrica):
    borrador, publicada = fabrica(borrador=True), fabrica()
    borrar = [reverse("wagtailadmin_pages:delete", args=[p.pk]) for p in (borrador, publicada)]
    lista = admin.get(reverse("wagtailadmin_explore", args=[publicada.get_parent().pk]))
    editar = admin.get(reverse("wagtailadmin_pages:edit", args=[publicada.pk]))
    assert borrar[0] in lista.content.decode() and borrar[1] not in lista.content.decode()
    for pagina in (lista, editar):
        assert borrar[1] not in pagina.content.decode()
        ocultar = reverse("wagtailadmin_pages:unpublish", args=[publicada.pk])
        assert ocultar not in pagina.content.decode()


@pytest.mark.parametrize("accion", ["delete", "unpublish"])
def test_nor_in_bulk(admin, accion):
    borrador, publicado = DocumentoFactory(borrador=True), DocumentoFactory()
    en_lote(admin, accion, borrador, publicado)
    assert Page.objects.get(pk=publicado.pk).live


@pytest.mark.parametrize("accion", ["delete", "unpublish"])
def test_nor_an_index_with_something_published_below(admin, accion):
    evento = EventoFactory()
    indice = AgendaPage.objects.get()
    pedir(admin, accion, indice)
    en_lote(admin, accion, indice)
    assert Page.objects.get(pk=indice.pk).live
    assert Page.objects.get(pk=evento.pk).live


def test_draft_and_standard_pages_can_go(admin):
    borrador, estandar = NoticiaFactory(borrador=True), PaginaEstandarFactory()
    pedir(admin, "delete", borrador)
    pedir(admin, "delete", estandar)
    assert not Page.objects.filter(pk__in=[borrador.pk, estandar.pk]).exists()


def test_page_that_an_answer_points_to_stays(admin):
    estandar = PaginaEstandarFactory(title="Cabildo")
    responder(aporte(), destino=DestinoElegido(evento=estandar.page_ptr))
    respuesta = pedir(admin, "delete", estandar)
    assert "remite a «Cabildo»" in respuesta.content.decode()
    assert Page.objects.filter(pk=estandar.pk).exists()


def test_scheduled_page_comes_out_at_its_hour(client):
    noticia = NoticiaFactory(borrador=True, slug="programada")
    noticia.go_live_at = timezone.now() + timedelta(hours=1)
    revision = noticia.save_revision()
    revision.publish()
    assert client.get("/noticias/programada/").status_code == 404
    llego = timezone.now() - timedelta(seconds=1)
    revision.approved_go_live_at = llego
    revision.content["go_live_at"] = llego.isoformat()
    revision.save()
    publicar_programadas(timezone.now())
    assert client.get("/noticias/programada/").status_code == 200
