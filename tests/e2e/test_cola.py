"""The officials' queue by keyboard, without JavaScript, on a phone, and for those who listen."""

import re

import pytest

from tests.e2e.aceptacion.recorrido import como
from tests.e2e.test_accesibilidad import REGLAS

pytestmark = pytest.mark.e2e
LISTA = "/admin/participacion/aportes/"


def faltas_de(pagina, ruta_axe):
    pagina.add_script_tag(path=str(ruta_axe))
    hallazgos = pagina.evaluate(
        "reglas => axe.run('main', {runOnly: reglas}).then(r => r.violations)", REGLAS[:5]
    )
    return [(h["id"], h["nodes"][0]["html"][:160]) for h in hallazgos]


def marcada(pagina) -> list[str]:
    return pagina.eval_on_selector_all(
        "input[name=ids]:checked", "cajas => cajas.map(c => c.value)"
    )


def enfocada(pagina) -> int:
    return pagina.evaluate(
        "[...document.querySelectorAll('tr[data-fila]')].indexOf(document.activeElement)"
    )


def test_rows_are_walked_marked_and_assigned_by_keyboard(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}{LISTA}?estado=sin_asignar")
    pagina.keyboard.press("j")
    assert enfocada(pagina) == 0
    pagina.keyboard.press("x")
    pagina.keyboard.press("j")
    pagina.keyboard.press("x")
    pagina.keyboard.press("k")
    assert enfocada(pagina) == 0 and len(marcada(pagina)) == 2
    assert "2 marcados" in pagina.locator(".sala__cuenta").inner_text()
    pagina.keyboard.press("a")
    pagina.get_by_role("heading", name="Asignar 2 aportes").wait_for()


def test_keys_open_answer_note_search_and_help(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    lista = f"{sitio.url}{LISTA}?estado=sin_asignar"
    for tecla, espera in (
        ("Enter", "/inspect/"),
        ("r", "/responder/"),
        ("n", "/nota/"),
        ("a", "/asignar/"),
    ):
        pagina.goto(lista)
        pagina.keyboard.press("j")
        pagina.keyboard.press(tecla)
        pagina.wait_for_url(re.compile(espera))
    pagina.goto(lista)
    pagina.keyboard.press("?")
    assert pagina.get_by_role("dialog", name="Atajos de teclado").is_visible()
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("/")
    pagina.keyboard.type("jxar?")
    assert pagina.locator("#id_q").input_value() == "jxar?"
    assert enfocada(pagina) == -1 and not marcada(pagina)


def test_all_of_a_filter_and_single_rows_exclude_each_other(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}{LISTA}?estado=sin_asignar")
    pagina.locator("input[name=ids]").first.check()
    pagina.locator("input[name=filtro][type=checkbox]").check()
    assert not marcada(pagina)
    pagina.locator("input[name=ids]").nth(1).check()
    assert not pagina.locator("input[name=filtro][type=checkbox]").is_checked()


def test_without_scripts_many_are_assigned_and_given_back(sitio, abrir):
    pagina = abrir(javascript=False)
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}{LISTA}?estado=sin_asignar")
    pagina.locator("input[name=ids]").nth(0).check()
    pagina.locator("input[name=ids]").nth(1).check()
    pagina.get_by_role("button", name="Asignar…").click()
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Asignar 2 aportes").click()
    assert "2 aportes asignados" in pagina.content()
    pagina.get_by_role("link", name="Deshacer").click()
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Deshacer").click()
    assert "2 aportes volvieron" in pagina.content()


@pytest.mark.parametrize("ancho", [1280, 360])
def test_its_pages_have_no_serious_violation_and_fit(sitio, abrir, ruta_axe, capturar, ancho):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}{LISTA}?estado=pendiente")
    una = pagina.locator("[data-abrir]").first.get_attribute("href")
    nota = pagina.locator("[data-anotar_aporte]").first.get_attribute("href")
    malas = {}
    for nombre, ruta in (
        ("lista", f"{LISTA}?estado=pendiente"),
        ("vacia", f"{LISTA}?estado=pendiente&q=nadadeesto"),
        ("aporte", una),
        ("nota", nota),
        ("reglas", "/admin/participacion/reglas/"),
        ("suplencias", "/admin/participacion/suplencias/"),
    ):
        pagina.goto(f"{sitio.url}{ruta}")
        capturar(pagina, f"cola-{nombre}-{ancho}")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, nombre
        malas[nombre] = faltas_de(pagina, ruta_axe)
    assert not {k: v for k, v in malas.items() if v}
