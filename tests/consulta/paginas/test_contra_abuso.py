"""The forms of whoever has no account: a trap, a proof of work, and never a lost word."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from comun.pruebas_de_trabajo import nuevo_reto
from comun.registro import Cupo, PruebaGastada
from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.comun.test_pruebas_de_trabajo import resolver
from tests.consulta.paginas.conftest import datos_de_propuesta
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
QUIEN = {"correo": "rosa@pruebas.example", "tramo_edad": "adulto"}
PROPIOS = ('name="sitio_web"', 'name="altcha"')


def comentar(cliente: Client, parrafo: Asunto, **campos: str):
    datos = {"clave": str(uuid4()), "texto": "Falta un plazo."} | QUIEN | campos
    return cliente.post(parrafo.get_absolute_url(), datos)


def test_only_forms_without_an_account_draw_them(
    client: Client, como_autora: Client, parrafo: Asunto, propuestas: Consulta
) -> None:
    for url in (parrafo.get_absolute_url(), reverse("paginas:proponer", args=[propuestas.slug])):
        html, con_cuenta = (c.get(url).content.decode() for c in (client, como_autora))
        assert all(html.count(campo) == 1 for campo in PROPIOS)
        assert not any(campo in con_cuenta for campo in PROPIOS)


def test_without_scripts_the_mail_confirmation_stands_in_with_a_lower_limit(
    client: Client, parrafo: Asunto, settings
) -> None:
    settings.LIMITES = settings.LIMITES | {"invitado_sin_prueba": (1, 3600)}
    assert comentar(client, parrafo).url == reverse("paginas:por_confirmar")
    otra = comentar(client, parrafo, texto="Otra cosa.")
    assert otra.status_code == 429
    assert "Otra cosa." in otra.content.decode()
    con_prueba = comentar(client, parrafo, texto="Otra cosa.", altcha=resolver(nuevo_reto()))
    assert con_prueba.status_code == 302
    assert Cupo.objects.count() >= 2


def test_a_proof_is_good_once_and_the_words_come_back(client: Client, parrafo: Asunto) -> None:
    prueba = resolver(nuevo_reto())
    assert comentar(client, parrafo, altcha=prueba).status_code == 302
    otra = comentar(client, parrafo, texto="Otra cosa.", altcha=prueba)
    assert otra.status_code == 422
    assert "Otra cosa." in otra.content.decode()
    assert Aporte.objects.count() == 1


def test_whoever_falls_in_the_trap_ticks_a_box_and_sends_the_same(
    client: Client, parrafo: Asunto
) -> None:
    caido = comentar(client, parrafo, sitio_web="https://x.example")
    html = caido.content.decode()
    assert caido.status_code == 422
    assert "Falta un plazo." in html
    assert 'name="persona"' in html
    assert 'name="sitio_web"' not in html
    assert comentar(client, parrafo, persona="on").status_code == 302


def test_looking_at_it_before_sending_does_not_use_the_proof_of_sending(
    client: Client, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()), altcha=resolver(nuevo_reto())) | QUIEN
    html = client.post(url, datos | {"accion": "revisar"}).content.decode()
    assert "Revise su propuesta" in html
    assert all(html.count(campo) == 1 for campo in PROPIOS)
    assert datos["altcha"] not in html
    assert client.post(url, datos | {"altcha": resolver(nuevo_reto())}).status_code == 302
    assert PruebaGastada.objects.count() == 2


def test_a_blocked_person_reads_why_until_when_and_how_to_complain(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    moderadora = UserFactory(moderador=True)
    bloquear_cuenta(cuenta=autora, por=moderadora, motivo="Insistió en insultar")
    html = como_autora.get(parrafo.get_absolute_url()).content.decode()
    assert "Insistió en insultar." in html
    assert "hasta que moderación lo levante" in html
    assert 'href="/contacto/"' in html
    assert 'name="texto"' not in html
    datos = {"clave": str(uuid4()), "texto": "Mi texto."}
    enviado = como_autora.post(parrafo.get_absolute_url(), datos)
    assert enviado.status_code == 422
    assert "Mi texto." in enviado.content.decode()
