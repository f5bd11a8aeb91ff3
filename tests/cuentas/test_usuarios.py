"""Giving a role and an institution from the back office."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cuentas.models import User
from cuentas.roles import Rol
from tests.factories.cuentas import InstitucionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_administrator_makes_someone_an_official_of_an_institution(client):
    client.force_login(UserFactory(administrador=True))
    cuenta, institucion = UserFactory(), InstitucionFactory()
    ruta = reverse("wagtailusers_users:edit", args=[cuenta.pk])
    assert "id_institucion" in client.get(ruta).content.decode()
    datos = {
        "email": cuenta.email, "first_name": "Ana", "last_name": "Rojas", "is_active": "on",
        "nombre_publico": "Ana", "institucion": institucion.pk,
        "groups": [Group.objects.get(name=Rol.OFICIAL).pk],
    }  # fmt: skip
    assert client.post(ruta, datos).status_code == 302
    hecha = User.objects.get(pk=cuenta.pk)
    assert hecha.institucion == institucion and hecha.tiene_rol(Rol.OFICIAL)


def test_an_official_does_not_open_accounts(client):
    client.force_login(UserFactory(oficial=True))
    assert client.get(reverse("wagtailusers_users:add")).status_code == 302
