"""Signing up, confirming and signing in, as a visitor goes through them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comun.tareas import recoger
from cuentas.cartas import enviar_guardada
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


def test_a_form_that_comes_back_for_its_password_spends_no_turn(client, settings):
    settings.LIMITES = settings.LIMITES | {"registro_sin_prueba": (1, 3600)}
    for mala in ({"password1": "123", "password2": "123"}, {"password2": "otra-distinta-9"}):
        assert registrar(client, **mala).status_code == 200
    assert "Confirme su correo" in registrar(client).content.decode()
    assert registrar(client, email="otra@pruebas.example").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_with_the_mail_server_down_one_signs_up_and_the_mail_comes_later(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Confirme su correo" in registrar(client).content.decode()
    tarea = DBTaskResult.objects.get(task_path=enviar_guardada.module_path)
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*", verbosity=0)
    tarea.refresh_from_db()
    assert tarea.status == TaskResultStatus.FAILED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    recoger(ahora=timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now())
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*", verbosity=0)
    tarea.refresh_from_db()
    assert (tarea.status, tarea.return_value) == (TaskResultStatus.SUCCESSFUL, "enviada")
    (carta,) = mail.outbox
    assert carta.to == [DATOS["email"]] and carta.subject.startswith("[Estado Abierto]")
    assert client.post(enlace()).status_code == 302
    assert DATOS["email"] not in str(tarea.args_kwargs), "its link is kept nowhere"


def test_an_address_longer_than_any_is_refused_in_words(client):
    largo = "a@" + ".".join(["b" * 60] * 5) + ".example"
    respuesta = registrar(client, email=largo)
    assert respuesta.status_code == 200
    assert "email" in respuesta.context["form"].errors
