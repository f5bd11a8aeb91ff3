from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.aportes.enums import Causa
from consulta.aportes.flows.reportar import reportar_aporte
from cuentas.roles import Rol
from portal.guias import grupos_de_guias
from portal.tablero import que_espera
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory, cuenta_de
from tests.factories.paginas import NoticiaFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def a_cargo(institucion, consulta, **cambios):
    recibido = aporte(consulta=consulta)
    type(recibido).objects.filter(pk=recibido.pk).update(institucion=institucion, **cambios)
    return recibido


def test_official_sees_what_their_institution_owes():
    oficial, consulta = cuenta_de(Rol.OFICIAL), ConsultaFactory()
    a_cargo(oficial.institucion, consulta, vence_el=AHORA.date() - timedelta(days=1))
    a_cargo(oficial.institucion, consulta, vence_el=AHORA.date())
    aporte(consulta=consulta)
    libro = que_espera(oficial, ahora=AHORA)["libro"]
    assert (libro["balance"].pendientes, libro["balance"].vencidos) == (2, 1)
    assert libro["sin_asignar"].pendientes == 1
    assert libro["de_quien"] == str(oficial.institucion)


@pytest.mark.parametrize(
    ("rol", "ofrece", "calla"),
    [
        (Rol.EDITOR, ["Publicar una noticia"], ["Responder un aporte", "Remover un aporte"]),
        (Rol.OFICIAL, ["Responder un aporte", "Asignar"], ["Publicar una noticia", "Remover un"]),
        (Rol.MODERADOR, ["Remover un aporte"], ["Publicar una noticia", "Responder un aporte"]),
        (Rol.SECRETARIA, ["Asignar un aporte", "Abrir un proceso", "Publicar una noticia"], []),
        (Rol.ADMINISTRADOR, ["Remover un aporte", "Responder un aporte", "Retirar algo"], []),
    ],
)
def test_help_tells_each_role_of_its_own_tasks(client, rol, ofrece, calla):
    client.force_login(cuenta_de(rol))
    cuerpo = client.get("/admin/").content.decode()
    assert [t for t in ofrece if t not in cuerpo] == []
    assert [t for t in calla if t in cuerpo] == []


@pytest.mark.parametrize("rol", [Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.EDITOR])
def test_every_link_of_the_first_screen_opens_for_that_role(client, rol):
    usuario = cuenta_de(rol)
    client.force_login(usuario)
    espera = que_espera(usuario, ahora=AHORA)
    paneles = {**(espera["libro"] or {}), **(espera["moderacion"] or {})}
    enlaces = [valor for nombre, valor in paneles.items() if nombre.startswith("url_")]
    enlaces += [g["url"] for grupo in grupos_de_guias(usuario) for g in grupo["guias"] if g["url"]]
    assert enlaces
    assert {e: client.get(e).status_code for e in enlaces} == dict.fromkeys(enlaces, 200)


def test_counts_of_the_official_are_those_of_the_lists_they_lead_to(client):
    oficial, consulta = cuenta_de(Rol.OFICIAL), ConsultaFactory()
    suyo, libre = a_cargo(oficial.institucion, consulta), aporte(consulta=consulta)
    client.force_login(oficial)
    libro = que_espera(oficial, ahora=AHORA)["libro"]
    pendientes = client.get(libro["url_pendientes"]).content.decode()
    sin_asignar = client.get(libro["url_sin_asignar"]).content.decode()
    assert (suyo.folio in pendientes, libre.folio in pendientes) == (True, False)
    assert (suyo.folio in sin_asignar, libre.folio in sin_asignar) == (False, True)


def test_secretariat_sees_what_all_owe():
    consulta = ConsultaFactory()
    responder(aporte(consulta=consulta))
    aporte(consulta=consulta)
    balance = que_espera(cuenta_de(Rol.SECRETARIA), ahora=AHORA)["libro"]["balance"]
    assert (balance.respondidos, balance.pendientes) == (1, 1)


def test_editor_sees_pages_and_not_the_ledger():
    noticia = NoticiaFactory(title="Programada", borrador=True)
    noticia.go_live_at = timezone.now() + timedelta(days=1)
    noticia.save_revision().publish()
    espera = que_espera(cuenta_de(Rol.EDITOR), ahora=timezone.now())
    assert espera["libro"] is None
    assert espera["mensajes"] is None
    assert [p["titulo"] for p in espera["paginas"]["programadas"]] == ["Programada"]


def test_moderator_sees_first_what_waits_for_a_decision(client):
    reportado, de_otra = aporte(), aporte()
    for quien in (UserFactory(), UserFactory()):
        reportar_aporte(aporte=reportado, por=quien, causa=Causa.AJENO, ahora=AHORA)
    moderador = cuenta_de(Rol.MODERADOR)
    client.force_login(moderador)
    moderacion = que_espera(moderador, ahora=AHORA)["moderacion"]
    assert (moderacion["reportados"], moderacion["apelaciones"]) == (1, 0)
    cola = client.get(moderacion["url_reportados"]).content.decode()
    assert (reportado.folio in cola, de_otra.folio in cola) == (True, False)
    cuerpo = client.get("/admin/").content.decode()
    assert cuerpo.index("aporte reportado espera") < cuerpo.index("esperan respuesta")
    assert "no se deshace" not in cuerpo


def test_who_does_not_moderate_reads_nothing_of_it():
    assert que_espera(cuenta_de(Rol.OFICIAL), ahora=AHORA)["moderacion"] is None


def test_moderator_sees_no_pages():
    assert que_espera(cuenta_de(Rol.MODERADOR), ahora=AHORA)["paginas"] is None


@pytest.mark.parametrize("rol", [Rol.EDITOR, Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR])
def test_first_screen_greets_every_role_in_spanish(client, rol):
    client.force_login(cuenta_de(rol))
    cuerpo = client.get("/admin/").content.decode()
    assert "Lo que espera por usted" in cuerpo
    assert "Cómo se hace" in cuerpo


def test_panel_costs_the_same_with_one_and_with_twenty_five():
    secretaria, consulta = cuenta_de(Rol.SECRETARIA), ConsultaFactory()

    def cuantas():
        que_espera(secretaria, ahora=AHORA)
        with CaptureQueriesContext(connection) as hechas:
            que_espera(secretaria, ahora=AHORA)
        return len(hechas)

    aporte(consulta=consulta)
    una = cuantas()
    for _ in range(24):
        aporte(consulta=consulta)
        NoticiaFactory(borrador=True)
    assert cuantas() == una
