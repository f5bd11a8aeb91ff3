"""axe-core on the pages of answers, of approvals, of the trace and of order, on a phone and on a desk.

One visitor per role walks all of their pages: each is opened once and looked at in both widths.
"""

import io
import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from .aceptacion.recorrido import comentar, como
from .conftest import ANCHOS
from .sitio import Sitio
from .test_accesibilidad import api, faltas

pytestmark = pytest.mark.e2e
Mirar = Callable[..., None]
APORTES = "/admin/participacion/aportes/"


@pytest.fixture
def mirar(ruta_axe, capturar):
    """Look at a page, or the `ruta` of one, in both widths; at the end nothing was found in any."""
    malas: dict[str, list[str]] = {}

    def una(pagina: Page, nombre: str, ruta: str = "", donde: str = "html") -> None:
        if ruta:
            respuesta = pagina.goto(ruta)
            assert respuesta is not None
            assert respuesta.status in (200, 422), (ruta, respuesta.status)
        for modo, ancho in ANCHOS.items():
            pagina.set_viewport_size({"width": ancho, "height": 900})
            hallado = faltas(pagina, ruta_axe, donde)
            if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
                hallado.append("se desplaza hacia el lado")
            if hallado:
                malas[f"{nombre} ({modo})"] = hallado
            capturar(pagina, f"{nombre}-{ancho}")

    yield una
    assert not malas, json.dumps(malas, indent=1, ensure_ascii=False)


def ids_de(pagina: Page, sitio: Sitio, folio: str) -> str:
    """The id by which the back office knows a folio."""
    pagina.goto(f"{sitio.url}{APORTES}?estado=&q={folio}")
    ruta = pagina.locator("[data-abrir]").first.get_attribute("href") or ""
    return next(parte for parte in ruta.split("/") if parte.isdigit())


def test_what_anyone_reads(sitio, abrir, mirar: Mirar):
    pagina = abrir()
    borrador = f"{sitio.url}/consultas/borrador-plan-7/borrador/v2/"
    sala = f"{sitio.url}/consultas/reglas-sala-de-datos/"
    mirar(pagina, "sin-participacion", f"{borrador}sin-participacion/?solo=1")
    mirar(pagina, "sin-participacion-corrido", f"{borrador}sin-participacion/?limpio=1")
    mirar(pagina, "sin-participacion-enredada", f"{sala}borrador/v3/sin-participacion/")
    parrafo = pagina.locator(".comparar__fila--cambia a[href*='/borrador/v']").first
    ruta = parrafo.get_attribute("href")
    mirar(pagina, "historia-de-un-parrafo", f"{sitio.url}{ruta}historia/")
    (folio, *_) = [
        a["folio"] for a in api(sitio, "aportes/?consulta=hoja-de-ruta-datos&estado=respondido")
    ]
    mirar(pagina, "aporte-con-conformidades", f"{sitio.url}/aportes/{folio}/")
    mirar(pagina, "historia-de-un-aporte", f"{sitio.url}/aportes/{folio}/historia/")
    mirar(pagina, "historia-de-un-compromiso", f"{sitio.url}/planes/7/compromisos/3/historia/")
    mirar(pagina, "disensos", f"{sitio.url}/consultas/hoja-de-ruta-datos/disensos/")
    mirar(pagina, "mas-discutidas", f"{sitio.url}/respuestas/mas-discutidas/")
    mirar(pagina, "foro", f"{sitio.url}/foro/")
    mirar(pagina, "libro-de-consulta", f"{sala}libro/?texto=identico")
    mirar(pagina, "cierre", f"{sala}cierre/")


