"""The audit trail as the administrator reads it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.auditoria import registrar
from comun.registro import Evento
from cuentas.bitacora import en_palabras
from cuentas.models import Representacion, Suplencia
from tests.factories.cuentas import UserFactory
from tests.factories.paginas import NoticiaFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
LISTA = "auditoria_modeladmin_index"


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(administrador=True))
    return client


def test_it_says_in_words_what_was_done_on_what_with_a_way_there(admin):
    consulta, cuenta = ConsultaFactory(titulo="Agua y ríos"), UserFactory()
    ahora = timezone.now()
    registrar(verbo="publicar_version", objeto=consulta, por=cuenta, ahora=ahora)
    registrar(verbo="crear_cuenta", objeto=cuenta, por=cuenta, ahora=ahora)
    pagina = admin.get(reverse(LISTA)).content.decode()
    assert "Publicar versión" in pagina and "Consulta: Agua y ríos" in pagina
    assert consulta.get_absolute_url() in pagina
    assert f"Cuenta: {cuenta.pk}" in pagina and cuenta.email not in pagina
    assert reverse("wagtailusers_users:edit", args=[cuenta.pk]) in pagina
    quien = Evento.objects.first().actor_seudonimo
    assert f"?q={quien}" in pagina


def test_an_event_on_what_no_longer_exists_keeps_its_name(admin):
    registrar(verbo="x", objeto=ConsultaFactory.build(pk=99999), por=None, ahora=timezone.now())
    assert "procesos.consulta:99999" in admin.get(reverse(LISTA)).content.decode()


def test_it_costs_the_same_with_many_events(admin, django_assert_num_queries):
    def llenar(cuantos):
        for _ in range(cuantos):
            registrar(verbo="x", objeto=ConsultaFactory(), por=None, ahora=timezone.now())

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    llenar(2)
    admin.get(reverse(LISTA))
    with CaptureQueriesContext(
        connection,
    ) as pocos:
        admin.get(reverse(LISTA))
    llenar(30)
    with django_assert_num_queries(len(pocos)):
        admin.get(reverse(LISTA))


def test_what_happens_to_pages_is_there_with_its_person(admin):
    editora = UserFactory(editor=True)
    noticia = NoticiaFactory(borrador=True, title="Calendario")
    noticia.save_revision(user=editora).publish(user=editora)
    noticia.retirado_motivo = "Error. Lo decidió la Mesa."
    noticia.save_revision(user=editora).publish(user=editora)
    eventos = list(Evento.objects.filter(objeto=f"noticias.noticiapage:{noticia.pk}"))
    assert [e.verbo for e in eventos] == ["publicar_pagina", "retirar_pagina"]
    assert {e.detalle.actor for e in eventos} == {str(editora.pk)}
    pagina = admin.get(reverse(LISTA)).content.decode()
    assert "Retirar página" in pagina and "Calendario" in pagina


def test_the_trail_names_no_person(admin):
    persona, otra = UserFactory(first_name="Ana"), UserFactory(first_name="Berta")
    hoy = timezone.now()
    hechos = [
        Representacion.objects.create(
            cuenta=persona, nombre_propuesto="Red del Sur", pedida_en=hoy, respaldo="acta"
        ),
        Suplencia.objects.create(
            titular=persona, suplente=otra, desde=hoy.date(), hasta=hoy.date(), creada_en=hoy
        ),
    ]
    for hecho in hechos:
        registrar(verbo="x", objeto=hecho, por=persona, ahora=hoy)
    pagina = admin.get(reverse(LISTA)).content.decode()
    assert "Representación: Red del Sur" in pagina and "Suplencia: " in pagina
    for quien in (persona, otra):
        assert quien.first_name not in pagina and quien.email not in pagina


def test_verbs_read_as_spanish():
    assert en_palabras("editar_institucion") == "Editar institución"
