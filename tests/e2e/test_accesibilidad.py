"""axe-core on every kind of page: no violation of WCAG 2.2 AA, on a phone and on a desk."""

import json
import re
import urllib.request
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page

from tests.factories.archivos import imagen

from .aceptacion.recorrido import como, ir_a_un_parrafo

pytestmark = pytest.mark.e2e

REGLAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIJAS = [
    "/", "/consultas/", "/procesos/", "/planes/", "/planes/5/", "/planes/5/compromisos/8/",
    "/noticias/", "/agenda/", "/biblioteca/", "/accesibilidad/", "/privacidad/", "/contacto/",
    "/buscar/", "/buscar/?q=municipios", "/buscar/?q=xyzzyqwerty", "/cuenta/login/", "/cuenta/signup/",
    "/cuenta/password/reset/", "/api/v2/docs/", "/correo/", "/no-existe/",
    "/verificar/", "/mi-aporte/", "/libro/", "/libro/aportes/?estado=vencido",
    "/consultas/reglas-sala-de-datos/libro/", "/consultas/reglas-sala-de-datos/cierre/",
]  # fmt: skip
UNA_DE_CADA = [
    r"/noticias/[^/]+/$", r"/agenda/[^/]+/$", r"/biblioteca/[^/]+/$", r"/procesos/[^/]+/$",
    r"/consultas/[^/]+/$", r"/aportes/[^/]+/$",
]  # fmt: skip


def api(sitio, ruta: str) -> list[dict]:
    with urllib.request.urlopen(f"{sitio.url}/api/v2/{ruta}") as respuesta:
        datos = json.load(respuesta)
    return datos.get("results") or datos.get("items") or datos.get("resultados")


def direcciones(sitio) -> list[str]:
    """One address of each kind of page, from the sitemap and the API; all consultations."""
    with urllib.request.urlopen(f"{sitio.url}/sitemap.xml") as respuesta:
        secciones = re.findall(r"<loc>([^<]+)</loc>", respuesta.read().decode())
    rutas: list[str] = []
    for seccion in secciones:
        ruta = re.sub(r"^https?://[^/]+", "", seccion)
        with urllib.request.urlopen(f"{sitio.url}{ruta}") as respuesta:
            rutas += re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", respuesta.read().decode())
    halladas = [next((r for r in rutas if re.fullmatch(p, r)), None) for p in UNA_DE_CADA[:4]]
    consultas = [r for r in rutas if re.fullmatch(UNA_DE_CADA[4], r)]
    aportes = [a["folio"] for a in api(sitio, "aportes/?limite=100")]
    extra = [f"/aportes/{folio}/" for folio in aportes[:3]]
    assert all(halladas), f"falta una página de algún tipo en el mapa del sitio: {halladas}"
    assert consultas
    assert extra
    return [
        *FIJAS, *halladas, *consultas, *(f"{c}aportes/" for c in consultas[:1]), *extra,
        *de_propuestas(sitio),
    ]  # fmt: skip


def de_propuestas(sitio) -> list[str]:
    """The list with and without filters, the map, a group, a division, files and the sheet."""
    grupos = [re.sub(r"^https?://[^/]+", "", g["url"]) for g in api(sitio, "grupos/")]
    con_archivos = api(sitio, "aportes/?adjuntos=si&limite=1")[0]
    lista = f"/consultas/{con_archivos['consulta']['slug']}/propuestas/"
    aporte = f"/aportes/{con_archivos['folio']}/"
    assert len(grupos) >= 2, grupos
    return [
        lista, f"{lista}?valor=transparencia&adjuntos=si", f"{lista}?region=nacional&q=xyzzy",
        f"{lista}mapa/", *grupos[:2], aporte, f"{aporte}ficha/",
    ]  # fmt: skip


def ir_al_enlace(pagina: Page, enlace: Locator) -> None:
    """Open where `enlace` leads, and wait until it is there: a click returns before."""
    pagina.goto(urljoin(pagina.url, enlace.get_attribute("href") or ""))


def enviar(pagina: Page, boton: Locator) -> None:
    """Press a button that sends a form, and wait for the page that answers: a click returns before."""
    with pagina.expect_navigation():
        boton.click()


