"""One's own over the API: the filters of the page, and what only the author reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.aportes.codigos import codigo_de
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte
from tests.api.conftest import Programa, abierta, sesion_de
from tests.consulta.paginas.test_mios import sembrar_estados
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
PENDIENTE = "La secretaría técnica lo entregará a la institución que corresponde."


def codigo(fila: Aporte) -> str:
    return codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)


def test_the_filters_are_those_of_the_page() -> None:
    autora = UserFactory()
    una, otra = abierta(), abierta()
    filas = sembrar_estados(una, autora)
    sembrar_estados(otra, autora)
    sesion = sesion_de(autora)
    assert len(sesion.leer("mis-aportes/")["resultados"]) == 12
    for estado in filas:
        hallados = sesion.leer(f"mis-aportes/?estado={estado}&consulta={una.slug}")["resultados"]
        folios = {fila["folio"] for fila in hallados}
        assert len(hallados) == (2 if estado == "pendiente" else 1)
        assert filas[estado].folio in folios or folios == {""}, estado
    sin_confirmar = sesion.leer("mis-aportes/?estado=sin_confirmar")["resultados"][0]
    assert (sin_confirmar["estado"], sin_confirmar["url"]) == ("sin_confirmar", "")
    assert "Confírmelo" in sin_confirmar["propio"]["siguiente_paso"]
    assert sesion.leer("mis-aportes/?consulta=no-hay")["resultados"] == []
    assert sesion.get("mis-aportes/?estado=raro").status_code == 400
    assert sesion.get("mis-aportes/?tema=agua").status_code == 400


def test_whoever_has_only_the_code_reads_what_the_account_reads(anonimo: Programa) -> None:
    autora = UserFactory()
    filas = sembrar_estados(abierta(), autora)
    de_cuenta = {
        fila["folio"]: fila["propio"]
        for fila in sesion_de(autora).leer("mis-aportes/")["resultados"]
    }
    puede = {
        "pendiente": ["corregir", "retirar"],
        "respondido": ["retirar", "opinar", "pedir_revision"],
        "retirado": [],
        "removido": ["apelar"],
    }
    for estado, verbos in puede.items():
        fila = filas[estado]
        mio = anonimo.post("mi-aporte/", {"folio": fila.folio, "codigo": codigo(fila)})
        assert mio.status_code == 200, mio.content
        assert mio.json()["propio"]["puede"] == verbos
        assert mio.json()["propio"] == de_cuenta[fila.folio]
        assert "propio" not in anonimo.leer(f"aportes/{fila.folio}/")


def test_with_the_code_one_acts_as_with_an_account(anonimo: Programa) -> None:
    autora = UserFactory()
    filas = sembrar_estados(abierta(), autora)
    hecho = filas["respondido"]
    clave = {"codigo": codigo(hecho)}
    ruta = f"aportes/{hecho.folio}/"
    opinion = anonimo.post(f"{ruta}opinion/", clave | {"responde": "no", "version": 1})
    assert opinion.status_code == 200, opinion.content
    pedida = anonimo.post(f"{ruta}revision/", clave | {"texto": "Falta el plazo.", "version": 1})
    assert pedida.status_code == 201, pedida.content
    mio = anonimo.post("mi-aporte/", {"folio": hecho.folio} | clave).json()
    assert "revisa su respuesta" in mio["propio"]["siguiente_paso"]
    assert mio["propio"]["puede"] == ["retirar", "opinar"]  # the answer stands

    removido = filas["removido"]
    apelar = f"aportes/{removido.folio}/apelar/"
    assert anonimo.post(apelar, {"texto": "No es ajeno."}).status_code == 401
    malo = anonimo.post(apelar, {"texto": "No es ajeno.", "codigo": codigo(hecho)})
    assert malo.status_code == 403
    datos = {"texto": "No es ajeno.", "codigo": codigo(removido)}
    assert anonimo.post(apelar, datos).json()["hecho"] == "apelado"
    assert anonimo.post(apelar, datos).status_code == 409


def test_one_chooses_the_public_name_and_takes_it_off_what_was_sent(anonimo: Programa) -> None:
    autora = UserFactory(nombre_publico="Ana")
    fila = aporte(consulta=abierta(), por=autora, ahora=timezone.now())
    sesion = sesion_de(autora)
    assert sesion.leer("perfil/") == {"nombre_publico": "Ana", "firma": "Ana"}
    cambiado = sesion.enviar("PATCH", "perfil/", {"nombre_publico": "  Rosa\nde Talca "})
    assert cambiado.json() == {"nombre_publico": "Rosa de Talca", "firma": "Rosa de Talca"}
    assert sesion.enviar("PATCH", "perfil/", {"nombre_publico": "x" * 81}).status_code == 400
    assert anonimo.leer(f"aportes/{fila.folio}/")["firma"] == "Ana"
    for esperados in (1, 0):
        hecho = sesion.post("perfil/ocultar-nombre/")
        assert hecho.json() == {"ocultados": esperados}
    assert anonimo.leer(f"aportes/{fila.folio}/")["firma"] == "Participante"
    assert anonimo.get("perfil/").status_code == 401


def test_a_code_is_a_try_with_a_session_too(settings) -> None:
    settings.LIMITES = settings.LIMITES | {"codigo": (2, 3600)}
    fila, sesion = aporte(consulta=abierta(), ahora=timezone.now()), sesion_de(UserFactory())
    estados = [
        sesion.post(
            f"aportes/{fila.folio}/{verbo}/", cuerpo | {"codigo": "AAAA-BBBB-CCCC"}
        ).status_code
        for verbo, cuerpo in (
            ("retirar", {}),
            ("corregir", {"texto": "Otra cosa.", "version": 1}),
            ("apelar", {"texto": "Vuelva."}),
        )
    ]
    assert estados == [403, 403, 429]


def test_one_row_or_thirty_cost_the_same() -> None:
    autora, oficial = UserFactory(), UserFactory(oficial=True)
    asunto = version_publicada(abierta(), ["Uno."]).fragmentos.get().asunto
    sesion, costos = sesion_de(autora), []
    for cuantos in (1, 14):
        for _i in range(cuantos):
            raiz = aporte(asunto=asunto, por=autora, ahora=timezone.now())
            aporte(padre=raiz, por=autora, ahora=timezone.now())
            responder(raiz, por=oficial, ahora=timezone.now() + timedelta(seconds=1))
        remover_aporte(
            aporte=aporte(asunto=asunto, por=autora, ahora=timezone.now()),
            por=UserFactory(moderador=True),
            causa="ajeno",
            motivo="Es ajeno.",
        )
        sesion.leer("mis-aportes/?limite=100")
        with CaptureQueriesContext(connection) as consultas:
            sesion.leer("mis-aportes/?limite=100")
        costos.append(len(consultas))
    assert costos[0] == costos[1], costos
