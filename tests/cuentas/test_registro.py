"""Signing up, confirming and signing in, as a visitor goes through them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from tests.factories.cuentas import CLAVE, UserFactory

pytestmark = pytest.mark.django_db
DATOS = {"email": "ana@pruebas.example", "password1": "una-clave-7-larga", "nombre_publico": "Ana"}
DATOS["tramo_edad"] = "adulto"
DATOS["password2"] = DATOS["password1"]


@pytest.fixture(autouse=True)
def sin_limites():
    """The cache counts the mails written to an address, and outlives each test."""
    cache.clear()


def registrar(client, **cambios):
    return client.post("/cuenta/signup/", DATOS | cambios, follow=True)


def enlace():
    return re.search(r"https?://[^/]+(/cuenta/confirm-email/\S+)", mail.outbox[-1].body)[1]


def test_confirming_in_the_same_browser_enters_and_goes_where_one_was_going(client):
    respuesta = registrar(client, next="/procesos/")
    pagina = respuesta.content.decode()
    assert "Confirme su correo" in pagina and "ana@pruebas.example" in pagina
    hecho = client.post(enlace())
    assert (hecho.status_code, hecho.url) == (302, "/procesos/")
    assert client.session["_auth_user_id"]


def test_the_page_after_signing_up_does_not_tell_who_has_an_account(client):
    nueva = registrar(client).content.decode()
    client.cookies.clear()
    UserFactory(email="otra@pruebas.example")
    repetida = registrar(client, email="otra@pruebas.example").content.decode()
    assert "otra@pruebas.example" in repetida
    sin_correo = [
        re.sub(r"(ana|otra)@pruebas.example|csrf\S+ value=\S+", "", p) for p in (nueva, repetida)
    ]
    assert sin_correo[0] == sin_correo[1]


def test_confirming_in_another_browser_does_not_enter(client):
    registrar(client)
    client.cookies.clear()
    client.post(enlace())
    assert "_auth_user_id" not in client.session


def test_a_link_used_twice_says_that_all_is_done(client):
    registrar(client)
    usado = enlace()
    client.post(usado)
    pagina = client.get(usado).content.decode()
    assert "ya está confirmado" in pagina and "no es válido" not in pagina
    client.logout()
    assert "ya se usó o venció" in client.get(usado).content.decode()


@pytest.mark.parametrize(
    ("ruta", "datos", "dice"),
    [
        ("/cuenta/login/", {"login": "ana@pruebas.example", "password": "no"}, "Escriba otra vez"),
        ("/cuenta/signup/", DATOS | {"password1": "123", "password2": "123"}, "no se crea"),
        ("/cuenta/password/reset/", {"email": "no"}, "enviamos el enlace"),
    ],
)
def test_what_went_wrong_is_said_of_this_form(client, ruta, datos, dice):
    pagina = client.post(ruta, datos).content.decode()
    assert dice in pagina and "No se envió todavía" not in pagina


def test_a_right_password_still_enters(client):
    cuenta = UserFactory()
    respuesta = client.post("/cuenta/login/", {"login": cuenta.email, "password": CLAVE})
    assert respuesta.status_code == 302
