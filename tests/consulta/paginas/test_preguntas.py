"""The two questions on the pages: nothing typed is lost, and a button sends it all the same."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from consulta.aportes.codigos import vale_de
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from tests.consulta.paginas.conftest import datos_de_propuesta
from tests.consulta.paginas.test_sin_cuenta import QUIEN, direccion_de_confirmar, enviar_sin_cuenta

pytestmark = pytest.mark.django_db
RUN = "Mi RUN es 12.345.678-5 y el texto es largo."


def comentar(cliente: Client, parrafo: Asunto, texto: str, **campos: str):
    datos = {"clave": str(uuid4()), "texto": texto} | campos
    return cliente.post(parrafo.get_absolute_url(), datos)


def test_going_back_and_sending_again_shows_the_first_with_its_receipt(
    como_autora: Client, parrafo: Asunto
) -> None:
    comentar(como_autora, parrafo, "Falta un plazo.")
    primero = Aporte.objects.get()
    otra = comentar(como_autora, parrafo, "Falta un plazo.")
    html = otra.content.decode()
    assert otra.status_code == 422
    assert reverse("paginas:recibo", args=[primero.folio]) in html
    assert "Falta un plazo.</textarea>" in html
    assert 'name="seguro" value="ya_enviado"' in html
    assert Aporte.objects.count() == 1
    igual = comentar(como_autora, parrafo, "Falta un plazo.", seguro="ya_enviado")
    assert igual.status_code == 302
    assert Aporte.objects.count() == 2


def test_a_run_is_asked_about_beside_its_field_and_may_be_sent(
    como_autora: Client, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()), problema=RUN)
    asked = como_autora.post(url, datos)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "parece contener datos personales" in html
    assert 'href="#id_problema"' in html
    assert RUN in html
    assert not Aporte.objects.exists()
    assert como_autora.post(url, datos | {"seguro": "datos_personales"}).status_code == 302
    assert Aporte.objects.get().contenido.campos["problema"] == RUN


def test_both_questions_are_asked_one_after_the_other_and_remembered(
    como_autora: Client, parrafo: Asunto
) -> None:
    comentar(como_autora, parrafo, RUN, seguro="datos_personales")
    primera = comentar(como_autora, parrafo, RUN).content.decode()
    assert "¿Lo envía otra vez?" in primera
    segunda = comentar(como_autora, parrafo, RUN, seguro="ya_enviado").content.decode()
    assert "¿Lo publica así?" in segunda
    assert '<input type="hidden" name="seguro" value="ya_enviado">' in segunda
    datos = {"clave": str(uuid4()), "texto": RUN, "seguro": ["ya_enviado", "datos_personales"]}
    assert como_autora.post(parrafo.get_absolute_url(), datos).status_code == 302


def test_a_correction_that_shows_a_telephone_is_asked_about(
    como_autora: Client, parrafo: Asunto
) -> None:
    comentar(como_autora, parrafo, "Falta un plazo.")
    url = reverse("paginas:corregir", args=[Aporte.objects.get().folio])
    datos = {"texto": "Falta un plazo: +56 9 8765 4321.", "version": 1}
    assert "¿Lo publica así?" in como_autora.post(url, datos).content.decode()
    assert como_autora.post(url, datos | {"seguro": "datos_personales"}).status_code == 302
    assert Aporte.objects.get().version == 2


def test_a_guest_is_asked_on_the_page_that_confirms(client: Client, parrafo: Asunto) -> None:
    primero = enviar_sin_cuenta(client, parrafo)
    Client().post(direccion_de_confirmar(primero))
    primero.refresh_from_db()
    segundo = enviar_sin_cuenta(Client(), parrafo)
    assert segundo.pk != primero.pk
    url, visita = direccion_de_confirmar(segundo), Client()
    assert primero.folio in visita.get(url).content.decode()
    sin_decir = visita.post(url)
    assert sin_decir.status_code == 422
    assert "Publicar este también" in sin_decir.content.decode()
    visto = visita.post(url, {"accion": "ver_el_primero"})
    assert visto.url == reverse("paginas:recibo", args=[primero.folio])
    assert visita.get(visto.url).status_code == 200
    assert visita.post(url, {"seguro": "ya_enviado"}).status_code == 302
    segundo.refresh_from_db()
    assert segundo.confirmado_en


def test_a_guest_who_goes_back_before_confirming_adds_nothing(
    client: Client, parrafo: Asunto
) -> None:
    enviar_sin_cuenta(client, parrafo)
    datos = {"clave": str(uuid4()), "texto": "Falta un plazo.", "firma": "Rosa"} | QUIEN
    otra = client.post(parrafo.get_absolute_url(), datos)
    assert otra.url == reverse("paginas:por_confirmar")
    fila = Aporte.objects.get()
    vale = vale_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    assert client.post(reverse("paginas:confirmar", args=[vale])).status_code == 302


def test_the_answer_to_a_question_is_no_part_of_a_draft(
    como_autora: Client, parrafo: Asunto
) -> None:
    comentar(como_autora, parrafo, RUN, guardar="1", seguro="datos_personales")
    html = como_autora.get(parrafo.get_absolute_url()).content.decode()
    assert RUN in html
    assert 'name="seguro"' not in html
