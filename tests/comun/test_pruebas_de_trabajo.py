import base64
import json
from datetime import timedelta

import altcha
import pytest
from django.utils import timezone

from comun.pruebas_de_trabajo import barrer_pruebas, gastar_prueba, nuevo_reto
from comun.registro import PruebaGastada

pytestmark = pytest.mark.django_db


def resolver(reto: dict, **cambios: object) -> str:
    """What a browser sends back."""
    hallado = altcha.solve_challenge_v1(reto["challenge"], reto["salt"], max_number=50_000)
    datos = {k: reto[k] for k in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(
        json.dumps({**datos, "number": hallado.number, **cambios}).encode()
    ).decode()


def test_a_proof_is_taken_once():
    prueba = resolver(nuevo_reto())
    assert gastar_prueba(prueba)
    assert not gastar_prueba(prueba)


def test_an_expired_or_changed_proof_is_refused():
    assert not gastar_prueba(resolver(nuevo_reto(timezone.now() - timedelta(hours=1))))
    reto = nuevo_reto()
    assert not gastar_prueba(resolver(reto, number=-1))
    assert not gastar_prueba(resolver(reto, signature="0" * 64))
    assert not gastar_prueba(resolver(reto, salt=reto["salt"].replace("expires", "expira")))


@pytest.mark.parametrize(
    "basura",
    ["", "x", "e30=", "W10=", "null", "A" * 5000, base64.b64encode(b'{"salt": 3}').decode(), "ñ"],
)
def test_rubbish_is_no_proof_and_no_error(basura):
    assert not gastar_prueba(basura)


def test_used_proofs_are_forgotten_once_nobody_could_use_them():
    gastar_prueba(resolver(nuevo_reto()))
    assert barrer_pruebas(timezone.now()) == 0
    assert barrer_pruebas(timezone.now() + timedelta(hours=1)) == 1
    assert not PruebaGastada.objects.exists()


def test_the_challenge_is_served_fresh(client):
    uno, otro = client.get("/altcha/"), client.get("/altcha/")
    assert uno.json()["challenge"] != otro.json()["challenge"]
    assert "no-store" in uno["Cache-Control"]
    assert gastar_prueba(resolver(uno.json()))
