"""Role × page of the back office of participation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cuentas.roles import Rol
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory, cuenta_de
from tests.factories.procesos import TemaFactory, version_publicada
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db

LIBRO = {Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR}
MESA = {Rol.SECRETARIA, Rol.ADMINISTRADOR}
RESPONDE = {Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR}
MODERA = {Rol.MODERADOR, Rol.ADMINISTRADOR}
AUDITA = {Rol.ADMINISTRADOR}
DE_MESA = [
    "procesos", "etapas", "consultas", "versiones", "temas", "planes", "compromisos",
    "instituciones",
]  # fmt: skip

PAGINAS = [
    ("participacion_aportes_modeladmin_index", None, LIBRO),
    ("participacion_aportes_modeladmin_inspect", "aporte", LIBRO),
    ("responder_aporte", "aporte", RESPONDE),
    ("asignar_aporte", "aporte", RESPONDE),
    ("remover_aporte", "aporte", MODERA),
    ("publicar_version", "versiones", MESA),
    ("participacion_versiones_modeladmin_inspect", "versiones", MESA),
    ("auditoria_modeladmin_index", None, AUDITA),
    *((f"participacion_{n}_modeladmin_index", None, MESA) for n in DE_MESA),
    *((f"participacion_{n}_modeladmin_create", None, MESA) for n in DE_MESA),
    *((f"participacion_{n}_modeladmin_edit", n, MESA) for n in DE_MESA if n != "versiones"),
]


@pytest.fixture
def cosas(consulta):
    publicada = version_publicada(consulta, ["Un párrafo"])
    hecho = compromiso()
    return {
        "aporte": aporte(consulta=consulta, ahora=timezone.now()),
        "procesos": consulta.etapa.proceso,
        "etapas": consulta.etapa,
        "consultas": consulta,
        "versiones": publicada,
        "temas": TemaFactory(),
        "planes": hecho.plan,
        "compromisos": hecho,
        "instituciones": InstitucionFactory(),
    }


def direccion(nombre, cosa, cosas):
    return reverse(nombre, args=[cosas[cosa].pk] if cosa else [])


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.PARTICIPANTE])
def test_each_role_opens_what_it_may_and_gets_a_403_for_the_rest(como, cosas, rol):
    cliente = como(cuenta_de(rol))
    dado = {
        (nombre, cosa): cliente.get(direccion(nombre, cosa, cosas)).status_code
        for nombre, cosa, _ in PAGINAS
    }
    assert dado == {(nombre, cosa): 200 if rol in roles else 403 for nombre, cosa, roles in PAGINAS}


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.PARTICIPANTE])
def test_sending_a_form_is_no_way_around(como, cosas, rol):
    cliente = como(cuenta_de(rol))
    for nombre, cosa, roles in PAGINAS:
        if rol not in roles and not nombre.endswith(("index", "inspect")):
            assert cliente.post(direccion(nombre, cosa, cosas), {}).status_code == 403, nombre


def test_visitors_are_asked_to_sign_in_and_come_back(client, cosas):
    for nombre, cosa, _ in PAGINAS:
        ruta = direccion(nombre, cosa, cosas)
        respuesta = client.get(ruta, follow=True)
        assert respuesta.redirect_chain[-1][0] == f"/cuenta/login/?next={ruta}", nombre


def test_participants_get_a_403_and_no_endless_redirect(client, cosas):
    client.force_login(cuenta_de(Rol.PARTICIPANTE))
    for nombre, cosa, _ in PAGINAS:
        assert client.get(direccion(nombre, cosa, cosas), follow=True).status_code == 403, nombre


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.PARTICIPANTE])
def test_the_menu_shows_only_what_one_may_use(como, cosas, rol):
    menu = como(cuenta_de(rol)).get(reverse("wagtailadmin_home")).content.decode()
    for nombre, _, roles in PAGINAS:
        if nombre.endswith("index"):
            assert (f'"{reverse(nombre)}"' in menu) == (rol in roles), nombre


@pytest.mark.parametrize("rol", sorted(LIBRO))
def test_the_page_of_a_contribution_offers_only_what_one_may_do(como, cosas, rol):
    fila = cosas["aporte"]
    pagina = como(cuenta_de(rol)).get(
        reverse("participacion_aportes_modeladmin_inspect", args=[fila.pk])
    )
    for nombre, roles in (
        ("responder_aporte", RESPONDE),
        ("asignar_aporte", RESPONDE),
        ("remover_aporte", MODERA),
    ):
        assert (reverse(nombre, args=[fila.pk]) in pagina.content.decode()) == (rol in roles)


def test_there_is_no_address_that_deletes(como, cosas):
    cliente = como(UserFactory(is_superuser=True))
    for n in [*DE_MESA, "aportes"]:
        assert cliente.get(f"/admin/participacion/{n}/delete/1/").status_code == 404


@pytest.mark.parametrize("mala", ["abc", "-1", "99999999999999999999", "0"])
def test_an_address_with_no_such_row_is_a_404(como, mala):
    cliente = como(UserFactory(is_superuser=True))
    for camino in ("aportes/inspect/{}/", "aportes/{}/responder/", "etapas/edit/{}/"):
        assert cliente.get(f"/admin/participacion/{camino.format(mala)}").status_code == 404
