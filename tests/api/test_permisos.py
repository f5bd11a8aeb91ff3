"""Who may do what by API: stage × person × operation, each by the code and the word it answers with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from cuentas.models import User
from cuentas.roles import Rol
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory, cuenta_de
from tests.factories.procesos import ConsultaFactory, version_publicada

pytestmark = pytest.mark.django_db


def consulta_en(etapa: str) -> Consulta:
    ahora = timezone.now()
    ventanas = {
        "futura": {
            "etapa__inicio": ahora + timedelta(hours=1),
            "etapa__fin": ahora + timedelta(days=9),
        },
        "cerrada": {"etapa__inicio": ahora - timedelta(days=9), "etapa__fin": ahora},
    }
    if etapa in ventanas:
        return ConsultaFactory(propuestas=True, **ventanas[etapa])
    if etapa == "historica":
        return abierta(propuestas=True, etapa__proceso__historico=True)
    if etapa == "sin_anunciar":
        return abierta(propuestas=True, publicada=False)
    return abierta(propuestas=etapa == "abierta")


def programa_de(quien: str) -> Programa:
    return Programa() if quien == "anonimo" else sesion_de(cuenta_de(Rol(quien)))


QUIENES = ["anonimo", *Rol.values]


@pytest.mark.parametrize("quien", QUIENES)
@pytest.mark.parametrize(
    ("etapa", "estado", "codigo"),
    [
        ("abierta", 201, ""),
        ("futura", 403, "fuera_de_plazo"),
        ("cerrada", 403, "fuera_de_plazo"),
        ("historica", 403, "sin_permiso"),
        ("de_borrador", 403, "sin_permiso"),
        ("sin_anunciar", 400, "dato_invalido"),
    ],
)
def test_sending_a_proposal(quien: str, etapa: str, estado: int, codigo: str) -> None:
    respuesta = programa_de(quien).post("aportes/", envio(consulta=consulta_en(etapa).slug))
    if quien == "anonimo" and etapa != "sin_anunciar":
        estado, codigo = 401, "sin_sesion"  # unless they say they are a guest: test_invitados
    assert respuesta.status_code == estado, respuesta.content
    if codigo:
        assert respuesta.json()["codigo"] == codigo
    assert Aporte.objects.count() == (1 if estado == 201 else 0)


@pytest.mark.parametrize("quien", QUIENES)
def test_answering_is_for_officials_and_the_secretariat(quien: str) -> None:
    pendiente = aporte(consulta=abierta(propuestas=True), ahora=timezone.now())
    decision = {
        "razon": "La ley lo regula.",
        "institucion": InstitucionFactory().pk,
        "coberturas": [
            {
                "aporte": pendiente.folio,
                "resultado": "aclaracion",
                "destino": {"porque_nada": "Ya."},
            }
        ],
    }
    if quien == Rol.OFICIAL:
        decision.pop("institucion")
    respuesta = programa_de(quien).post("respuestas/", decision)
    puede = quien in (Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR)
    esperado = 201 if puede else (401 if quien == "anonimo" else 403)
    assert respuesta.status_code == esperado, respuesta.content


def test_an_official_neither_answers_for_others_nor_their_own() -> None:
    oficial = UserFactory(oficial=True)
    propio = aporte(consulta=abierta(propuestas=True), por=oficial, ahora=timezone.now())
    linea = {"aporte": propio.folio, "resultado": "aclaracion", "destino": {"porque_nada": "Ya."}}
    sesion = sesion_de(oficial)
    assert sesion.post("respuestas/", {"razon": "Sí.", "coberturas": [linea]}).status_code == 403
    ajena = {"razon": "Sí.", "coberturas": [linea], "institucion": InstitucionFactory().pk}
    assert sesion.post("respuestas/", ajena).status_code == 403


@pytest.mark.parametrize("quien", QUIENES)
def test_nobody_takes_back_the_words_of_another(quien: str) -> None:
    ajeno = aporte(consulta=abierta(propuestas=True), ahora=timezone.now())
    respuesta = programa_de(quien).post(f"aportes/{ajeno.folio}/retirar/", {"motivo": "x"})
    assert respuesta.status_code == (401 if quien == "anonimo" else 403)
    ajeno.refresh_from_db()
    assert ajeno.es_visible


def test_the_author_does_not_take_it_back_after_the_stage_closed() -> None:
    autor = UserFactory()
    consulta = abierta(propuestas=True)
    tarde = aporte(consulta=consulta, por=autor, ahora=timezone.now())
    consulta.etapa.fin = timezone.now()
    consulta.etapa.save()
    respuesta = sesion_de(autor).post(f"aportes/{tarde.folio}/retirar/")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (403, "fuera_de_plazo")


@pytest.mark.parametrize("voz", ["participante", "oficial"])
def test_only_officials_speak_for_their_institution(voz: str) -> None:
    fragmento = version_publicada(abierta(), ["Uno."]).fragmentos.get()
    sobre = aporte(asunto=fragmento.asunto, ahora=timezone.now())
    datos = envio(tipo="replica", padre=sobre.folio, institucional=True)
    respuesta = programa_de(voz).post("aportes/", datos)
    assert respuesta.status_code == (201 if voz == "oficial" else 403)


def test_a_session_that_ended_is_told_apart_from_none(anonimo: Programa) -> None:
    datos = envio(consulta=abierta(propuestas=True).slug)
    sesion = sesion_de(UserFactory())
    sesion._pedir("DELETE", "/_allauth/app/v1/auth/session")
    for token in (sesion.token, "x", "ñ".encode().decode("latin-1"), "a" * 5000):
        respuesta = Programa(token).post("aportes/", datos)
        assert respuesta.status_code == 401
        assert "venció" in respuesta.json()["errores"]["general"][0]
    assert "X-Session-Token" in anonimo.post("aportes/", datos).json()["errores"]["general"][0]


def test_an_account_that_was_closed_has_no_session_any_more() -> None:
    cuenta: User = UserFactory()
    sesion = sesion_de(cuenta)
    User.objects.filter(pk=cuenta.pk).update(is_active=False)
    datos = envio(consulta=abierta(propuestas=True).slug)
    assert sesion.post("aportes/", datos).status_code == 401


def test_reading_with_a_session_is_the_same_as_without() -> None:
    aporte(consulta=abierta(propuestas=True), ahora=timezone.now())
    con, sin = sesion_de(UserFactory()).get("aportes/"), Programa().get("aportes/")
    assert con.content == sin.content
    assert con["ETag"] == sin["ETag"]
