"""The desk where a person puts the quotes that were not found."""

import pytest
from django.test import Client
from django.urls import reverse

from consulta.aportes.models import Ancla
from consulta.procesos.models import Asunto
from tests.factories.aportes import aporte, contenido
from tests.factories.borradores import version
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def huerfana() -> Ancla:
    consulta = ConsultaFactory()
    v1 = version(consulta, ["Las bases de datos tendrán una licencia de uso libre."])
    asunto = Asunto.objects.get(fragmento__version=v1)
    quien = aporte(asunto=asunto, dice=contenido(cita="una licencia de uso libre"))
    version(consulta, ["Nada.", "Toda licencia será de libre uso."], [(1, 1)])
    return quien.anclas.get(version__n=2)


@pytest.fixture
def secretaria(client: Client) -> Client:
    client.force_login(UserFactory(secretaria=True))
    return client


def test_it_lists_them_with_how_far_the_work_is(secretaria, huerfana):
    html = secretaria.get(reverse("citas_huerfanas")).content.decode()
    assert "«una licencia de uso libre»" in html
    assert "0 de 1 resuelta" in html


def test_a_person_chooses_a_place_writes_another_or_says_they_are_gone(secretaria, huerfana):
    ruta = reverse("ubicar_cita", args=[huerfana.pk])
    assert secretaria.get(ruta).status_code == 200
    mal = secretaria.post(ruta, {"lugar_elegido": "otro", "orden": "99", "cita": "x"})
    assert mal.status_code == 422
    mal = secretaria.post(ruta, {"lugar_elegido": "otro", "orden": "2", "cita": "no está"})
    assert mal.status_code == 422
    assert "no está" in mal.content.decode()
    assert secretaria.post(ruta, {}).status_code == 422
    bien = {"lugar_elegido": "otro", "orden": "2", "cita": "licencia será de libre uso"}
    assert secretaria.post(ruta, bien).status_code == 302
    huerfana.refresh_from_db()
    assert (huerfana.estado, huerfana.fragmento.orden) == ("resuelta", 2)
    html = secretaria.get(reverse("citas_huerfanas")).content.decode()
    assert "No queda ninguna cita por resolver" in html
    assert secretaria.post(ruta, {"lugar_elegido": "ninguno"}).status_code == 302
    huerfana.refresh_from_db()
    assert huerfana.estado == "sin_lugar"


def test_nobody_else_sees_the_desk(client, huerfana):
    client.force_login(UserFactory(oficial=True))
    for ruta in (reverse("citas_huerfanas"), reverse("ubicar_cita", args=[huerfana.pk])):
        assert client.get(ruta).status_code == 403
