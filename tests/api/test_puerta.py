"""Over the API: nobody without an account causes mails without end, and a form's budget is the API's."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from comun.pruebas_de_trabajo import nuevo_reto
from comun.registro import Aviso, PruebaGastada
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.comun.test_pruebas_de_trabajo import resolver
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta() -> Consulta:
    return abierta(propuestas=True)


@pytest.fixture
def limites(settings):
    def poner(**cuantos: int) -> None:
        nuevos = {nombre: (n, 3600) for nombre, n in cuantos.items()}
        settings.LIMITES = settings.LIMITES | nuevos

    return poner


def invitado(consulta: Consulta, n: int = 1, **campos: object) -> dict[str, object]:
    quien = {"correo": f"vecina{n}@pruebas.example", "tramo_edad": "adulto"}
    return envio(consulta=consulta.slug, texto=f"Propuesta número {n}.") | quien | campos


def test_one_address_writes_to_so_many_mailboxes_and_no_more(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado_sin_prueba=2)
    assert [anonimo.post("aportes/", invitado(consulta, n)).status_code for n in (1, 2)] == [
        202
    ] * 2
    parado = anonimo.post("aportes/", invitado(consulta, 3))
    assert parado.status_code == 429
    assert 0 < int(parado["Retry-After"]) <= 3600
    assert parado.json()["codigo"] == "demasiados_intentos"
    assert "espere" in parado.json()["errores"]["general"][0]
    assert Aviso.objects.filter(razon="confirmar").count() == 2


def test_a_proof_of_work_raises_the_limit_and_has_one_of_its_own(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado_sin_prueba=0, invitado=1)
    reto = anonimo.leer("/altcha/")
    assert anonimo.post("aportes/", invitado(consulta, 1)).status_code == 429
    assert anonimo.post("aportes/", invitado(consulta, 2, altcha=resolver(reto))).status_code == 202
    otra = invitado(consulta, 3, altcha=resolver(nuevo_reto()))
    assert anonimo.post("aportes/", otra).status_code == 429


def test_a_proof_is_taken_once_and_rubbish_is_none(anonimo: Programa, consulta: Consulta) -> None:
    prueba = resolver(nuevo_reto())
    assert anonimo.post("aportes/", invitado(consulta, 1, altcha=prueba)).status_code == 202
    for n, mala in enumerate([prueba, "e30=", "x"], start=2):
        rechazo = anonimo.post("aportes/", invitado(consulta, n, altcha=mala))
        assert rechazo.status_code == 400
        assert list(rechazo.json()["errores"]) == ["altcha"]
    assert (Aporte.objects.count(), PruebaGastada.objects.count()) == (1, 1)


def test_a_lost_answer_is_asked_again_with_the_same_proof(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado=1)
    datos = invitado(consulta, altcha=resolver(nuevo_reto()))
    assert anonimo.post("aportes/", datos).json()["nuevo"] is True
    repetido = anonimo.post("aportes/", datos)
    assert (repetido.status_code, repetido.json()["nuevo"]) == (202, False)
    assert Aporte.objects.count() == 1


def test_form_and_api_spend_the_same_budget(
    anonimo: Programa, client: Client, consulta: Consulta, limites
) -> None:
    limites(invitado_sin_prueba=1)
    assert anonimo.post("aportes/", invitado(consulta)).status_code == 202
    datos = {"clave": str(uuid4()), "titulo": "Otra", "problema": "Uno", "texto": "Dos"}
    datos |= {"tema": "datos-abiertos", "correo": "otra@pruebas.example", "tramo_edad": "adulto"}
    formulario = client.post(reverse("paginas:proponer", args=[consulta.slug]), datos)
    assert formulario.status_code == 429
    assert Aporte.objects.count() == 1


def test_whoever_is_stopped_by_address_spends_nothing_of_anybodys_mailbox(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado_sin_prueba=0, invitado=5, invitado_correo=1)
    for n in (1, 2):
        detenido = invitado(consulta, n) | {"correo": "victima@pruebas.example"}
        assert anonimo.post("aportes/", detenido).status_code == 429
    suyo = invitado(consulta, 3, altcha=resolver(nuevo_reto()))
    assert anonimo.post("aportes/", suyo | {"correo": "victima@pruebas.example"}).status_code == 202


def test_asking_for_the_mail_again_spends_the_same_whoever_it_is_for(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado_sin_prueba=3)
    datos = invitado(consulta)
    anonimo.post("aportes/", datos)
    mio = {"clave": datos["clave"], "correo": datos["correo"]}
    assert anonimo.post("confirmar/reenviar/", mio).json()["correos"] == 2
    ajena = mio | {"clave": str(uuid4())}
    assert anonimo.post("confirmar/reenviar/", ajena).status_code == 400
    parado = anonimo.post("confirmar/reenviar/", mio)
    assert (parado.status_code, parado.json()["codigo"]) == (429, "demasiados_intentos")
    assert int(parado["Retry-After"]) > 0
    prueba = resolver(nuevo_reto())
    assert anonimo.post("confirmar/reenviar/", mio | {"altcha": prueba}).json()["correos"] == 3
    assert anonimo.post("confirmar/reenviar/", mio | {"altcha": prueba}).status_code == 400


def test_a_mailbox_gets_so_many_mails_counted_with_those_sent_again(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(invitado_correo=2)
    datos = invitado(consulta)
    anonimo.post("aportes/", datos)
    mio = {"clave": datos["clave"], "correo": datos["correo"]}
    assert anonimo.post("confirmar/reenviar/", mio).status_code == 200
    assert anonimo.post("confirmar/reenviar/", mio).status_code == 429
    assert anonimo.post("aportes/", invitado(consulta)).status_code == 429
    assert Aviso.objects.filter(razon="confirmar").count() == 2


def test_an_account_brings_no_proof_and_meets_none_of_these(consulta: Consulta, limites) -> None:
    limites(invitado_sin_prueba=0, invitado=0, invitado_correo=0)
    persona = sesion_de(UserFactory())
    enviados = [persona.post("aportes/", envio(consulta=consulta.slug)) for _vez in range(3)]
    assert [e.status_code for e in enviados] == [201] * 3


@pytest.mark.parametrize(
    "ruta",
    ["mi-aporte/", "aportes/X-0001/recibo/", "aportes/X-0001/retirar/", "aportes/X-0001/corregir/",
     "aportes/X-0001/apelar/", "aportes/X-0001/opinion/", "aportes/X-0001/revision/"],
)  # fmt: skip
def test_every_act_with_a_private_code_is_counted_by_address(
    anonimo: Programa, limites, ruta: str
) -> None:
    limites(codigo=0)
    todo = {"folio": "X-0001", "codigo": "ABCD-EFGH-JKLM", "version": 1, "texto": "x"}
    parado = anonimo.post(ruta, todo | {"responde": "si"})
    assert parado.status_code == 429, parado.content
    assert int(parado["Retry-After"]) > 0


def test_a_file_without_an_account_is_counted_by_address(
    anonimo: Programa, consulta: Consulta, limites
) -> None:
    limites(subida_invitado=0)
    from django.core.files.uploadedfile import SimpleUploadedFile

    datos = {"consulta": consulta.slug, "archivo": SimpleUploadedFile("a.txt", b"hola")}
    assert anonimo.http.post("/api/v2/adjuntos/", datos).status_code == 429


def test_signing_up_and_forgetting_a_password_write_to_so_many_addresses(
    anonimo: Programa, limites
) -> None:
    limites(registro_sin_prueba=1)
    for n, estado in ((1, 401), (2, 400)):
        alta = {"email": f"n{n}@pruebas.example", "password": "una-clave-7-larga"}
        alta |= {"nombre_publico": "", "tramo_edad": "adulto"}
        assert anonimo.post("/_allauth/app/v1/auth/signup", alta).status_code == estado
    olvidada = "/_allauth/app/v1/auth/password/request"
    veces = [anonimo.post(olvidada, {"email": f"n{n}@b.cl"}).status_code for n in range(21)]
    assert veces == [200] * 20 + [429]
