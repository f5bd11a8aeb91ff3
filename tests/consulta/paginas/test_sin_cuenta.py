"""The pages of a contribution's life: guests, private code, corrections, drafts."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.codigos import codigo_de, vale_de
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, BorradorDeAporte
from consulta.paginas.views.codigo import DE_SU_AUTOR
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte, datos_de_propuesta
from tests.factories.cuentas import InstitucionFactory

pytestmark = pytest.mark.django_db
QUIEN = {"correo": "rosa@pruebas.example", "tramo_edad": "adulto"}


def enviar_sin_cuenta(visita: Client, parrafo: Asunto, **campos: str) -> Aporte:
    datos = {"clave": str(uuid4()), "texto": "Falta un plazo.", "firma": "Rosa"} | QUIEN | campos
    respuesta = visita.post(parrafo.get_absolute_url(), datos)
    assert respuesta.url == reverse("paginas:por_confirmar")
    return Aporte.objects.get(clave_idempotencia=datos["clave"])


def direccion_de_confirmar(fila: Aporte) -> str:
    return reverse("paginas:confirmar", args=[vale_de(aporte_id=fila.pk, sal=fila.autoria.sal)])


def test_a_guest_sends_confirms_and_keeps_the_receipt(client: Client, parrafo: Asunto) -> None:
    html = client.get(parrafo.get_absolute_url()).content.decode()
    assert 'name="correo"' in html
    assert 'name="tramo_edad"' in html
    fila = enviar_sin_cuenta(client, parrafo)
    assert "48" in client.get(parrafo.get_absolute_url()).content.decode()
    assert "Falta un plazo." not in Client().get(parrafo.get_absolute_url()).content.decode()
    assert client.get(reverse("paginas:por_confirmar")).status_code == 200

    url, otra = direccion_de_confirmar(fila), Client()
    por_leer = otra.get(url).content.decode()
    assert "Falta un plazo." in por_leer
    assert "Sobre el párrafo" in por_leer
    fila.refresh_from_db()
    assert fila.confirmado_en is None  # opening the link confirms nothing
    html = otra.post(url, follow=True).content.decode()
    codigo = codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    assert codigo in html
    assert QUIEN["correo"] not in html
    assert "Falta un plazo." in Client().get(parrafo.get_absolute_url()).content.decode()


def test_folio_and_code_open_it_and_a_wrong_one_does_not_say_which(
    client: Client, parrafo: Asunto
) -> None:
    fila = enviar_sin_cuenta(client, parrafo)
    Client().post(direccion_de_confirmar(fila))
    fila.refresh_from_db()
    codigo = codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    url, visita = reverse("paginas:mi_aporte"), Client()
    errores = []
    for datos in ({"folio": fila.folio, "codigo": "AAAA"}, {"folio": "ZZ9-0001", "codigo": codigo}):
        mala = visita.post(url, datos)
        assert mala.status_code == 422
        errores.append(re.findall(r"<li>([^<]*no corresponden[^<]*)", mala.content.decode()))
    assert errores[0] == errores[1] != []
    ajeno = reverse("paginas:corregir", args=[fila.folio])
    assert "Falta un plazo." not in visita.get(ajeno).content.decode()
    assert visita.post(ajeno, {"texto": "Otra cosa.", "version": 1}).status_code == 403
    abierta = visita.post(url, {"folio": fila.folio.lower(), "codigo": codigo.lower()}, follow=True)
    html = abierta.content.decode()
    assert "Secretaría técnica" in html
    assert codigo not in html

    corregir = reverse("paginas:corregir", args=[fila.folio])
    assert "Falta un plazo." in visita.get(corregir).content.decode()
    visita.post(corregir, {"texto": "Falta un plazo breve.", "version": 1})
    fila.refresh_from_db()
    assert fila.version == 2
    retirar = reverse("paginas:retirar", args=[fila.folio])
    assert visita.post(retirar, {"motivo": ""}).url == url
    assert fila.folio in visita.get(url).content.decode()
    visita.post(reverse("paginas:cerrar_mi_aporte"))
    assert fila.folio not in visita.get(url).content.decode()


def test_a_mistyped_address_is_mended_by_sending_again_and_there_is_one(
    client: Client, parrafo: Asunto
) -> None:
    fila = enviar_sin_cuenta(client, parrafo, correo="roza@pruebas.example")
    mal_dirigido = direccion_de_confirmar(fila)
    bien = {
        "clave": str(fila.clave_idempotencia),
        "texto": "Falta un plazo.",
        "firma": "Rosa",
    } | QUIEN
    assert client.post(parrafo.get_absolute_url(), bien).url == reverse("paginas:por_confirmar")
    fila = Aporte.objects.select_related("autoria").get()
    assert fila.autoria.correo == QUIEN["correo"]
    assert Client().get(mal_dirigido).status_code == 404
    assert client.post(parrafo.get_absolute_url(), bien).url == reverse("paginas:por_confirmar")
    html = Client().post(direccion_de_confirmar(fila), follow=True).content.decode()
    assert codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal) in html
    assert Aporte.objects.confirmados().count() == Aporte.objects.count() == 1


def test_a_mistyped_address_is_mended_on_the_page_that_waits_for_it(
    client: Client, parrafo: Asunto
) -> None:
    fila = enviar_sin_cuenta(client, parrafo, correo="roza@pruebas.example")
    mal_dirigido, espera = direccion_de_confirmar(fila), reverse("paginas:por_confirmar")
    mal = client.post(espera, {"correo": "rosa"})
    assert mal.status_code == 422
    assert "debe ser como" in mal.content.decode()
    assert "roza@" not in mal.content.decode()
    assert Client().post(espera, {"correo": QUIEN["correo"]}).url == reverse("paginas:mi_aporte")
    assert client.post(espera, {"correo": QUIEN["correo"]}).url == espera
    fila = Aporte.objects.select_related("autoria").get()
    assert (fila.autoria.correo, fila.autoria.nombre_publico) == (QUIEN["correo"], "Rosa")
    assert Client().get(mal_dirigido).status_code == 404
    Client().post(direccion_de_confirmar(fila))
    otra_vez = enviar_sin_cuenta(client, parrafo)  # and the same words again are known as such
    assert otra_vez.autoria.huella_envio == fila.autoria.huella_envio


def test_a_confirmed_one_changes_no_mailbox(client: Client, parrafo: Asunto) -> None:
    fila = enviar_sin_cuenta(client, parrafo)
    Client().post(direccion_de_confirmar(fila))
    espera = reverse("paginas:por_confirmar")
    tarde = client.post(espera, {"correo": "otra@pruebas.example"})
    assert tarde.status_code == 422
    assert "ya se confirmó" in tarde.content.decode()
    fila.autoria.refresh_from_db()
    assert fila.autoria.correo == QUIEN["correo"]


def test_only_the_browser_that_sent_it_moves_it_and_only_the_same_words(
    client: Client, parrafo: Asunto
) -> None:
    fila = enviar_sin_cuenta(client, parrafo, correo="roza@pruebas.example")
    datos = {
        "clave": str(fila.clave_idempotencia),
        "texto": "Falta un plazo.",
        "firma": "Rosa",
    } | QUIEN
    ajena = Client().post(parrafo.get_absolute_url(), datos)
    assert ajena.status_code == 422 and "ya se usó" in ajena.content.decode()
    otra = client.post(parrafo.get_absolute_url(), datos | {"texto": "Falta dinero."})
    assert otra.status_code == 422 and "decía otra cosa" in otra.content.decode()
    fila.autoria.refresh_from_db()
    assert fila.autoria.correo == "roza@pruebas.example"
    assert Client().post(direccion_de_confirmar(fila)).status_code == 302
    ya = client.post(parrafo.get_absolute_url(), datos)
    assert ya.status_code == 422 and "ya se usó" in ya.content.decode()


def test_one_version_mended_in_the_first_minutes_is_no_correction(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    fila = aporte(asunto=parrafo, por=autora)
    url = reverse("paginas:versiones", args=[fila.folio])
    html = como_autora.get(url).content.decode()
    assert "Nadie la ha corregido" in html and "lo corrigió" not in html
    datos = {"texto": "Dicho mejor, enseguida.", "version": 1}
    como_autora.post(reverse("paginas:corregir", args=[fila.folio]), datos)
    html = como_autora.get(url).content.decode()
    assert "Dicho mejor, enseguida." in html and "Versión 2" not in html
    assert "la ajustó en los primeros diez minutos" in html and "lo corrigió" not in html


def test_whoever_is_under_14_is_told_why_and_nothing_is_kept(
    client: Client, parrafo: Asunto
) -> None:
    datos = {"clave": str(uuid4()), "texto": "Mi idea."} | QUIEN | {"tramo_edad": "menor"}
    respuesta = client.post(parrafo.get_absolute_url(), datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "14 años" in html
    assert "Mi idea." in html
    assert "data-descartar" in html
    assert not Aporte.objects.exists()
    assert "Mi idea." not in client.get(parrafo.get_absolute_url()).content.decode()


def test_a_broken_link_and_a_double_confirmation_are_kind(client: Client, parrafo: Asunto) -> None:
    assert client.get("/confirmar/1-nada/").status_code == 404
    assert client.post("/confirmar/1-nada/").status_code == 422
    fila = enviar_sin_cuenta(client, parrafo)
    url = direccion_de_confirmar(fila)
    assert client.post(url).url == client.post(url).url
    assert "ya está confirmado" in client.get(url).content.decode()


def test_a_correction_in_an_old_tab_keeps_what_was_typed(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    fila = aporte(consulta=propuestas, por=autora)
    url = reverse("paginas:corregir", args=[fila.folio])
    datos = datos_de_propuesta(version=1, texto="Dicho mejor.")
    assert como_autora.post(url, datos).url == fila.get_absolute_url()
    vieja = como_autora.post(url, datos | {"texto": "De otra pestaña."})
    html = vieja.content.decode()
    assert vieja.status_code == 422
    assert "De otra pestaña." in html
    assert 'name="version" value="2"' in html
    versiones = como_autora.get(reverse("paginas:versiones", args=[fila.folio]))
    assert versiones.status_code == 200


def test_without_scripts_a_draft_is_kept_found_and_discarded(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()), titulo="A medio escribir", guardar="1")
    assert como_autora.post(url, datos).url == f"{url}#participar"
    html = como_autora.get(url).content.decode()
    assert "A medio escribir" in html
    assert "Recuperamos lo que había escrito" in html
    assert "A medio escribir" in como_autora.get("/mis-aportes/").content.decode()
    otra = como_autora.post(url, datos | {"titulo": "En otra pestaña"})
    assert otra.status_code == 422
    assert "más reciente" in otra.content.decode()
    assert "En otra pestaña" in otra.content.decode()
    como_autora.post(reverse("paginas:borradores"), {"lugar": url, "accion": "descartar"})
    assert not BorradorDeAporte.objects.exists()


def test_a_form_that_comes_back_goes_on_with_its_own_draft(
    como_autora: Client, propuestas: Consulta
) -> None:
    url, guardar = (
        reverse("paginas:proponer", args=[propuestas.slug]),
        reverse("paginas:borradores"),
    )
    datos = datos_de_propuesta(clave=str(uuid4()), titulo="")
    visto = como_autora.post(guardar, datos | {"lugar": url}).json()["guardado_en"]
    html = como_autora.post(url, datos | {"visto": visto}).content.decode()
    assert re.search(r'name="visto" value="([^"]*)"', html)[1] == visto
    sigue = como_autora.post(guardar, datos | {"lugar": url, "visto": visto, "titulo": "Mejor"})
    assert sigue.status_code == 200
    roto = como_autora.post(url, datos | {"visto": "<b>ayer</b>"}).content.decode()
    assert 'name="visto" value=""' in roto


def test_sending_takes_the_draft_away(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()))
    como_autora.post(url, datos | {"guardar": "1"})
    assert BorradorDeAporte.objects.count() == 1
    como_autora.post(url, datos)
    assert not BorradorDeAporte.objects.exists()


def test_the_second_word_of_an_organisation_leads_to_the_first(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    autora.representa = InstitucionFactory(nombre="Fundación Agua", tipo="osc")
    autora.save()
    url = parrafo.get_absolute_url()
    assert "Como Fundación Agua" in como_autora.get(url).content.decode()
    datos = {"texto": "Falta un plazo.", "voz": "organizacion"}
    como_autora.post(url, datos | {"clave": uuid4()})
    primero = Aporte.objects.get()
    assert primero.organizacion == autora.representa
    segundo = como_autora.post(url, datos | {"clave": uuid4(), "texto": "Otra cosa."})
    assert segundo.status_code == 422
    assert reverse("paginas:corregir", args=[primero.folio]) in segundo.content.decode()
    assert "Otra cosa." in segundo.content.decode()


def test_public_name_changes_for_what_comes_and_can_be_taken_off(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    fila = aporte(consulta=propuestas, por=autora)
    url = reverse("paginas:perfil")
    como_autora.post(url, {"nombre_publico": "Otra firma"})
    assert Aporte.objects.get(pk=fila.pk).firma == "Ana Pizarro"
    como_autora.post(url, {"ocultar": "1"})
    assert Aporte.objects.get(pk=fila.pk).firma == "Participante"


@pytest.mark.parametrize("nombre", ["mis_aportes", "perfil", "representaciones", "mi_aporte"])
def test_the_pages_of_an_account_open_when_empty(como_autora: Client, nombre: str) -> None:
    assert como_autora.get(reverse(f"paginas:{nombre}")).status_code == 200


def test_the_receipt_of_what_was_withdrawn_does_not_promise_an_answer(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    fila = aporte(asunto=parrafo, por=autora, ahora=timezone.now())
    url = reverse("paginas:recibo", args=[fila.folio])
    assert "esperan respuesta" in como_autora.get(url).content.decode()
    retirar_aporte(aporte=fila, por=autora)
    html = como_autora.get(url).content.decode()
    assert "Ya no está publicado" in html
    assert "esperan respuesta" not in html
    assert "Se responde" not in html


def test_a_comment_that_comes_back_leads_to_its_form(client: Client, parrafo: Asunto) -> None:
    """A browser puts the focus there, scripts or not; a fragment would stay in the receipt's address."""
    url = parrafo.get_absolute_url()
    devuelta = client.post(url, {"texto": ""})
    assert devuelta.status_code == 422
    assert 'tabindex="-1" autofocus' in devuelta.content.decode()
    assert f'action="{url}"' in devuelta.content.decode()


