"""Accounts in the back office: opening them, roles, institutions, and what the trail keeps."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from comun.avisos import enviar_aviso
from comun.registro import Aviso, Evento
from cuentas.models import User
from cuentas.roles import Rol
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.foro import mandato
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
NUEVA = "una-clave-nueva-9"


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(administrador=True))
    return client


def rol(nombre):
    return Group.objects.get(name=nombre).pk


def datos_de(**cambios):
    return {"email": "nueva@pruebas.example", "nombre_publico": "", "institucion": ""} | cambios


def crear(client, **cambios):
    return client.post(reverse("wagtailusers_users:add"), datos_de(**cambios))


def test_the_administrator_makes_someone_an_official_of_an_institution(admin):
    cuenta, institucion = UserFactory(), InstitucionFactory()
    ruta = reverse("wagtailusers_users:edit", args=[cuenta.pk])
    datos = datos_de(
        email=cuenta.email, is_active="on", institucion=institucion.pk, groups=[rol(Rol.OFICIAL)]
    )
    assert admin.post(ruta, datos).status_code == 302
    hecha = User.objects.get(pk=cuenta.pk)
    assert hecha.institucion == institucion and hecha.tiene_rol(Rol.OFICIAL)
    detalle = Evento.objects.get(verbo="editar_cuenta").detalle
    assert (detalle.antes["roles"], detalle.despues["roles"]) == ([], ["oficial"])
    admin.post(ruta, datos | {"nombre_publico": "Otro"})
    assert Evento.objects.filter(verbo="editar_cuenta").count() == 1


def test_an_official_without_institution_is_refused_on_both_forms(admin):
    respuesta = crear(admin, groups=[rol(Rol.OFICIAL)])
    assert "institucion" in respuesta.context["form"].errors
    assert not User.objects.filter(email="nueva@pruebas.example").exists()
    cuenta = UserFactory(oficial=True)
    ruta = reverse("wagtailusers_users:edit", args=[cuenta.pk])
    datos = datos_de(email=cuenta.email, is_active="on", groups=[rol(Rol.OFICIAL)])
    assert "institucion" in admin.post(ruta, datos).context["form"].errors


def test_a_new_account_is_told_by_mail_and_its_link_is_all_it_needs_to_enter(admin, client):
    aviso = "Le enviamos un correo"
    ruta = reverse("wagtailusers_users:add")
    respuesta = admin.post(ruta, datos_de(email="Nueva@Pruebas.example"), follow=True)
    assert aviso in respuesta.content.decode()
    cuenta = User.objects.get(email="nueva@pruebas.example")
    assert not cuenta.has_usable_password()
    assert Evento.objects.filter(verbo="crear_cuenta").exists()
    enviar_aviso.func(Aviso.objects.get(razon="invitacion").pk)
    assert mail.outbox[-1].to == [cuenta.email]
    enlace = re.search(r"https?://[^/]+(/cuenta/\S+)", mail.outbox[-1].body)[1]
    client.logout()
    pagina = client.get(enlace, follow=True)
    hecho = client.post(
        pagina.redirect_chain[-1][0], {"password1": NUEVA, "password2": NUEVA}, follow=True
    )
    assert hecho.status_code == 200
    assert EmailAddress.objects.get(user=cuenta).verified
    entrada = client.post("/cuenta/login/", {"login": cuenta.email, "password": NUEVA})
    assert entrada.status_code == 302 and entrada.url == "/"
    assert client.session.get("_auth_user_id") == str(cuenta.pk)


def test_the_form_offers_roles_by_their_names_and_no_superuser(admin):
    pagina = admin.get(reverse("wagtailusers_users:add")).content.decode()
    assert "Secretaría técnica: prepara procesos" in pagina and "secretaria_tecnica" not in pagina
    assert "is_superuser" not in pagina and "password1" not in pagina
    crear(admin, is_superuser="on")
    assert not User.objects.get(email="nueva@pruebas.example").is_superuser


def test_the_list_says_who_may_do_what_for_whom(admin, django_assert_max_num_queries):
    cuenta = UserFactory(oficial=True, nombre_publico="Ana")
    pagina = admin.get(reverse("wagtailusers_users:index")).content.decode()
    for dicho in ("Oficial", str(cuenta.institucion), cuenta.email, "Ana"):
        assert dicho in pagina
    for crudo in ("secretaria_tecnica", "Nivel de acceso"):
        assert crudo not in pagina


def test_roles_are_not_given_in_bulk(admin):
    cuenta = UserFactory()
    ruta = reverse("wagtail_bulk_action", args=["cuentas", "user", "assign_role"])
    admin.post(f"{ruta}?id={cuenta.pk}", {"role": rol(Rol.ADMINISTRADOR)})
    assert not cuenta.groups.exists()


def test_an_official_does_not_open_accounts(client):
    client.force_login(UserFactory(oficial=True))
    assert client.get(reverse("wagtailusers_users:add")).status_code == 302


def test_a_password_set_by_mail_does_not_prove_an_address_it_did_not_go_to(client):
    from cuentas.invitacion import confirmar_correo

    cuenta = UserFactory()
    EmailAddress.objects.create(user=cuenta, email="otra@pruebas.example")
    EmailAddress.objects.create(user=cuenta, email=cuenta.email)
    confirmar_correo(User, cuenta)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_an_account_by_which_something_was_decided_is_not_deleted_and_no_event_says_so(admin):
    oficial, autora = UserFactory(oficial=True), UserFactory()
    responder(aporte(por=autora), por=oficial)
    for cuenta in (mandato().cuenta, oficial):
        ruta = reverse("wagtailusers_users:delete", args=[cuenta.pk])
        assert "desactívela" in admin.post(ruta, follow=True).content.decode()
        assert User.objects.filter(pk=cuenta.pk).exists()
    assert not Evento.objects.filter(verbo="borrar_cuenta").exists()
    admin.post(reverse("wagtailusers_users:delete", args=[autora.pk]))
    assert not User.objects.filter(pk=autora.pk).exists()
    assert Evento.objects.filter(verbo="borrar_cuenta").count() == 1
