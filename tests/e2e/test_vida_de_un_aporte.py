"""A guest's whole way in a browser: write, confirm by mail, keep the receipt, correct, withdraw, verify."""

import json
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .sitio import Sitio
from .test_accesibilidad import faltas

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
PARRAFO = "/consultas/borrador-plan-7/borrador/v2/2/"
MODOS = [
    pytest.param(1280, True, id="escritorio"),
    pytest.param(360, False, id="telefono-sin-javascript"),
]


def escribir(pagina: "Page", sitio: Sitio, texto: str, correo: str) -> None:
    pagina.goto(f"{sitio.url}{PARRAFO}")
    pagina.locator("[name=texto]").fill(texto)
    pagina.locator("[name=correo]").fill(correo)
    pagina.locator("[name=tramo_edad][value=adulto]").check()


def enviar(pagina: "Page") -> None:
    pagina.get_by_role("button", name="Enviar comentario").click()


def enlace_de(correo: EmailMessage, sitio: Sitio) -> str:
    """The link to confirm, on the port this site has."""
    texto = correo.get_body(("plain",)).get_content()
    return sitio.url + re.search(r"https?://[^/\s]+(/confirmar/\S+)", texto)[1]


def cabe(pagina: "Page") -> bool:
    return not pagina.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("ancho", "javascript"), MODOS)
def test_a_guest_from_the_form_to_the_withdrawal(
    sitio, abrir, capturar, ruta_axe, ancho, javascript, request
):
    modo = request.node.callspec.id
    correo, texto = f"ines.{modo}@pruebas.example", f"Mi teléfono es 9 8765 4321 ({modo})."
    pagina = abrir(ancho=ancho, javascript=javascript)
    enviados: list[str] = []
    pagina.on("request", lambda r: enviados.append(r.post_data or "") if r.method == "POST" else 0)
    malas: dict[str, list[str]] = {}

    def mirar(nombre: str) -> None:
        capturar(pagina, f"vida-{nombre}-{modo}")
        assert cabe(pagina), nombre
        if javascript:
            malas[nombre] = faltas(pagina, ruta_axe)

    escribir(pagina, sitio, texto, correo)
    enviar(pagina)
    expect(pagina.get_by_role("heading", name="¿Lo publica así?")).to_be_visible()
    expect(pagina.locator("[name=texto]")).to_have_value(texto)
    mirar("pregunta")
    pagina.get_by_role("button", name="Enviar igual").click()
    expect(pagina.get_by_role("heading", name="Revise su correo")).to_be_visible()
    if javascript:
        assert "altcha=ey" in enviados[-1]
    mirar("por-confirmar")

    (carta,) = sitio.correos(para=correo, asunto="Confirme su aporte")
    pagina.goto(enlace_de(carta, sitio))
    expect(pagina.get_by_text(texto)).to_be_visible()
    mirar("confirmar")
    pagina.get_by_role("button", name="Confirmar y publicar").click()
    expect(pagina.get_by_role("heading", name="Recibimos su aporte")).to_be_visible()
    folio = pagina.locator(".recibo__folio").inner_text().strip()
    codigo = pagina.locator(".recibo__codigo").inner_text().strip()
    mirar("recibo")
    recibo = sitio.correos(para=correo, asunto=folio)[0]
    assert codigo in recibo.get_body(("plain",)).get_content()
    adjunto = json.loads(next(recibo.iter_attachments()).get_content())
    assert adjunto["contenido"]["texto"] == texto

    pagina.context.clear_cookies()
    suyo = f"{sitio.url}/aportes/{folio}/corregir/"
    pagina.goto(suyo)
    mirar("muestre-que-es-suyo")
    pagina.locator("main [name=codigo]").fill(codigo)
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina).to_have_url(suyo)
    expect(pagina.locator("[name=texto]")).to_have_value(texto)

    pagina.context.clear_cookies()
    pagina.goto(f"{sitio.url}/mi-aporte/")
    pagina.locator("main [name=folio]").fill(folio.lower())
    pagina.locator("main [name=codigo]").fill(codigo.lower())
    pagina.get_by_role("button", name="Abrir", exact=True).click()
    expect(pagina.get_by_text("Secretaría técnica, por asignar")).to_be_visible()
    mirar("mi-aporte")
    pagina.get_by_role("link", name="Corregir").first.click()
    pagina.locator("[name=texto]").fill("Falta un plazo para responder.")
    mirar("corregir")
    pagina.get_by_role("button", name="Publicar la corrección").click()
    expect(pagina.get_by_text("Corregimos su aporte")).to_be_visible()
    pagina.goto(f"{sitio.url}/aportes/{folio}/versiones/")
    mirar("versiones")

    pagina.goto(f"{sitio.url}/verificar/")
    pagina.locator("main textarea").first.fill(json.dumps(adjunto))
    pagina.locator("main form:has(textarea) button[type=submit]").first.click()
    expect(pagina.locator("main")).to_contain_text(folio)
    mirar("verificado")
    pagina.goto(f"{sitio.url}/aportes/{folio}/retirar/")
    mirar("retirar")
    pagina.get_by_role("button", name=re.compile("Retirar")).click()
    expect(pagina.get_by_text("Usted lo retiró")).to_be_visible()
    assert not {k: v for k, v in malas.items() if v}, json.dumps(
        malas, indent=1, ensure_ascii=False
    )


def test_going_back_and_sending_again_makes_one(sitio, abrir):
    """Before confirming, a guest's browser goes back to the form and sends the same: the mail again."""
    pagina, correo = abrir(), "vuelve@pruebas.example"
    for _ in range(2):
        escribir(pagina, sitio, "Lo envié dos veces sin querer.", correo)
        enviar(pagina)
        expect(pagina.get_by_role("heading", name="Revise su correo")).to_be_visible()
    cartas = sitio.correos(para=correo, asunto="Confirme su aporte")
    assert {enlace_de(c, sitio) for c in cartas} == {enlace_de(cartas[0], sitio)}
    pagina.goto(enlace_de(cartas[0], sitio))
    pagina.get_by_role("button", name="Confirmar y publicar").click()
    primero = pagina.locator(".recibo__folio").inner_text().strip()

    escribir(pagina, sitio, "Lo envié dos veces sin querer.", correo)
    enviar(pagina)
    expect(pagina.get_by_role("heading", name="Revise su correo")).to_be_visible()
    enlaces: set[str] = set()
    for _ in range(20):
        enlaces = {
            enlace_de(c, sitio) for c in sitio.correos(para=correo, asunto="Confirme su aporte")
        }
        if len(enlaces) > 1:
            break
        pagina.wait_for_timeout(500)
    (otro,) = enlaces - {enlace_de(cartas[0], sitio)}
    pagina.goto(otro)
    pagina.get_by_role("button", name=f"Ver el recibo de {primero}").click()
    expect(pagina.locator(".recibo__folio")).to_have_text(primero)


def test_what_a_guest_types_is_still_there_after_a_reload(sitio, abrir):
    pagina = abrir(ancho=360)
    pagina.goto(f"{sitio.url}{PARRAFO}")
    pagina.locator("[name=texto]").fill("A medio escribir, en el teléfono.")
    expect(pagina.locator("[data-borrador-estado]")).to_contain_text("Guardado en este equipo")
    pagina.reload()
    expect(pagina.locator("[name=texto]")).to_have_value("A medio escribir, en el teléfono.")
