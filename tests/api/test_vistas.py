"""Saved views of the queue by a program: the same rows as on the page, nobody else's, no address."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.vistas import VISTAS, guardar_vista
from consulta.respuestas.models import VistaGuardada
from tests.api.conftest import Programa, abierta, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    return abierta()


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def uno(consulta, dueno=None):
    fila = aporte(consulta=consulta, ahora=timezone.now())
    if dueno:
        asignar_aporte(aporte=fila, institucion=dueno.institucion, responsable=dueno, por=dueno)
    return fila


def test_a_view_is_kept_read_applied_renamed_and_forgotten(client, consulta, oficial):
    suyo, libre, ajeno = uno(consulta, oficial), uno(consulta), uno(abierta(), oficial)
    programa = sesion_de(oficial)
    filtro = f"consulta={consulta.slug}&quien={oficial.email}&estado=pendiente"
    hecha = programa.post("vistas/", {"nombre": "Lo mío de aquí", "filtro": filtro})
    assert hecha.status_code == 201, hecha.content
    vista = hecha.json()
    assert vista["filtro"] == f"estado=pendiente&consulta={consulta.slug}"
    assert vista["quien"] == oficial.nombre_interno
    assert programa.leer("vistas/") == [vista]
    assert "@" not in json.dumps(vista)

    def folios(pedido):
        return {f["folio"] for f in programa.leer(f"cola/?{pedido}")["resultados"]}

    assert folios(f"vista={vista['id']}") == {suyo.folio} == folios(filtro)
    assert folios(f"vista={vista['id']}&estado=sin_asignar") == set()
    assert folios(f"quien={oficial.email}") == {suyo.folio, ajeno.folio}
    assert folios(f"consulta={consulta.slug}") == {suyo.folio, libre.folio}
    client.force_login(oficial)
    pagina = client.get(vista["url"].partition("example")[2] or vista["url"])
    assert [f.folio for f in pagina.context["object_list"]] == [suyo.folio]

    otro = programa.enviar("PATCH", f"vistas/{vista['id']}/", {"nombre": " Otro  nombre "})
    assert otro.json()["nombre"] == "Otro nombre"
    assert programa.enviar("DELETE", f"vistas/{vista['id']}/").status_code == 204
    assert programa.leer("vistas/") == []
    assert programa.get(f"cola/?vista={vista['id']}").status_code == 400


def test_the_same_name_again_replaces_and_the_name_of_another_is_refused(oficial):
    programa = sesion_de(oficial)
    for filtro in ("estado=vencido", ""):
        assert programa.post("vistas/", {"nombre": "Una", "filtro": filtro}).status_code == 201
    assert VistaGuardada.objects.get(cuenta=oficial).filtros == "estado="
    dos = programa.post("vistas/", {"nombre": "Dos", "filtro": "q=agua"}).json()
    repetida = programa.enviar("PATCH", f"vistas/{dos['id']}/", {"nombre": "Una"})
    assert repetida.status_code == 400 and "nombre" in repetida.json()["errores"]


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"nombre": "", "filtro": ""}, "nombre"),
        ({"nombre": "x" * 81, "filtro": ""}, "nombre"),
        ({"nombre": "Una"}, "filtro"),
        ({"nombre": "Una", "filtro": "estado=otro"}, "estado"),
        ({"nombre": "Una", "filtro": "quien=nadie"}, "quien"),
    ],
)
def test_what_cannot_be_kept_names_its_field(oficial, datos, campo):
    respuesta = sesion_de(oficial).post("vistas/", datos)
    assert respuesta.status_code == 400 and campo in respuesta.json()["errores"], respuesta.content
    assert not VistaGuardada.objects.exists()


def test_nobody_reads_changes_or_applies_the_view_of_another(oficial):
    vista = guardar_vista(nombre="Mía", filtros="estado=vencido", por=oficial)
    otra = sesion_de(UserFactory(oficial=True))
    assert otra.leer("vistas/") == []
    assert otra.enviar("PATCH", f"vistas/{vista.pk}/", {"nombre": "X"}).status_code == 404
    assert otra.enviar("DELETE", f"vistas/{vista.pk}/").status_code == 404
    assert otra.get(f"cola/?vista={vista.pk}").status_code == 400
    assert sesion_de(UserFactory()).get("vistas/").status_code == 403
    assert Programa().get("vistas/").status_code == 401


def test_fifty_are_enough_and_cost_the_same_queries_as_one(consulta, oficial):
    programa = sesion_de(oficial)
    guardar_vista(nombre="0", filtros=f"consulta={consulta.pk}&quien={oficial.pk}", por=oficial)
    with CaptureQueriesContext(connection) as una:
        programa.leer("vistas/")
    for i in range(1, VISTAS):
        guardar_vista(nombre=str(i), filtros=f"consulta={abierta().pk}", por=oficial)
    with CaptureQueriesContext(connection) as todas:
        assert len(programa.leer("vistas/")) == VISTAS
    assert len(una) == len(todas)
    assert programa.post("vistas/", {"nombre": "Otra", "filtro": ""}).status_code == 409


def test_a_view_of_what_is_gone_finds_nothing(oficial):
    vista = guardar_vista(nombre="Vieja", filtros="consulta=999&tema=998", por=oficial)
    programa = sesion_de(oficial)
    assert programa.leer("vistas/")[0]["filtro"] == "consulta=ya-no-existe&tema=ya-no-existe"
    assert programa.leer(f"cola/?vista={vista.pk}")["total"] == 0
