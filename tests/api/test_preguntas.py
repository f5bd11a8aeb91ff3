"""A program is told what a person would be asked; and what guests do over the API."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consulta.aportes.models import Adjunto, Aporte
from tests.api.conftest import RAIZ, Programa, abierta, envio, sesion_de
from tests.factories.archivos import pdf
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
ROSA = {"correo": "Rosa@pruebas.example", "tramo_edad": "adulto"}


def test_another_key_is_another_contribution_and_the_answer_names_the_first() -> None:
    autora, dice = (
        sesion_de(UserFactory(participante=True)),
        envio(consulta=abierta(propuestas=True).slug),
    )
    primero = autora.post("aportes/", dice)
    assert primero.json()["avisos"] == []
    otra = autora.post("aportes/", dice | {"clave": str(uuid4())})
    assert otra.status_code == 201
    (aviso,) = otra.json()["avisos"]
    assert (aviso["codigo"], aviso["folio"]) == ("ya_enviado", primero.json()["folio"])
    assert Aporte.objects.count() == 2


def test_who_asks_to_be_asked_goes_on_by_repeating_without_it() -> None:
    autora = sesion_de(UserFactory(participante=True))
    dice = envio(consulta=abierta(propuestas=True).slug, texto="Llame al 9 8765 4321.")
    asked = autora.post("aportes/", dice | {"preguntar": True})
    assert asked.status_code == 422
    assert asked.json()["codigo"] == "datos_personales"
    assert "texto" in asked.json()["errores"]
    assert not Aporte.objects.exists()
    sent = autora.post("aportes/", dice)
    assert sent.status_code == 201
    assert [(a["codigo"], a["campo"]) for a in sent.json()["avisos"]] == [
        ("datos_personales", "texto")
    ]
    again = autora.post("aportes/", dice | {"clave": str(uuid4()), "preguntar": True})
    assert again.json()["codigo"] == "ya_enviado"


def test_a_guest_uploads_sends_and_has_the_mail_again() -> None:
    consulta, programa = abierta(propuestas=True), Programa()
    subido = Client().post(
        f"{RAIZ}adjuntos/",
        {"consulta": consulta.slug, "archivo": SimpleUploadedFile("acta.pdf", pdf())},
    )
    assert subido.status_code == 201, subido.content
    dice = envio(consulta=consulta.slug, adjuntos=[{"token": subido.json()["token"]}]) | ROSA
    assert programa.post("aportes/", dice).status_code == 202
    assert Adjunto.objects.get().aporte.confirmado_en is None
    quien = {"clave": dice["clave"], "correo": "rosa@pruebas.example "}
    assert programa.post("confirmar/reenviar/", quien).json()["correos"] == 2
    assert programa.post("confirmar/reenviar/", quien).json()["correos"] == 3
    assert programa.post("confirmar/reenviar/", quien).status_code == 409
    ajenos = (quien | {"correo": "otra@pruebas.example"}, quien | {"clave": str(uuid4())})
    dichos = [programa.post("confirmar/reenviar/", malo) for malo in ajenos]
    assert [d.status_code for d in dichos] == [400, 400]
    assert dichos[0].json() == dichos[1].json()


def test_a_guest_uploads_nothing_where_guests_are_not_taken() -> None:
    consulta = abierta(propuestas=True, acepta_invitados=False)
    subido = Client().post(
        f"{RAIZ}adjuntos/",
        {"consulta": consulta.slug, "archivo": SimpleUploadedFile("acta.pdf", pdf())},
    )
    assert subido.status_code == 401
    assert subido.json()["codigo"] == "sin_sesion"
