"""The ledger and the closing over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.respuestas.models import Cierre
from tests.api.conftest import abierta, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    consulta, ahora = abierta(propuestas=True), timezone.now()
    for i in range(3):
        uno = aporte(consulta=consulta, ahora=ahora)
        if i:
            responder(uno, razon="Igual.", ahora=ahora)
    return consulta


def test_the_figures_add_up_in_every_cut(anonimo, consulta):
    libro = anonimo.get("libro/").json()
    assert libro["total"]["frase"] == "2 de 3 respondidos · 1 pendiente · mediana 0 días"
    assert libro["total"]["identicos"] == 2 and libro["total"]["parte_identica"] == 100
    assert len(libro["cortes"]) == 7
    for corte in libro["cortes"]:
        for suma in ("recibidos", "respondidos", "pendientes", "retirados", "removidos"):
            assert sum(g[suma] for g in corte["grupos"]) == libro["total"][suma]
        for grupo in corte["grupos"]:
            pares = "&".join(f"{k}={v}" for k, v in grupo["filtro"].items())
            filas = anonimo.get(f"libro/aportes/?limite=100&{pares}").json()["resultados"]
            assert len(filas) == grupo["recibidos"]


def test_one_cut_filtered_and_its_rows_as_files(anonimo, consulta):
    libro = anonimo.get(f"libro/?corte=tema&consulta={consulta.slug}&texto=identico").json()
    assert [c["corte"] for c in libro["cortes"]] == ["tema"]
    assert libro["total"]["recibidos"] == 2
    archivo = anonimo.get("libro/tema.csv")
    assert archivo["Content-Type"].startswith("text/csv") and b"recibidos" in archivo.content
    filas = b"".join(anonimo.get("libro/aportes.csv?estado=pendiente").streaming_content)
    assert filas.decode().count("\r\n") == 2


@pytest.mark.parametrize(
    "ruta", ["libro/?region=99", "libro/?mes=2026-13", "libro/?nada=1", "libro/?corte=clima",
             "libro/aportes/?estado=raro", "libro/?estado=pendiente", "libro/tema.csv?plazo=x"],
)  # fmt: skip
def test_what_means_nothing_is_a_400(anonimo, ruta):
    assert anonimo.get(ruta).status_code == 400


def test_a_consultation_is_closed_and_read(anonimo, consulta):
    leer, cerrar = f"consultas/{consulta.slug}/cierre/", f"consultas/{consulta.slug}/cerrar/"
    assert anonimo.get(leer).status_code == 404
    assert anonimo.post(cerrar, {}).status_code == 401
    assert sesion_de(UserFactory(oficial=True)).post(cerrar, {}).status_code == 403
    secretaria = sesion_de(UserFactory(secretaria=True))
    falta = secretaria.post(cerrar, {"palabras": "Gracias."})
    assert falta.status_code == 409 and falta.json()["codigo"] == "conflicto"
    assert "1 aporte no tiene respuesta" in falta.json()["errores"]["general"][0]
    responder(consulta.aportes.get(respondido_en=None), ahora=timezone.now(), razon="Ya.")
    etapa = type(consulta.etapa).objects.filter(pk=consulta.etapa_id)
    etapa.update(fin=timezone.now() - timedelta(minutes=1))
    hecho = secretaria.post(cerrar, {"palabras": "Gracias."})
    assert hecho.status_code == 201 and Cierre.objects.count() == 1
    datos = anonimo.get(leer).json()
    assert datos["balance"]["respondidos"] == 3 and datos["diferencias"] == []
    assert datos["palabras"] == "Gracias." and datos["hoy"]["recibidos"] == 3
    assert anonimo.get(f"consultas/{consulta.slug}/").json()["respondida_en"]
    assert secretaria.post(cerrar, {}).status_code == 409
