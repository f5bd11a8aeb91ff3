"""What those who answer, approve and close do, step by step, as they see it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.sitio import Sitio

from .convocada import Convocada


def filtrar(pagina: Page, sitio: Sitio, consulta: Convocada, estado: str) -> None:
    """The queue, of one consultation and in one state, by its own filters."""
    pagina.goto(f"{sitio.url}/admin/participacion/aportes/")
    pagina.locator("select[name=consulta]").select_option(label=consulta.titulo)
    pagina.locator("select[name=a_cargo]").select_option(value="")
    pagina.locator("select[name=estado]").select_option(value=estado)
    pagina.get_by_role("button", name="Filtrar").click()
    expect(pagina.get_by_role("list", name="Filtros puestos")).to_contain_text(consulta.titulo)


def responder_juntos(
    pagina: Page, folios: list[str], *, razon: str, linea: str, para: str, porque: str
) -> None:
    """Mark them, write one response with a line for `para` alone, look at it and seal it."""
    for folio in folios:
        pagina.get_by_role("checkbox", name=f"Marcar {folio}").check()
    pagina.get_by_role("button", name="Responder juntos…").click()
    titulo = f"Una respuesta para {len(folios)} aportes"
    expect(pagina.get_by_role("heading", name=titulo)).to_be_visible()
    pagina.locator("textarea[name=razon]").fill(razon)
    pagina.locator("select[name=resultado]").select_option("no_incorporada")
    pagina.locator("select[name=destino]").select_option("nada")
    pagina.locator("textarea[name=porque_nada]").fill(porque)
    fila = pagina.locator(".fila-varias").filter(has_text=para)
    fila.get_by_label("Línea personal").fill(linea)
    pagina.get_by_role("button", name="Ver cómo quedará").click()
    expect(pagina.get_by_role("region", name=re.compile("Así quedará"))).to_contain_text(razon)
    pagina.get_by_role("button", name="Sellar y pedir conformidades").click()
    expect(pagina.get_by_text(re.compile("conformidad", re.IGNORECASE)).first).to_be_visible()


def revisar(pagina: Page, folio: str, *, razon: str, motivo: str) -> None:
    """From the filtered queue to the new version that answers a review, sealed."""
    fila = pagina.locator("tr[data-fila]").filter(has_text=folio)
    fila.locator("a[data-responder_aporte]").click()
    expect(pagina.get_by_role("heading", name=re.compile(f"respuesta a {folio}"))).to_be_visible()
    pagina.locator("textarea[name=razon]").fill(razon)
    pagina.locator("textarea[name=motivo_cambio]").fill(motivo)
    pagina.get_by_role("button", name="Sellar y pedir conformidad").click()
    expect(pagina.get_by_text(re.compile("conformidad", re.IGNORECASE)).first).to_be_visible()


def decidir(
    pagina: Page, sitio: Sitio, consulta: Convocada, folio: str, sentido: str, nota: str = ""
) -> None:
    """A member finds it on their desk by its consultation, reads it and decides."""
    pagina.goto(f"{sitio.url}/conformidades/")
    expect(pagina.get_by_role("heading", name="Conformidades", exact=True)).to_be_visible()
    pagina.locator(".sellada").filter(has_text=consulta.titulo).get_by_role("link").first.click()
    expect(pagina.get_by_role("heading", name="Exactamente así se publicará")).to_be_visible()
    expect(pagina.locator("main")).to_contain_text(folio)
    pagina.locator(f"input[name=sentido][value={sentido}]").check()
    pagina.locator("textarea[name=nota]").fill(nota)
    pagina.get_by_role("button", name="Registrar mi decisión").click()
    expect(pagina.locator("main .aviso, .mensajes").first).to_be_visible()


def ir_a_cerrar(pagina: Page, sitio: Sitio, consulta: Convocada) -> None:
    """The secretariat, from the list of consultations to the page that closes one."""
    pagina.goto(f"{sitio.url}/admin/participacion/consultas/")
    fila = pagina.get_by_role("row").filter(has_text=consulta.titulo)
    fila.get_by_role("link", name="Cerrar como respondida").click()
    titulo = f"Cerrar «{consulta.titulo}» como respondida"
    expect(pagina.get_by_role("heading", name=titulo)).to_be_visible()
