"""Taking part with the keyboard alone: every stop is seen, none is covered, all is reached."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.factories.archivos import pdf

from .aceptacion.recorrido import como, folio_del_recibo, ir_a_consulta

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
LARGO = "/aportes/CNV-0013/"
PARRAFO = "/consultas/reglas-de-conversacion/borrador/v1/2/"
PARADA = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const caja = e.getBoundingClientRect(), estilo = getComputedStyle(e);
  const rotulos = [...(e.labels || [])];
  const dicho = rotulos.map((r) => r.innerText).join(" ") || e.innerText || e.value || "";
  const nombre = (e.getAttribute("aria-label") || dicho).trim().replace(/\\s+/g, " ");
  const [x, y] = [caja.left + Math.min(caja.width / 2, 40), caja.top + caja.height / 2];
  const encima = y > 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
  const suyos = [e, ...rotulos];
  const anillo = estilo.outlineStyle !== "none" && parseFloat(estilo.outlineWidth) > 0;
  const faltas = [];
  if (!anillo && estilo.boxShadow === "none") faltas.push("sin marca de foco");
  if (caja.width < 2 || caja.height < 2) faltas.push("no se ve");
  if (encima && !encima.contains(e) && !suyos.some((s) => s.contains(encima))) faltas.push("tapado");
  return { que: e.tagName.toLowerCase(), nombre, faltas };
}"""
MODOS = [pytest.param(1280, id="escritorio"), pytest.param(360, id="telefono")]


@pytest.fixture
def tabular() -> Callable[["Page", str, str], None]:
    """Press Tab until the stop of that kind whose name begins so; each stop on the way is looked at."""

    def hasta(pagina: "Page", que: str, nombre: str) -> None:
        paradas: list[str] = []
        for _ in range(320):
            pagina.keyboard.press("Tab")
            parada = pagina.evaluate(PARADA)
            if parada is None:
                continue
            assert not parada["faltas"], parada
            paradas.append(parada["nombre"][:40])
            if parada["que"] == que and re.match(nombre, parada["nombre"]):
                return
        raise AssertionError(f"«{nombre}» no se alcanza: {paradas}")

    return hasta


@pytest.mark.parametrize("ancho", MODOS)
def test_a_thread_is_searched_loaded_followed_supported_and_answered(sitio, abrir, tabular, ancho):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "participante", 1)
    pagina.goto(f"{sitio.url}{PARRAFO}")
    tabular(pagina, "button", "(Seguir|Dejar de seguir)")
    antes = pagina.evaluate("document.activeElement.innerText")
    pagina.keyboard.press("Enter")
    pagina.wait_for_load_state()
    expect(pagina.get_by_role("button", name=antes.strip(), exact=True)).to_have_count(0)
    pagina.goto(f"{sitio.url}{PARRAFO}")
    tabular(pagina, "input", "Buscar en esta conversación")
    pagina.keyboard.type("plazo")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**plazo**")

    pagina.goto(f"{sitio.url}{LARGO}")
    cuantos = pagina.locator("article.aporte").count()
    tabular(pagina, "a", "Mostrar")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("article.aporte").nth(cuantos)).to_be_attached()
    # Reading goes on at the first of them.
    pagina.wait_for_function("document.activeElement.matches('article.aporte')")
    tabular(pagina, "button", "▲ (Apoyar|Ya no apoyar|Apoyado|Quitar)")
    boton = pagina.evaluate("document.activeElement.closest('article').id")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(f"#{boton} button").first).to_be_visible()
    assert pagina.evaluate("document.activeElement !== document.body"), "focus is kept"
    pagina.goto(f"{sitio.url}{PARRAFO}")
    tabular(pagina, "a", "(Comentar|Responder) el aporte")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/responder/**")
    tabular(pagina, "textarea", "")
    pagina.keyboard.type(f"Escrito solo con el teclado ({uuid4().hex[:6]}).")
    tabular(pagina, "button", "Enviar")
    pagina.keyboard.press("Enter")
    assert folio_del_recibo(pagina)


@pytest.mark.parametrize("ancho", MODOS)
def test_a_proposal_with_a_file_is_written_and_sent(sitio, abrir, tabular, tmp_path, ancho):
    archivo = tmp_path / "mapa.pdf"
    archivo.write_bytes(pdf())
    pagina = abrir(ancho=ancho)
    # Playwright takes choosers over a moment after the first listener: beside the key may be too late.
    pagina.on("filechooser", lambda _: None)
    como(pagina, sitio, "participante", 1)
    ir_a_consulta(pagina, sitio, "Enviar una propuesta")
    for que, nombre, texto in (
        ("input", "Título", f"Una plaza por barrio ({ancho})"),
        ("textarea", "¿Qué problema", "No hay dónde encontrarse cerca de la casa."),
        ("textarea", "¿Qué propone", "Una plaza a diez minutos caminando."),
    ):
        tabular(pagina, que, nombre)
        pagina.keyboard.type(texto)
    tabular(pagina, "input", "Transparencia|Participación")
    pagina.keyboard.press("Space")
    tabular(pagina, "select", "Tema")
    pagina.keyboard.press("ArrowDown")
    tabular(pagina, "input", "Archivos")
    with pagina.expect_file_chooser() as eleccion:
        pagina.keyboard.press("Enter")
    eleccion.value.set_files(archivo)
    tabular(pagina, "button", "Subir ahora")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("mapa.pdf").first).to_be_visible()
    tabular(pagina, "button", "Enviar propuesta")
    pagina.keyboard.press("Enter")
    assert folio_del_recibo(pagina)


def test_what_is_removed_by_keyboard_is_appealed_by_keyboard(sitio, abrir, tabular):
    autor = abrir(ancho=360)
    como(autor, sitio, "participante", 1)
    autor.goto(f"{sitio.url}{PARRAFO}")
    tabular(autor, "input", "A favor")
    autor.keyboard.press("Space")
    tabular(autor, "textarea", "Su comentario")
    autor.keyboard.type(f"Esto lo va a remover moderación ({uuid4().hex[:6]}).")
    tabular(autor, "button", "Enviar comentario")
    autor.keyboard.press("Enter")
    folio = folio_del_recibo(autor)

    moderadora = abrir()
    como(moderadora, sitio, "moderador")
    moderadora.goto(f"{sitio.url}/admin/participacion/moderacion/?ver=sin_revisar")
    tabular(moderadora, "a", folio)
    moderadora.keyboard.press("Enter")
    moderadora.wait_for_url(re.compile(r"/moderacion/\d+/"))
    tabular(moderadora, "summary", "Remover")
    if not moderadora.evaluate("document.activeElement.parentElement.open"):
        moderadora.keyboard.press("Enter")
    tabular(moderadora, "input", "")
    moderadora.keyboard.press("Space")
    tabular(moderadora, "textarea", "")
    moderadora.keyboard.type("No habla del texto.")
    tabular(moderadora, "button", "Remover")
    moderadora.keyboard.press("Enter")
    moderadora.wait_for_url(re.compile(r"/moderacion/(\?.*)?$"))

    autor.goto(f"{sitio.url}/aportes/{folio}/")
    tabular(autor, "a", "Apelar")
    autor.keyboard.press("Enter")
    autor.wait_for_url("**/apelar/**")
    tabular(autor, "textarea", "")
    autor.keyboard.type("Sí habla del texto: pide un plazo.")
    tabular(autor, "button", "Enviar la apelación")
    autor.keyboard.press("Enter")
    expect(autor.get_by_text("Recibimos su apelación").first).to_be_visible()