def test_what_authors_do_after_the_answer(sitio, abrir, mirar: Mirar):
    autora, moderadora = abrir(), abrir()
    como(autora, sitio, "participante", 1)
    mirar(autora, "mis-aportes", f"{sitio.url}/mis-aportes/")
    propios = dict.fromkeys(
        re.findall(r"/aportes/(P7[AB]-\d+)/", autora.locator("main").inner_html())
    )
    respondidos = {
        a["folio"] for c in ("propuestas-plan-7", "borrador-plan-7") for a in _respondidos(sitio, c)
    }
    folio = next(f for f in propios if f in respondidos)
    mirar(autora, "opinion", f"{sitio.url}/aportes/{folio}/opinion/")
    mirar(autora, "revision", f"{sitio.url}/aportes/{folio}/revision/")

    suyo = comentar(
        autora, sitio, f"Un comentario que se va a remover, para poder apelar ({uuid4()})."
    )
    recibo = autora.request.get(f"{sitio.url}/aportes/{suyo}/recibo.json").text()
    otro = json.loads(recibo)
    otro["contenido"]["texto"] = "Otras palabras."
    for nombre, texto in (("recien-enviado", recibo), ("no-cuadra", json.dumps(otro))):
        autora.goto(f"{sitio.url}/verificar/")
        autora.locator("textarea[name=recibo]").fill(texto)
        autora.get_by_role("button", name="Verificar el recibo").click()
        autora.locator("#resultado").wait_for()
        mirar(autora, f"verificar-{nombre}")
    antiguo = autora.request.get(f"{sitio.url}/aportes/{folio}/recibo.json").text()
    autora.goto(f"{sitio.url}/verificar/")
    autora.locator("textarea[name=recibo]").fill(antiguo)
    autora.get_by_role("button", name="Verificar el recibo").click()
    autora.locator("#resultado").wait_for()
    mirar(autora, "verificar-cuadra")

    como(moderadora, sitio, "moderador")
    pk = ids_de(moderadora, sitio, suyo)
    caso = f"{sitio.url}/admin/participacion/moderacion/{pk}/"
    mirar(moderadora, "remover", f"{sitio.url}{APORTES}{pk}/remover/", "main")
    mirar(moderadora, "caso", caso, "main")
    moderadora.get_by_role("radio", name="No tiene relación alguna").check()
    moderadora.get_by_role("textbox", name="Explicación").first.fill("No habla del texto.")
    with moderadora.expect_navigation():
        moderadora.get_by_role("button", name=f"Remover {suyo}").click()
    autora.goto(f"{sitio.url}/aportes/{suyo}/apelar/")
    autora.locator("textarea[name=texto]").wait_for()
    mirar(autora, "apelar")


def _respondidos(sitio: Sitio, consulta: str) -> list[dict]:
    return api(sitio, f"aportes/?consulta={consulta}&estado=respondido&limite=100")


def test_the_desk_of_those_who_approve(sitio, abrir, mirar: Mirar):
    pagina = abrir()
    como(pagina, sitio, "participante", 4)
    mirar(pagina, "conformidades", f"{sitio.url}/conformidades/")
    una = pagina.locator(".sellada__titulo a").first.get_attribute("href")
    todas = [c.get_attribute("value") for c in pagina.locator("input[name=v]").all()]
    mirar(pagina, "conformidad", f"{sitio.url}{una}")
    pagina.get_by_role("button", name="Registrar mi decisión").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    mirar(pagina, "conformidad-con-errores")
    mirar(pagina, "conflicto", f"{sitio.url}{una}conflicto/")
    juntas = "&".join(f"v={v}" for v in todas[:2])
    mirar(pagina, "conformidades-juntas", f"{sitio.url}/conformidades/leer/?{juntas}")


def test_the_pages_of_points_of_spreadsheets_and_of_closing(sitio, abrir, mirar: Mirar):
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    division = next(g for g in api(sitio, "grupos/") if g["clase"] == "division")
    folio = division["folios"][0]
    pk = ids_de(pagina, sitio, folio)
    mirar(pagina, "responder-por-puntos", f"{sitio.url}{APORTES}{pk}/responder/", "main")
    pagina.goto(f"{sitio.url}{APORTES}?estado=pendiente&tipo=propuesta")
    entera = pagina.locator("input[name=ids]").first.get_attribute("value")
    mirar(pagina, "dividir", f"{sitio.url}{APORTES}{entera}/dividir/", "main")

    pagina.goto(f"{sitio.url}/admin/participacion/consultas/")
    # Any that can be closed will do: other walks have consultations of their own on the same site.
    enlace = pagina.locator("main a[href$='/cerrar/']").first
    cerrar = enlace.get_attribute("href") or ""
    mirar(pagina, "cerrar", f"{sitio.url}{cerrar}", "main")

    numero = re.search(r"/(\d+)/cerrar/", cerrar)
    assert numero
    planillas = f"{sitio.url}/admin/participacion/respuestas/planillas/"
    hoja = pagina.request.get(f"{planillas}exportar/?consulta={numero[1]}&estado=sin_asignar")
    libro = load_workbook(io.BytesIO(hoja.body()))
    libro["Respuestas"]["G2"] = "Aclaración"
    caja = io.BytesIO()
    libro.save(caja)
    pagina.goto(planillas)
    pagina.locator("select#id_consulta").select_option(numero[1])
    pagina.locator("select#id_institucion").select_option(index=1)
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    pagina.locator("input[name=archivo]").set_input_files(
        [{"name": "r.xlsx", "mimeType": tipo, "buffer": caja.getvalue()}]
    )
    pagina.locator("main form:has([name=archivo]) button[type=submit]").click()
    pagina.wait_for_url(re.compile(r"planillas/\d+/"))
    mirar(pagina, "planilla", donde="main")
