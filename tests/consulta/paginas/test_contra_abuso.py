"""The forms of whoever has no account: a trap, a proof of work, and never a lost word."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from comun.pruebas_de_trabajo import nuevo_reto
from comun.registro import Aviso, Cupo, PruebaGastada
from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.comun.test_pruebas_de_trabajo import resolver
from tests.consulta.paginas.conftest import aporte, datos_de_propuesta
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
    assert otra.status_code == 429 and int(otra["Retry-After"]) > 0
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


def test_looking_at_it_before_sending_uses_no_proof_up(
    client: Client, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()), altcha=resolver(nuevo_reto())) | QUIEN
    html = client.post(url, datos | {"accion": "revisar"}).content.decode()
    assert "Revise su propuesta" in html
    assert all(html.count(campo) == 1 for campo in PROPIOS)
    assert datos["altcha"] not in html
    assert not PruebaGastada.objects.exists()
    assert client.post(url, datos).status_code == 302
    assert PruebaGastada.objects.count() == 1


def test_a_double_click_with_one_proof_is_one_sending_and_no_error(
    client: Client, parrafo: Asunto, settings
) -> None:
    settings.LIMITES = settings.LIMITES | {"invitado": (1, 3600)}
    clave, prueba = str(uuid4()), resolver(nuevo_reto())
    for _clic in range(2):
        enviado = comentar(client, parrafo, clave=clave, altcha=prueba)
        assert enviado.status_code == 302, enviado.content.decode()
    assert Aporte.objects.count() == 1


def test_a_proposal_over_the_limit_comes_back_with_429_and_its_words(
    client: Client, propuestas: Consulta, settings
) -> None:
    settings.LIMITES = settings.LIMITES | {"invitado_sin_prueba": (0, 3600)}
    datos = datos_de_propuesta(clave=str(uuid4())) | QUIEN
    vuelve = client.post(reverse("paginas:proponer", args=[propuestas.slug]), datos)
    assert vuelve.status_code == 429 and int(vuelve["Retry-After"]) > 0
    assert datos["titulo"] in vuelve.content.decode()


def test_asking_for_the_mail_again_spends_what_sending_spends(
    client: Client, parrafo: Asunto, settings
) -> None:
    settings.LIMITES = settings.LIMITES | {"invitado_sin_prueba": (2, 3600)}
    comentar(client, parrafo)
    otra = reverse("paginas:por_confirmar")
    assert "Enviamos el correo otra vez" in client.post(otra, follow=True).content.decode()
    detenido = client.post(otra, follow=True).content.decode()
    assert "espere" in detenido and "Enviamos el correo" not in detenido
    prueba = resolver(nuevo_reto())
    con_prueba = client.post(otra, {"altcha": prueba}, follow=True).content.decode()
    assert "Enviamos el correo otra vez" in con_prueba
    assert "ya se usó" in client.post(otra, {"altcha": prueba}, follow=True).content.decode()
    assert Aviso.objects.filter(razon="confirmar").count() == 3


def test_the_trap_of_the_mail_again_leaves_a_way_for_people(
    client: Client, parrafo: Asunto
) -> None:
    comentar(client, parrafo)
    otra = reverse("paginas:por_confirmar")
    caido = client.post(otra, {"sitio_web": "https://x.example"})
    assert caido.status_code == 422
    assert 'name="persona"' in caido.content.decode()
    assert client.post(otra, {"persona": "on"}).status_code == 302


def test_private_codes_tried_over_the_limit_come_back_with_429(client: Client, settings) -> None:
    settings.LIMITES = settings.LIMITES | {"codigo": (0, 3600)}
    datos = {"folio": "P7B-0001", "codigo": "ABCD-EFGH-JKLM"}
    vuelve = client.post(reverse("paginas:mi_aporte"), datos)
    assert vuelve.status_code == 429 and int(vuelve["Retry-After"]) > 0
    assert "P7B-0001" in vuelve.content.decode()


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


def test_a_correction_over_the_limit_comes_back_with_429_too(
    como_autora: Client, autora: User, parrafo: Asunto, settings
) -> None:
    settings.LIMITES = settings.LIMITES | {"corregir": (0, 3600)}
    fila = aporte(asunto=parrafo, por=autora)
    url = reverse("paginas:corregir", args=[fila.folio])
    vuelve = como_autora.post(url, {"texto": "Dicho mejor.", "version": 1})
    assert vuelve.status_code == 429 and int(vuelve["Retry-After"]) > 0
    assert "Dicho mejor." in vuelve.content.decode()


def test_similar_proposals_are_looked_for_up_to_a_limit_of_the_address(
    client: Client, propuestas: Consulta, settings
) -> None:
    """Page and API spend the same; the preview comes without them rather than not at all."""
    settings.LIMITES = settings.LIMITES | {"semejantes": (2, 3600)}
    aqui = reverse("paginas:semejantes", args=[propuestas.slug])
    dicho = {"titulo": "Presupuesto comunal abierto", "problema": "No se publica."}
    api = {"consulta": propuestas.slug, **dicho}
    assert client.post(aqui, dicho).status_code == 200
    assert client.post("/api/v2/semejantes/", api, "application/json").status_code == 200
    for parado in (
        client.post(aqui, dicho),
        client.post("/api/v2/semejantes/", api, "application/json"),
    ):
        assert parado.status_code == 429 and 0 < int(parado["Retry-After"]) <= 3600
    datos = datos_de_propuesta(clave=str(uuid4()), accion="revisar") | QUIEN
    previa = client.post(reverse("paginas:proponer", args=[propuestas.slug]), datos)
    assert previa.status_code == 200 and "Revise su propuesta" in previa.content.decode()
    otra_casa = Client(REMOTE_ADDR="198.51.100.7")
    assert otra_casa.post(aqui, dicho).status_code == 200