def faltas(pagina, ruta_axe, donde: str = "html") -> list[str]:
    if not pagina.evaluate("'axe' in window"):
        pagina.add_script_tag(path=str(ruta_axe))
    hallazgos = pagina.evaluate(
        "([donde, reglas]) => axe.run(donde, {runOnly: reglas, resultTypes: ['violations']})"
        ".then(r => r.violations)",
        [donde, REGLAS],
    )
    return [
        f"{h['id']}: {h['help']} → {nodo['html'][:140]}"
        for h in hallazgos
        for nodo in h["nodes"][:3]
    ]


def escribir_propuesta(pagina) -> None:
    """Fill what is needed, with a file."""
    pagina.locator("[name=titulo]").fill("Que se pueda participar por teléfono")
    pagina.locator("[name=problema]").fill("No tengo internet y la consulta termina.")
    pagina.locator("[name=texto]").fill("Un número gratuito.")
    pagina.locator("[name=tema]").select_option(index=1)
    foto = {"name": "plaza.png", "mimeType": "image/png", "buffer": imagen("PNG")}
    pagina.locator("[name=archivos]").set_input_files([foto])


def test_no_page_has_an_accessibility_violation_nor_scrolls_sideways(sitio, abrir, ruta_axe):
    """Each is opened once and looked at in both widths."""
    pagina = abrir()
    malas = {}
    for ruta in direcciones(sitio):
        respuesta = pagina.goto(f"{sitio.url}{ruta}")
        assert respuesta.status in (200, 404), (ruta, respuesta.status)
        for ancho in (1280, 360):
            pagina.set_viewport_size({"width": ancho, "height": 900})
            hallado = faltas(pagina, ruta_axe)
            if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
                hallado.append("se desplaza hacia el lado")
            if hallado:
                malas[f"{ruta} ({ancho})"] = hallado
    assert not malas, json.dumps(malas, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_pages_of_whoever_takes_part_have_none_either(sitio, abrir, ruta_axe, ancho):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "participante")
    malas = {}
    ir_a_un_parrafo(pagina, sitio)
    parrafo = pagina.url
    for consulta in [d for d in direcciones(sitio) if re.fullmatch(UNA_DE_CADA[4], d)]:
        pagina.goto(f"{sitio.url}{consulta}propuestas/nueva/")
        if pagina.locator("[name=problema]").count():
            malas["proponer"] = faltas(pagina, ruta_axe)
            enviar(pagina, pagina.get_by_role("button", name="Enviar propuesta"))
            malas["proponer con errores"] = faltas(pagina, ruta_axe)
            escribir_propuesta(pagina)
            enviar(pagina, pagina.get_by_role("button", name="Subir ahora y describirlos"))
            malas["proponer con archivos"] = faltas(pagina, ruta_axe)
            enviar(pagina, pagina.get_by_role("button", name="Revisar antes de enviar"))
            assert "Revise su propuesta" in pagina.title()
            malas["revisar la propuesta"] = faltas(pagina, ruta_axe)
            break
    # A guest's pages (waiting, confirming, the private code) are looked at by test_vida_de_un_aporte.
    pagina.goto(f"{sitio.url}/mis-aportes/")
    recibo = sitio.url + pagina.locator("a[href$='/recibo/']").first.get_attribute("href")
    representar = f"{sitio.url}/cuenta/representaciones/"
    # Two answers of one institution in a thread.
    contestado = f"{sitio.url}/consultas/borrador-plan-7/borrador/v1/2/"
    propias = (recibo, representar, f"{sitio.url}/mis-aportes/", f"{sitio.url}/")
    for ruta in (parrafo, contestado, *propias):
        pagina.goto(ruta)
        malas[ruta] = faltas(pagina, ruta_axe)
    malas = {ruta: hallado for ruta, hallado in malas.items() if hallado}
    assert not malas, json.dumps(malas, indent=1, ensure_ascii=False)


def test_the_officials_desk_has_no_serious_violation(sitio, abrir, ruta_axe):
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    pagina.goto(f"{sitio.url}/admin/participacion/aportes/")
    pagina.locator("main a[href$='/responder/']").first.click()
    pagina.wait_for_url("**/responder/")
    pagina.add_script_tag(path=str(ruta_axe))
    hallazgos = pagina.evaluate(
        "reglas => axe.run('main', {runOnly: reglas}).then(r => r.violations)", REGLAS[:5]
    )
    assert not [(h["id"], h["nodes"][0]["html"][:160]) for h in hallazgos]


