"""From a citizen's words to a published, reasoned answer, in a real browser on the real product."""

import re

import pytest
from playwright.sync_api import expect

from .recorrido import (
    comentar,
    cuenta,
    entrar,
    enviar_propuesta,
    ir_a_un_parrafo,
    replicar,
    responder,
    respondidos,
)

pytestmark = pytest.mark.e2e

MODOS = [
    pytest.param(1280, True, id="escritorio"),
    pytest.param(360, True, id="telefono"),
    pytest.param(360, False, id="telefono-sin-javascript"),
    pytest.param(1280, False, id="escritorio-sin-javascript"),
]


@pytest.mark.parametrize(("ancho", "javascript"), MODOS)
def test_from_a_proposal_to_its_answer(sitio, abrir, capturar, ancho, javascript, request):
    modo = request.node.callspec.id
    ciudadana = abrir(ancho=ancho, javascript=javascript)
    quien = entrar(ciudadana, sitio, "participante")
    folio = enviar_propuesta(ciudadana, sitio, f"Acuerdos comunales a la vista ({modo})")
    capturar(ciudadana, f"1-recibo-{modo}")
    codigo = ciudadana.locator(".recibo__codigo").inner_text().strip()

    recibo = sitio.correos(para=quien.correo, asunto=folio)[0]
    texto = recibo.get_body(("plain",)).get_content()
    assert codigo in texto
    assert f"{sitio.url}/aportes/{folio}/" in texto

    antes = respondidos(ciudadana, sitio, folio)
    oficial = abrir(ancho=ancho, javascript=javascript)
    entrar(oficial, sitio, "secretaria_tecnica")
    razon = f"El compromiso sobre datos comunales ya obliga a publicarlos ({modo})."
    responder(oficial, sitio, folio, razon)
    capturar(oficial, f"2-respondido-{modo}")

    lectora = abrir(ancho=ancho, javascript=javascript)
    lectora.goto(f"{sitio.url}/aportes/{folio.lower()}/")
    expect(lectora).to_have_url(f"{sitio.url}/aportes/{folio}/")
    expect(lectora.get_by_text(razon).first).to_be_visible()
    expect(lectora.get_by_text("Ya contemplada").first).to_be_visible()
    destino = lectora.locator("main a[href*='/compromisos/']").first
    capturar(lectora, f"3-respuesta-{modo}")
    despues = respondidos(lectora, sitio, folio)
    assert despues == (antes[0] + 1, antes[1], antes[2] - 1)
    capturar(lectora, f"4-consulta-{modo}")

    aviso = sitio.correos(para=quien.correo, asunto=f"Respondimos a su aporte {folio}")
    assert len(aviso) == 1
    assert razon in aviso[0].get_body(("plain",)).get_content()

    lectora.goto(f"{sitio.url}/aportes/{folio}/")
    destino.click()
    expect(lectora.get_by_text(folio).first).to_be_visible()
    capturar(lectora, f"5-compromiso-{modo}")


@pytest.mark.parametrize(("ancho", "javascript"), MODOS)
def test_from_a_comment_on_a_paragraph_to_a_thread(
    sitio, abrir, capturar, ancho, javascript, request
):
    modo = request.node.callspec.id
    una, otra = (abrir(ancho=ancho, javascript=javascript) for _ in range(2))
    entrar(una, sitio, "participante")
    entrar(otra, sitio, "participante", 1)
    dicho = f"Aquí falta decir quién paga los traslados ({modo}). <b>¿O no?</b> 👩🏽‍🌾"
    folio = comentar(una, sitio, dicho)
    replica = replicar(otra, sitio, folio, f"De acuerdo, y también los de quienes cuidan ({modo}).")

    lectora = abrir(ancho=ancho, javascript=javascript)
    lectora.goto(f"{sitio.url}/aportes/{folio}/")
    expect(lectora.get_by_text(dicho).first).to_be_visible()
    expect(lectora.get_by_text(f"y también los de quienes cuidan ({modo})").first).to_be_visible()
    expect(lectora.locator(f"a[href='/aportes/{replica}/']").first).to_be_visible()
    capturar(lectora, f"6-hilo-{modo}")

    una.goto(f"{sitio.url}/mis-aportes/")
    expect(una.get_by_text(folio).first).to_be_visible()
    capturar(una, f"7-mis-aportes-{modo}")


def test_a_comment_by_keyboard_alone(sitio, abrir):
    pagina = abrir()
    entrar(pagina, sitio, "participante")
    ir_a_un_parrafo(pagina, sitio)
    pagina.goto(pagina.url.partition("#")[0])

    def tabular_hasta(selector: str) -> None:
        for _ in range(80):
            pagina.keyboard.press("Tab")
            if pagina.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"el teclado no llega a {selector}")

    pagina.keyboard.press("Tab")
    assert "contenido" in pagina.evaluate("document.activeElement.getAttribute('href')")
    pagina.keyboard.press("Enter")
    tabular_hasta("textarea[name=texto]")
    pagina.keyboard.type("Escrito solo con el teclado.")
    tabular_hasta("main form button[type=submit]")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Recibimos su aporte")).to_be_visible()


def test_sending_twice_by_double_click_or_reload_counts_once(sitio, abrir):
    pagina = abrir()
    entrar(pagina, sitio, "participante", 1)
    ir_a_un_parrafo(pagina, sitio)
    pagina.locator("textarea[name=texto]").fill("Una sola vez, por favor.")
    formulario = pagina.url
    clave = pagina.locator("input[name=clave]").get_attribute("value")
    pagina.get_by_role("button", name="Enviar comentario").dblclick()
    expect(pagina.get_by_role("heading", name="Recibimos su aporte")).to_be_visible()
    folio = pagina.locator(".recibo__folio").inner_text().strip()
    pagina.reload()

    pagina.goto(formulario)
    pagina.evaluate("clave => document.querySelector('input[name=clave]').value = clave", clave)
    pagina.locator("textarea[name=texto]").fill("Una sola vez, por favor.")
    pagina.get_by_role("button", name="Enviar comentario").click()
    expect(pagina.locator(".recibo__folio")).to_have_text(folio)


def test_with_the_session_expired_what_was_typed_is_still_there(sitio, abrir):
    pagina = abrir(javascript=False)
    quien = entrar(pagina, sitio, "participante")
    ir_a_un_parrafo(pagina, sitio)
    texto = "Escribí esto durante una hora\ny no quiero perderlo."
    pagina.locator("textarea[name=texto]").fill(texto)
    pagina.context.clear_cookies()
    pagina.get_by_role("button", name="Enviar comentario").click()
    expect(pagina.locator("body")).to_contain_text("y no quiero perderlo.")
    assert quien


def test_the_ledger_balances_after_all_this(sitio):
    resultado = sitio.manage("comprobar_libro")
    assert resultado.returncode == 0, resultado.stdout + resultado.stderr
    assert re.search(r"\d", resultado.stdout)
    assert cuenta("participante").correo
