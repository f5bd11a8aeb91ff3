"""The main job by API, from signing up to reading the answer."""

import re

import pytest
from django.core import mail
from django.test import Client

from comun.registro import Evento
from consulta.aportes.models import Aporte
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db


def test_a_person_signs_up_by_the_api_confirms_by_mail_and_proposes(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    alta = anonimo.post(
        "/_allauth/app/v1/auth/signup",
        {
            "email": "rosa@ejemplo.cl",
            "password": "una-clave-larga-7",
            "nombre_publico": "Rosa",
            "tramo_edad": "adulto",
        },
    )
    assert alta.status_code == 401  # the address is still to be confirmed
    enlace = re.search(r"/cuenta/confirm-email/([^/\s]+)/", str(mail.outbox[0].body))
    assert enlace is not None
    anonimo.token = alta.json()["meta"]["session_token"]
    confirmado = anonimo.post("/_allauth/app/v1/auth/email/verify", {"key": enlace.group(1)})
    assert confirmado.status_code in (200, 401)

    rosa = Programa().ingresar("rosa@ejemplo.cl")
    recibo = rosa.post("aportes/", envio(consulta=consulta.slug))

    assert recibo.status_code == 201, recibo.content
    assert recibo.json()["folio"] == f"{consulta.sigla}-0001"
    assert Programa().leer(f"aportes/{recibo.json()['folio']}/")["firma"] == "Rosa"


def test_from_a_comment_to_the_answer_anyone_reads(anonimo: Programa) -> None:
    consulta = abierta()
    fragmento = version_publicada(consulta, ["Uno.", "Dos."]).fragmentos.get(orden=2)
    autora, otro = sesion_de(UserFactory()), sesion_de(UserFactory())
    oficial = UserFactory(oficial=True)

    comentario = autora.post("aportes/", envio(tipo="observacion", fragmento=fragmento.pk)).json()
    replica = otro.post(
        "aportes/", envio(tipo="replica", padre=comentario["folio"], texto="De acuerdo.")
    ).json()
    assert anonimo.leer(f"consultas/{consulta.slug}/")["balance"]["pendientes"] == 2

    destino = compromiso()
    decision = {
        "razon": "Se recogió en el compromiso.",
        "coberturas": [
            {
                "aporte": folio,
                "resultado": "incorporada",
                "linea": "Gracias.",
                "destino": {"compromiso": destino.pk},
            }
            for folio in (comentario["folio"], replica["folio"])
        ],
    }
    publicada = sesion_de(oficial).post("respuestas/", decision)
    assert publicada.status_code == 201, publicada.content

    detalle = anonimo.leer(f"aportes/{comentario['folio']}/")
    assert detalle["estado"] == "respondido"
    assert detalle["respuesta"]["razon"] == "Se recogió en el compromiso."
    assert detalle["respuesta"]["destino"]["url"].endswith(destino.get_absolute_url())
    assert detalle["fragmento"]["orden"] == 2
    hilo = anonimo.leer(detalle["hilo_api_url"])["resultados"]
    assert [a["folio"] for a in hilo] == [comentario["folio"], replica["folio"]]
    assert hilo[1]["padre"] == hilo[1]["raiz"] == comentario["folio"]
    balance = anonimo.leer("balance/")
    assert balance["sitio"]["respondidos"] == 2
    assert balance["sitio"]["pendientes"] == 0
    origen = anonimo.leer(f"planes/{destino.plan.numero}/compromisos/{destino.numero}/")
    assert origen["aportes"] == [comentario["folio"], replica["folio"]]


def test_a_correction_is_a_new_version_and_the_old_one_stays(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    folio = sesion_de(UserFactory()).post("aportes/", envio(consulta=consulta.slug)).json()["folio"]
    oficial = sesion_de(UserFactory(oficial=True))
    linea = {
        "aporte": folio,
        "resultado": "no_incorporada",
        "destino": {"porque_nada": "Ya es ley."},
    }
    decision = {"razon": "La ley lo dice.", "coberturas": [linea]}
    vieja = {"razon": "La ley lo dice.", "coberturas": [linea | {"version_leida": 2}]}
    assert oficial.post("respuestas/", vieja).status_code == 409
    primera = oficial.post("respuestas/", decision).json()
    assert oficial.post("respuestas/", decision).status_code == 409

    corregida = oficial.post(
        "respuestas/",
        decision | {"razon": "Lo dice otra ley.", "respuesta": primera["respuesta"],
                    "motivo_cambio": "La cita era errónea."},
    )  # fmt: skip

    assert corregida.status_code == 201, corregida.content
    respuesta = anonimo.leer(f"respuestas/{primera['respuesta']}/")
    assert [v["razon"] for v in respuesta["versiones"]] == ["La ley lo dice.", "Lo dice otra ley."]
    assert respuesta["vigente"]["n"] == 2
    for version in respuesta["versiones"]:
        filas = anonimo.leer(version["coberturas_api_url"])["resultados"]
        assert [f["aporte"] for f in filas] == [folio]
        assert filas[0]["destino"] == {"tipo": "nada", "texto": "Ya es ley.", "url": ""}


def test_the_same_key_is_received_once_and_says_so(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    sesion = sesion_de(UserFactory())
    datos = envio(consulta=consulta.slug)
    primero, repetido = sesion.post("aportes/", datos), sesion.post("aportes/", datos)
    assert (primero.status_code, repetido.status_code) == (201, 200)
    assert primero.json()["codigo"] == repetido.json()["codigo"]
    assert repetido.json()["nuevo"] is False
    assert Aporte.objects.count() == 1
    ajeno = sesion_de(UserFactory()).post("aportes/", datos)
    assert ajeno.status_code == 409
    assert "codigo" not in ajeno.json() or ajeno.json()["codigo"] == "conflicto"


def test_the_author_takes_it_back_and_a_tombstone_stays(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    autora = sesion_de(UserFactory(nombre_publico="Rosa"))
    folio = autora.post("aportes/", envio(consulta=consulta.slug)).json()["folio"]

    retirado = autora.post(f"aportes/{folio}/retirar/", {"motivo": "Me equivoqué."})

    assert retirado.status_code == 200, retirado.content
    visto = anonimo.leer(f"aportes/{folio}/")
    assert visto["estado"] == "retirado"
    assert visto["texto"] is visto["titulo"] is visto["firma"] is visto["campos"] is None
    assert visto["motivo"] == "Me equivoqué."
    assert anonimo.leer("balance/")["sitio"]["retirados"] == 1
    assert Evento.objects.filter(verbo="retirar_aporte").count() == 1
    assert autora.post(f"aportes/{folio}/retirar/", {}).status_code == 409


def test_my_contributions_are_mine_alone(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    una, otra = sesion_de(UserFactory()), sesion_de(UserFactory())
    folio = una.post("aportes/", envio(consulta=consulta.slug)).json()["folio"]
    mios = una.get("mis-aportes/")
    assert [a["folio"] for a in mios.json()["resultados"]] == [folio]
    assert "no-store" in mios["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in mios
    assert otra.leer("mis-aportes/")["resultados"] == []
    assert anonimo.get("mis-aportes/").status_code == 401


def test_the_browser_session_needs_the_csrf_token() -> None:
    consulta = abierta(propuestas=True)
    navegador = Client(enforce_csrf_checks=True)
    navegador.force_login(UserFactory())
    datos = envio(consulta=consulta.slug)
    sin_testigo = navegador.post("/api/v2/aportes/", datos, content_type="application/json")
    assert sin_testigo.status_code == 403
    assert "CSRF" in sin_testigo.json()["errores"]["general"][0]
    navegador.cookies["csrftoken"] = "a" * 32
    con_testigo = navegador.post(
        "/api/v2/aportes/", datos, content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )  # fmt: skip
    assert con_testigo.status_code == 201, con_testigo.content
