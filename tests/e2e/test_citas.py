"""Selecting words of a draft and commenting on exactly them: by mouse, by touch, by keyboard, by links."""

import re

import pytest

from .aceptacion.recorrido import como
from .test_accesibilidad import faltas

pytestmark = pytest.mark.e2e
BORRADOR = "/consultas/borrador-plan-7/borrador/"
ELEGIR = """([selector, palabras]) => {
  const pieza = [...document.querySelectorAll(selector)].find((p) => p.textContent.includes(palabras));
  const nodo = [...pieza.childNodes].find((n) => n.nodeType === 3 && n.data.includes(palabras));
  const inicio = nodo.data.indexOf(palabras);
  getSelection().setBaseAndExtent(nodo, inicio, nodo, inicio + palabras.length);
}"""


def al_parrafo(pagina, sitio) -> None:
    pagina.goto(f"{sitio.url}{BORRADOR}")
    pagina.get_by_role("link", name=re.compile("^Comentar este fragmento")).first.click()
    pagina.wait_for_url("**/borrador/v*/*/**")


def enviar_y_leer_la_cita(pagina) -> str:
    pagina.locator("form [name=texto]").fill("Esto es lo que no se entiende.")
    pagina.get_by_role("button", name="Enviar comentario").click()
    pagina.wait_for_url("**/recibo/")
    pagina.goto(pagina.url.replace("recibo/", ""))
    return pagina.locator(".sobre q").inner_text()


def palabras_de(pagina, selector: str) -> str:
    """Words near the end, which no other test quotes: a mark would cut them into several nodes."""
    texto = pagina.locator(selector).first.inner_text()
    return " ".join(texto.split()[-4:-1])


def test_words_are_chosen_by_mouse_on_the_draft(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "participante")
    pagina.goto(f"{sitio.url}{BORRADOR}")
    pieza = pagina.locator("[data-citable] p [data-i]").first
    pieza.scroll_into_view_if_needed()
    caja = pieza.bounding_box()
    pagina.mouse.move(caja["x"] + 2, caja["y"] + 8)
    pagina.mouse.down()
    pagina.mouse.move(caja["x"] + 180, caja["y"] + 8, steps=6)
    pagina.mouse.up()
    elegidas = pagina.evaluate("getSelection().toString().trim()")
    pagina.get_by_role("link", name="Comentar estas palabras").click()
    pagina.wait_for_url("**cita=*")
    assert pagina.locator("[name=cita]").input_value() == elegidas
    assert enviar_y_leer_la_cita(pagina).strip("«»“”") == elegidas


def test_words_are_chosen_by_touch(sitio, navegador):
    """Chromium without a screen does not select on a long press: the selection comes as touch browsers
    tell of it, by `selectionchange`; the button is tapped."""
    contexto = navegador.new_context(
        viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True, locale="es-CL"
    )
    try:
        pagina = contexto.new_page()
        como(pagina, sitio, "participante")
        al_parrafo(pagina, sitio)
        palabras = palabras_de(pagina, "#texto [data-i]")
        pagina.evaluate(ELEGIR, ["#texto [data-i]", palabras])
        pagina.get_by_role("link", name="Comentar estas palabras").tap()
        assert pagina.locator("[name=cita]").input_value() == palabras
        assert palabras in enviar_y_leer_la_cita(pagina)
    finally:
        contexto.close()


def test_words_are_chosen_by_keyboard(sitio, abrir, ruta_axe):
    pagina = abrir()
    como(pagina, sitio, "participante")
    al_parrafo(pagina, sitio)
    pagina.locator("#texto").focus()
    pagina.keyboard.press("ArrowRight")
    pagina.keyboard.press("Shift+ArrowLeft")
    elegidas = pagina.evaluate("getSelection().toString().trim()")
    assert elegidas
    assert not faltas(pagina, ruta_axe)
    pagina.locator("#texto").focus()
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.name") == "texto"
    assert pagina.locator("[name=cita]").input_value() == elegidas
    pagina.keyboard.type("Falta decir quién.")
    assert elegidas in enviar_y_leer_la_cita(pagina)


def test_without_scripts_a_sentence_is_a_link(sitio, abrir):
    pagina = abrir(ancho=360, javascript=False)
    como(pagina, sitio, "participante")
    al_parrafo(pagina, sitio)
    pagina.get_by_text("Comentar solo una frase").click()
    pagina.locator(".citar__frases a").first.click()
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Terminar una palabra antes").click()
    elegidas = pagina.locator(".citar__elegidas q").inner_text().strip("«»“”")
    assert elegidas in enviar_y_leer_la_cita(pagina)


def test_a_selection_over_two_paragraphs_keeps_the_first_and_says_so(sitio, abrir):
    pagina = abrir()
    como(pagina, sitio, "participante")
    pagina.goto(f"{sitio.url}{BORRADOR}")
    primera = pagina.evaluate(
        """() => {
          const [uno, dos] = [...document.querySelectorAll("[data-citable]")].slice(1);
          const [a, b] = [uno, dos].map((f) => f.querySelector("[data-i]"));
          getSelection().setBaseAndExtent(a, 0, b, b.childNodes.length);
          return uno.dataset.citable;
        }"""
    )
    pagina.get_by_text("Se comenta un párrafo a la vez").wait_for()
    assert f"{primera}?cita=0-" in pagina.locator(".citar-aqui a").get_attribute("href")


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_pages_of_the_draft_have_no_accessibility_violation(sitio, abrir, ruta_axe, ancho):
    pagina = abrir(ancho=ancho)
    malas = {}
    for ruta in ("", "comentarios/", "comparar/?todo=1", "v1/2/", "v1/3/", "v2/4/?cita=0-20"):
        assert pagina.goto(f"{sitio.url}{BORRADOR}{ruta}").status == 200
        hallado = faltas(pagina, ruta_axe)
        if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
            hallado.append("se desplaza hacia el lado")
        if hallado:
            malas[ruta] = hallado
    assert not malas


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_desk_of_quotes_without_place_has_none_either(sitio, abrir, ruta_axe, ancho):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}/admin/participacion/citas/")
    lista = faltas(pagina, ruta_axe, "main")
    pagina.locator("main a[href*='/participacion/citas/']").first.click()
    pagina.wait_for_url(re.compile(r"/participacion/citas/\d+/"))
    assert not [*lista, *faltas(pagina, ruta_axe, "main")]


def test_the_demo_shows_a_quote_in_its_place_of_the_later_version(sitio, abrir):
    pagina = abrir()
    pagina.goto(f"{sitio.url}{BORRADOR}")
    marca = pagina.locator(".cita", has_text="el número máximo de doce compromisos").first
    marca.locator("a").first.click()
    pagina.wait_for_url("**/aportes/**")
    assert "En la versión 2 están en el párrafo" in pagina.locator("main").inner_text()