@pytest.mark.parametrize(
    ("ruta", "campo"), [("etapas/{}/prorrogar/", "fin"), ("consultas/{}/anunciar/", "")]
)
def test_the_pages_that_decide_dates_have_none_either(sitio, abrir, ruta_axe, ruta, campo):
    if not campo:  # the demo announced all of its own
        sitio.manage("crear_consulta", "docs/ejemplos/consulta.yaml")
    pagina = abrir()
    como(pagina, sitio, "secretaria_tecnica")
    for pk in range(1, 40):  # no page lists the ids: the first that may be extended, or announced
        pedida = f"{sitio.url}/admin/participacion/{ruta.format(pk)}"
        respuesta = pagina.goto(pedida)
        # One that has nothing to decide leads elsewhere.
        if (respuesta.status, pagina.url) == (200, pedida) and (
            not campo or pagina.locator(f"main [name={campo}]").count()
        ):
            break
    else:
        pytest.fail(f"ninguna página {ruta}")
    assert not en_ambos_anchos(pagina, ruta_axe)
    if campo:
        enviar(pagina, pagina.locator("main button[type=submit]").last)
        assert not en_ambos_anchos(pagina, ruta_axe), "with its errors"


def en_ambos_anchos(pagina, ruta_axe) -> list[str]:
    halladas: list[str] = []
    for ancho in (1280, 360):
        pagina.set_viewport_size({"width": ancho, "height": 900})
        halladas += faltas(pagina, ruta_axe, "main")
    return halladas


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_desk_of_moderation_has_no_violation_nor_scrolls_sideways(
    sitio, abrir, ruta_axe, ancho
):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "moderador")
    base = f"{sitio.url}/admin/participacion/"
    colas = ("reportados", "sin_revisar", "apelaciones", "removidos", "bloqueos")
    rutas = [*(f"moderacion/?ver={v}" for v in colas), "textos-compartidos/"]
    malas = {}
    for ruta in rutas:
        pagina.goto(f"{base}{ruta}")
        malas[ruta] = faltas(pagina, ruta_axe, "main")
        if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
            malas[ruta].append("se desplaza hacia el lado")
        enlace = pagina.locator(".casos__uno a").first
        if ruta in ("moderacion/?ver=reportados", "textos-compartidos/") and enlace.count():
            ir_al_enlace(pagina, enlace)
            malas[f"{ruta}: uno"] = faltas(pagina, ruta_axe, "main")
    malas = {ruta: hallado for ruta, hallado in malas.items() if hallado}
    assert not malas, json.dumps(malas, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_pages_that_prepare_answers_have_no_violation_nor_scroll_sideways(
    sitio, abrir, ruta_axe, ancho
):
    pagina = abrir(ancho=ancho)
    como(pagina, sitio, "secretaria_tecnica")
    base = f"{sitio.url}/admin/participacion/respuestas/"
    malas = {}
    for ruta, dentro in (
        ("lotes/", "main td a[href*='/lotes/']"),
        ("borradores/", "main td a[href*='/borradores/']"),
        ("planillas/", ""),
    ):
        pagina.goto(f"{base}{ruta}")
        malas[ruta] = faltas(pagina, ruta_axe, "main")
        if dentro and pagina.locator(dentro).count():
            ir_al_enlace(pagina, pagina.locator(dentro).first)
            malas[f"{ruta}: uno"] = faltas(pagina, ruta_axe, "main")
        if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
            malas[ruta].append("se desplaza hacia el lado")
    malas = {ruta: hallado for ruta, hallado in malas.items() if hallado}
    assert not malas, json.dumps(malas, indent=1, ensure_ascii=False)


def test_a_page_is_light(sitio, abrir):
    """Everything but images, as it travels, stays under 100 kB."""
    pagina = abrir()
    pesos: dict[str, int] = {}

    def anotar(respuesta) -> None:
        if respuesta.request.resource_type != "image":
            tamanos = respuesta.request.sizes()
            pesos[respuesta.url] = tamanos["responseBodySize"]

    pagina.on("requestfinished", lambda pedido: anotar(pedido.response()))
    pagina.goto(f"{sitio.url}/", wait_until="networkidle")
    assert sum(pesos.values()) < 100_000, json.dumps(pesos, indent=1)
