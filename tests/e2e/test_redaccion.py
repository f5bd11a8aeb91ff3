"""A text that saves itself: what is typed survives, colleagues are seen, nothing is overwritten unawares."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.aceptacion.recorrido import como

from .sitio import Sitio, ingresar

pytestmark = pytest.mark.e2e
MIOS = "/admin/participacion/aportes/?estado=asignado&a_cargo=institucion&orden=recientes"
PACIENCIA = 12_000
"""Milliseconds: a text saves itself every four seconds, a page gives a sign of life every ten."""


def abrir_uno(pagina: Page, sitio: Sitio) -> str:
    """The page to answer a contribution that nobody writes about; its address."""
    pagina.goto(f"{sitio.url}{MIOS}")
    pagina.locator("a[data-responder_aporte]").first.click()
    pagina.wait_for_url("**/responder/")
    return pagina.url


def guardado(pagina: Page) -> None:
    expect(pagina.locator("[data-estado]")).to_contain_text("Guardado a las", timeout=PACIENCIA)


def test_what_is_typed_is_there_after_a_reload_and_after_closing_the_window(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "oficial")
    ruta = abrir_uno(pagina, sitio)
    pagina.locator("[name=razon]").fill("Empecé a escribir y se cortó la luz.")
    pagina.locator("[name=resultado][value=aclaracion]").check()
    guardado(pagina)
    pagina.reload()
    expect(pagina.locator("[name=razon]")).to_have_value("Empecé a escribir y se cortó la luz.")
    expect(pagina.locator("[name=resultado][value=aclaracion]")).to_be_checked()
    pagina.close()
    otra = abrir()
    como(otra, sitio, "oficial")
    otra.goto(ruta)
    expect(otra.locator("[name=razon]")).to_have_value("Empecé a escribir y se cortó la luz.")


def test_leaving_with_words_that_are_not_kept_yet_asks_first(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "oficial")
    abrir_uno(pagina, sitio)
    preguntas: list[str] = []

    def quedarse(dialogo) -> None:
        preguntas.append(dialogo.type)
        dialogo.dismiss()

    pagina.on("dialog", quedarse)
    pagina.locator("[name=razon]").press_sequentially("Recién tecleado")
    pagina.close(run_before_unload=True)
    guardado(pagina)
    assert preguntas == ["beforeunload"]
    pagina.close(run_before_unload=True)
    pagina.wait_for_event("close") if not pagina.is_closed() else None
    assert preguntas == ["beforeunload"]


def test_two_who_write_about_the_same_see_each_other(sitio, abrir):
    una, otra = abrir(), abrir()
    como(una, sitio, "oficial")
    como(otra, sitio, "secretaria_tecnica")
    ruta = abrir_uno(una, sitio)
    expect(una.locator("[data-otros]")).to_be_hidden()
    otra.goto(ruta)
    expect(otra.locator("[data-otros]")).to_contain_text("También está aquí: Paula Henríquez")
    expect(una.locator("[data-otros]")).to_contain_text("Isabel Fuenzalida", timeout=2 * PACIENCIA)


def test_with_the_session_lost_the_words_stay_and_are_kept_once_one_signs_in_again(sitio, abrir):
    pagina = abrir()
    quien = como(pagina, sitio, "oficial")
    abrir_uno(pagina, sitio)
    pagina.context.clear_cookies()
    pagina.locator("[name=razon]").fill("Escribí esto sin saber que mi sesión terminó.")
    estado = pagina.locator("[data-estado]")
    expect(estado).to_contain_text("Su sesión terminó", timeout=PACIENCIA)
    with pagina.context.expect_page() as abierta:
        estado.get_by_role("link", name="Ingrese en otra pestaña").click()
    ingresar(abierta.value, sitio, quien.correo, quien.clave)
    guardado(pagina)
    pagina.reload()
    expect(pagina.locator("[name=razon]")).to_have_value(re.compile("sin saber"))


def test_two_tabs_of_one_person_never_overwrite_each_other_unawares(sitio, abrir):
    una = abrir()
    como(una, sitio, "oficial")
    ruta = abrir_uno(una, sitio)
    otra = una.context.new_page()
    otra.goto(ruta)
    una.locator("[name=razon]").fill("Lo de la primera pestaña.")
    guardado(una)
    otra.locator("[name=razon]").fill("Otra cosa, de la segunda.")
    estado = otra.locator("[data-estado]")
    expect(estado).to_contain_text("Usted, en otra ventana, guardó", timeout=PACIENCIA)
    expect(otra.locator("[name=razon]")).to_have_value("Otra cosa, de la segunda.")
    una.reload()
    expect(una.locator("[name=razon]")).to_have_value("Lo de la primera pestaña.")
    otra.get_by_role("button", name="Guardar borrador").click()
    expect(otra.get_by_text("si vuelve a guardar, reemplazará").first).to_be_visible()
    otra.get_by_role("button", name="Guardar borrador").click()
    expect(otra.get_by_text("Borrador guardado.").first).to_be_visible()
    una.reload()
    expect(una.locator("[name=razon]")).to_have_value("Otra cosa, de la segunda.")