def test_folio_and_code_are_offered_on_every_page(client: Client) -> None:
    assert 'href="/mi-aporte/"' in client.get("/consultas/").content.decode()


def test_the_waiting_page_mails_the_link_again(client: Client, parrafo: Asunto) -> None:
    enviar_sin_cuenta(client, parrafo)
    url = reverse("paginas:por_confirmar")
    assert "Reenviar el correo" in client.get(url).content.decode()
    assert "Enviamos el correo otra vez" in client.post(url, follow=True).content.decode()
    client.post(url)
    assert "Ya enviamos 3 correos" in client.post(url, follow=True).content.decode()
    assert Client().post(url).status_code == 302


@pytest.mark.parametrize("pagina", DE_SU_AUTOR)
def test_a_link_of_ones_own_asks_for_account_or_code_and_leads_there(
    client: Client, como_autora: Client, parrafo: Asunto, pagina: str
) -> None:
    fila, otra = aporte(asunto=parrafo), aporte(asunto=parrafo)
    url = reverse(f"paginas:{pagina}", args=[fila.folio])
    html = client.get(url).content.decode()
    assert f"/cuenta/login/?next={url}" in html
    assert f'value="{fila.folio}"' in html and f'name="siguiente" value="{url}"' in html
    ajena = como_autora.get(url)
    assert ajena.status_code == 403 and 'name="codigo"' in ajena.content.decode()
    abrir = {"folio": fila.folio, "siguiente": url}
    malo = client.post("/mi-aporte/", abrir | {"codigo": "AAAA-BBBB-CCCC"})
    assert malo.status_code == 422
    assert f'name="siguiente" value="{url}"' in malo.content.decode()
    suyo = abrir | {"codigo": codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)}
    for ajena in ("https://otro.example/", "//otro.example", url.replace(fila.folio, otra.folio)):
        assert client.post("/mi-aporte/", suyo | {"siguiente": ajena}).url == "/mi-aporte/"
    client.post("/mi-aporte/cerrar/")
    assert client.post("/mi-aporte/", suyo).url == url
    assert 'name="codigo"' not in client.get(url).content.decode()
    assert como_autora.post("/mi-aporte/", suyo).url == url, (
        "signed in, and sent without the account"
    )
    assert 'name="codigo"' not in como_autora.get(url).content.decode()


def test_the_preview_tells_a_guest_that_a_mail_comes_first(
    client: Client, como_autora: Client, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()), accion="revisar")
    assert "un correo para confirmarla" in client.post(url, datos | QUIEN).content.decode()
    assert "un folio y un recibo por correo" in como_autora.post(url, datos).content.decode()
