from uuid import uuid4

import pytest
from django.core import mail

from comun.avisos import enviar_aviso
from comun.errores import DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from cuentas.roles import Rol
from portal.contacto import marcar_atendido, recibir_mensaje
from portal.models import ContactoPage, MensajeDeContacto
from tests.factories.cuentas import cuenta_de

pytestmark = pytest.mark.django_db


def datos(**cambios):
    return {
        "nombre": "Ana",
        "correo": "ana@example.org",
        "asunto": "Un enlace roto",
        "mensaje": "El acta 3 no abre.",
        "sitio_web": "",
        "clave": str(uuid4()),
    } | cambios


def test_message_is_kept_and_the_page_says_so(client):
    respuesta = client.post("/contacto/", datos())
    assert respuesta.status_code == 302
    assert "Recibimos su mensaje" in client.get(respuesta["Location"]).content.decode()
    assert MensajeDeContacto.objects.get().asunto == "Un enlace roto"


def test_sent_twice_it_is_kept_once(client):
    envio = datos()
    client.post("/contacto/", envio)
    assert client.post("/contacto/", envio).status_code == 302
    assert MensajeDeContacto.objects.count() == 1


def test_going_back_and_writing_something_else_is_another_message(client):
    envio = datos()
    client.post("/contacto/", envio)
    client.post("/contacto/", envio | {"mensaje": "Además, el acta 4 está vacía."})
    assert MensajeDeContacto.objects.count() == 2


def test_who_falls_in_the_trap_loses_nothing_and_gets_another_way(client):
    envio = datos(sitio_web="http://spam.example")
    respuesta = client.post("/contacto/", envio)
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "El acta 3 no abre." in html
    assert 'name="persona"' in html
    assert 'name="sitio_web"' not in html
    assert not MensajeDeContacto.objects.exists()
    assert client.post("/contacto/", envio | {"persona": "on"}).status_code == 302
    assert MensajeDeContacto.objects.count() == 1


def test_over_the_limit_the_form_comes_back_with_429_and_the_text(client, settings):
    settings.LIMITES = settings.LIMITES | {"contacto_sin_prueba": (1, 3600)}
    assert client.post("/contacto/", datos()).status_code == 302
    respuesta = client.post("/contacto/", datos(mensaje="Otra cosa que decir."))
    assert respuesta.status_code == 429
    assert "Otra cosa que decir." in respuesta.content.decode()
    assert "espere" in respuesta.content.decode()
    assert MensajeDeContacto.objects.count() == 1


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("nombre", ""),
        ("nombre", "\u202e"),
        ("correo", "no es un correo"),
        ("correo", "a@" + ".".join(["b" * 60] * 5) + ".example"),
        ("asunto", " \n "),
        ("asunto", "a" * 161),
        ("mensaje", ""),
        ("mensaje", "\u202e \ufeff"),
        ("mensaje", "x" * 1_000_000),
        ("mensaje", "hola\x00"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(client, campo, valor):
    respuesta = client.post("/contacto/", datos(**{campo: valor}))
    assert respuesta.status_code == 422
    cuerpo = respuesta.content.decode()
    assert "Revise lo siguiente" in cuerpo
    assert campo == "nombre" or 'value="Ana"' in cuerpo
    assert not MensajeDeContacto.objects.exists()


@pytest.mark.parametrize("texto", ["<script>alert(1)</script>", "🙂 شكرا", "línea\r\n\r\notra"])
def test_odd_but_honest_texts_are_kept(client, texto):
    assert client.post("/contacto/", datos(mensaje=texto)).status_code == 302
    assert MensajeDeContacto.objects.get().mensaje == texto.replace("\r\n", "\n")


def test_form_shown_again_escapes_what_was_typed(client):
    malo = '"><script>alert(1)</script>'
    cuerpo = client.post("/contacto/", datos(nombre=malo, correo="")).content.decode()
    assert "<script>alert(1)" not in cuerpo


@pytest.mark.parametrize("clave", ["", "no-es-una-clave", "x" * 10_000])
def test_a_lost_key_is_no_reason_to_refuse_a_message(client, clave):
    assert client.post("/contacto/", datos(clave=clave)).status_code == 302
    assert MensajeDeContacto.objects.count() == 1


def test_whoever_attends_is_told_without_the_words(client, settings):
    ContactoPage.objects.update(correo_destino="mesa@example.org")
    client.post("/contacto/", datos(mensaje="Algo personal."))
    enviar_aviso.func(Aviso.objects.get().pk)
    [correo] = mail.outbox
    assert correo.to == ["mesa@example.org"]
    assert "Un enlace roto" in correo.body
    assert "Algo personal" not in correo.body


def test_flow_refuses_a_message_that_says_nothing():
    with pytest.raises(DatoInvalido):
        recibir_mensaje(
            nombre="A",
            correo="a@example.org",
            asunto="B",
            mensaje="\x00",
            clave=uuid4(),
            pagina=None,
        )


def test_secretariat_reads_and_marks_it_attended(client):
    client.post("/contacto/", datos())
    mensaje = MensajeDeContacto.objects.get()
    client.force_login(cuenta_de(Rol.SECRETARIA))
    ver = client.get(f"/admin/mensajes-de-contacto/inspect/{mensaje.pk}/").content.decode()
    assert "El acta 3 no abre." in ver
    client.post(f"/admin/mensajes-de-contacto/edit/{mensaje.pk}/", {"atendido": "on"})
    mensaje.refresh_from_db()
    assert mensaje.atendido_en is not None
    assert Evento.objects.filter(verbo="atender_mensaje").count() == 1


@pytest.mark.parametrize("rol", [Rol.EDITOR, Rol.OFICIAL, Rol.MODERADOR, Rol.PARTICIPANTE])
def test_others_neither_read_nor_attend(client, rol):
    client.post("/contacto/", datos())
    mensaje = MensajeDeContacto.objects.get()
    quien = cuenta_de(rol)
    with pytest.raises(SinPermiso):
        marcar_atendido(mensaje=mensaje, por=quien)
    client.force_login(quien)
    ruta = f"/admin/mensajes-de-contacto/inspect/{mensaje.pk}/"
    assert client.get(ruta).status_code == 302


@pytest.mark.parametrize("accion", ["new", "delete/1"])
def test_nobody_writes_nor_deletes_messages_in_the_administration(client, accion):
    client.force_login(cuenta_de(Rol.ADMINISTRADOR))
    respuesta = client.get(f"/admin/mensajes-de-contacto/{accion}/")
    assert respuesta.status_code in (302, 403, 404)
