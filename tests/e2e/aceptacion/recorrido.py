"""The main job as its people do it: each step is what a person sees and presses."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.sitio import Sitio, continuar, ingresar

FOLIO = re.compile(r"[A-Z][A-Z0-9]+-\d{4,}")


@dataclass(frozen=True)
class Cuenta:
    rol: str
    correo: str
    clave: str


def cuenta(rol: str, cual: int = 0) -> Cuenta:
    """An account of the demo, as `make run` prints them."""
    from portal.demo.cuentas import CUENTAS

    de_ese_rol = [fila for fila in CUENTAS if fila[0] == rol]
    return Cuenta(*de_ese_rol[cual][:3])


def entrar(pagina: Page, sitio: Sitio, rol: str, cual: int = 0) -> Cuenta:
    quien = cuenta(rol, cual)
    ingresar(pagina, sitio, quien.correo, quien.clave)
    return quien


def como(pagina: Page, sitio: Sitio, rol: str, cual: int = 0) -> Cuenta:
    """As `entrar`, for what does not tell how one signs in."""
    quien = cuenta(rol, cual)
    continuar(pagina, sitio, quien.correo, quien.clave)
    return quien


def ir_a_consulta(pagina: Page, sitio: Sitio, boton: str) -> None:
    """From the list of consultations to the first open one that offers `boton`."""
    pagina.goto(f"{sitio.url}/consultas/")
    enlaces = pagina.locator("main a[href^='/consultas/']")
    rutas = dict.fromkeys(e.get_attribute("href") for e in enlaces.all())
    for ruta in rutas:
        pagina.goto(f"{sitio.url}{ruta}")
        accion = pagina.locator("main").get_by_role("link", name=boton, exact=True).first
        if accion.count():
            accion.click()
            return
    raise AssertionError(f"ninguna consulta ofrece «{boton}»")


def enviar_propuesta(pagina: Page, sitio: Sitio, titulo: str) -> str:
    """Fill the proposal form and send it; returns the folio of the receipt."""
    ir_a_consulta(pagina, sitio, "Enviar una propuesta")
    for nombre, texto in {
        "titulo": titulo,
        "problema": "Los acuerdos de los consejos comunales no se publican a tiempo.",
        "texto": "Publicar cada acuerdo con su votación dentro de cinco días.",
    }.items():
        pagina.locator(f"[name={nombre}]").fill(texto)
    pagina.locator("select[name=tema]").select_option(index=1)
    pagina.locator("select[name=region]").select_option("08")
    pagina.locator("input[name=valores]").first.check()
    pagina.get_by_role("button", name="Enviar propuesta").click()
    return folio_del_recibo(pagina)


def ir_a_un_parrafo(pagina: Page, sitio: Sitio) -> None:
    """Open the draft in consultation and the page of one of its paragraphs."""
    ir_a_consulta(pagina, sitio, "Leer y comentar el borrador")
    enlace = (
        pagina.locator("main a[href*='/borrador/v']").filter(has_text=re.compile("oment")).nth(3)
    )
    enlace.click()
    expect(pagina.get_by_role("heading", name="Comente este párrafo")).to_be_visible()


def comentar(pagina: Page, sitio: Sitio, texto: str) -> str:
    """Comment on a paragraph of the draft; returns the folio."""
    ir_a_un_parrafo(pagina, sitio)
    pagina.locator("textarea[name=texto]").fill(texto)
    pagina.get_by_role("button", name="Enviar comentario").click()
    return folio_del_recibo(pagina)


def replicar(pagina: Page, sitio: Sitio, folio: str, texto: str) -> str:
    """Reply to a contribution on its own page; returns the folio of the reply."""
    pagina.goto(f"{sitio.url}/aportes/{folio}/responder/")
    pagina.locator("textarea[name=texto]").fill(texto)
    pagina.locator("main form[method=post] button[type=submit]").first.click()
    return folio_del_recibo(pagina)


def folio_del_recibo(pagina: Page) -> str:
    expect(pagina.get_by_role("heading", name="Recibimos su aporte")).to_be_visible()
    folio = pagina.locator(".recibo__folio").inner_text().strip()
    assert FOLIO.fullmatch(folio), folio
    return folio


def responder(pagina: Page, sitio: Sitio, folio: str, razon: str) -> None:
    """The official finds the contribution in the back office and publishes an answer."""
    pagina.goto(f"{sitio.url}/admin/participacion/aportes/?q={folio}")
    pagina.get_by_role("link", name="Responder").first.click()
    expect(pagina.get_by_role("heading", name=re.compile(f"Responder {folio}"))).to_be_visible()
    pagina.locator("input[name=resultado][value=ya_contemplada]").check()
    pagina.locator("textarea[name=razon]").fill(razon)
    pagina.locator("input[name=destino][value=compromiso]").check()
    pagina.locator("select[name=compromiso]").select_option(index=1)
    pagina.get_by_role("button", name="Publicar respuesta").click()
    expect(pagina.get_by_text(re.compile("publicad", re.IGNORECASE)).first).to_be_visible()


def respondidos(pagina: Page, sitio: Sitio, folio: str) -> tuple[int, int, int]:
    """(answered, owed, pending) of the public line of the consultation of `folio`."""
    pagina.goto(f"{sitio.url}/aportes/{folio}/")
    enlaces = pagina.locator("a[href^='/consultas/']").all()
    rutas = [enlace.get_attribute("href") or "" for enlace in enlaces]
    pagina.goto(sitio.url + next(r for r in rutas if re.fullmatch(r"/consultas/[^/]+/", r)))
    linea = pagina.get_by_text(re.compile(r"\d+ respondidos? de \d+ · \d+ pendientes?")).first
    cifras = re.findall(r"\d+", linea.inner_text().replace(".", ""))
    return int(cifras[0]), int(cifras[1]), int(cifras[2])
