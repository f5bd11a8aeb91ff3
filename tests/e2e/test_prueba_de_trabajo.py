"""Signing up in a browser: the proof of work is solved while one writes, and one click sends it."""

import pytest

pytestmark = pytest.mark.e2e


def test_signing_up_with_scripts_brings_a_proof_and_takes_one_click(sitio, abrir):
    pagina = abrir()
    enviados = []
    pagina.on("request", lambda r: enviados.append(r.post_data) if r.method == "POST" else None)
    pagina.goto(f"{sitio.url}/cuenta/signup/")
    pagina.fill("[name=email]", "nueva@pruebas.example")
    for campo in ("password1", "password2"):
        pagina.fill(f"[name={campo}]", "clave-larga-de-prueba-9")
    pagina.check("[name=tramo_edad][value=adulto]")
    pagina.click("main button[type=submit]")
    pagina.wait_for_url("**/confirm-email/", timeout=30_000)
    assert len(enviados) == 1
    assert "altcha=ey" in enviados[0]
