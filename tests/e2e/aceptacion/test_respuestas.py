"""From a queue of contributions to the honest closing of their consultation, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.sitio import Sitio

from .convocada import Convocada, convocar
from .despacho import decidir, filtrar, ir_a_cerrar, responder_juntos, revisar
from .recorrido import entrar, folio_del_recibo

pytestmark = pytest.mark.e2e

MODOS = [
    pytest.param(1280, True, "RWE", id="escritorio"),
    pytest.param(360, False, "RWT", id="telefono-sin-javascript"),
]
RAZON = "Este año no alcanza el presupuesto para más bancas; el próximo las incluirá."
LINEA = "Gracias por contar los paraderos de su cuadra."
PORQUE = "Se revisará con el presupuesto del próximo año."
DISENSO = "De acuerdo, pero el presupuesto debería publicarse por comuna."
PIDE = "No dice cuántas bancas habrá. Pido que lo digan."
CORREGIDA = "El presupuesto del próximo año incluye doce bancas, una en cada paradero con techo."
MOTIVO = "El resultado se mantiene; ahora decimos cuántas bancas y dónde."
PALABRAS = "Doce bancas para el próximo año."


def proponer(pagina: Page, sitio: Sitio, consulta: Convocada, titulo: str) -> str:
    pagina.goto(f"{sitio.url}/consultas/{consulta.slug}/propuestas/nueva/")
    for nombre, texto in {
        "titulo": titulo,
        "problema": "Las personas mayores esperan de pie.",
        "texto": "Poner una banca con respaldo.",
    }.items():
        pagina.locator(f"[name={nombre}]").fill(texto)
    pagina.locator("select[name=tema]").select_option(index=1)
    pagina.get_by_role("button", name="Enviar propuesta").click()
    return folio_del_recibo(pagina)


def carta_de(sitio: Sitio, correo: str, asunto: str) -> str:
    """The one mail of this subject, as text."""
    (carta,) = sitio.correos(para=correo, asunto=asunto)
    return str(carta.get_body(("plain",)).get_content())


@pytest.mark.parametrize(("ancho", "javascript", "sigla"), MODOS)
def test_from_the_queue_to_the_closing(sitio, abrir, capturar, ancho, javascript, sigla, request):
    modo = request.node.callspec.id

    def visita(rol: str = "", cual: int = 0) -> Page:
        pagina = abrir(ancho=ancho, javascript=javascript)
        if rol:
            entrar(pagina, sitio, rol, cual)
        return pagina

    autora, vecino = abrir(ancho=ancho, javascript=javascript), visita("participante", 1)
    quien = entrar(autora, sitio, "participante")
    consulta = convocar(sitio, modo, sigla)
    folio = proponer(autora, sitio, consulta, f"Una banca en la esquina ({modo})")
    otro = proponer(vecino, sitio, consulta, f"Otra banca frente al consultorio ({modo})")

    oficial = visita("oficial")
    filtrar(oficial, sitio, consulta, "pendiente")
    capturar(oficial, f"r1-lista-{modo}")
    responder_juntos(
        oficial, [folio, otro], razon=RAZON, linea=LINEA, para=folio, porque=PORQUE
    )  # fmt: skip
    lectora = visita()
    lectora.goto(f"{sitio.url}/aportes/{folio}/")
    expect(lectora.locator("main")).not_to_contain_text(RAZON)

    gobierno, civil = visita("participante", 3), visita("participante", 4)
    decidir(gobierno, sitio, consulta, folio, "conforme")
    decidir(civil, sitio, consulta, folio, "con_disenso", DISENSO)

    carta = carta_de(sitio, quien.correo, f"Respondimos a su aporte {folio}")
    for dicho in (RAZON, LINEA, "Camila Donoso", "Rodrigo Painemal", DISENSO):
        assert dicho in carta, dicho
    lectora.reload()
    for dicho in (RAZON, LINEA, PORQUE, "Camila Donoso", "Rodrigo Painemal", DISENSO):
        expect(lectora.locator("main")).to_contain_text(dicho)
    capturar(lectora, f"r3-respuesta-{modo}")
    lectora.goto(f"{sitio.url}/aportes/{otro}/")
    expect(lectora.locator("main")).to_contain_text(RAZON)
    expect(lectora.locator("main")).not_to_contain_text(LINEA)

    (opinar,) = set(re.findall(rf"{re.escape(sitio.url)}/aportes/{folio}/opinion/", carta))
    autora.goto(opinar)
    autora.get_by_role("button", name="No", exact=True).click()
    expect(autora.locator("main")).to_contain_text("no le responde")
    autora.get_by_role("link", name=re.compile("pedir una vez que la revisen")).click()
    autora.locator("textarea[name=texto]").fill(PIDE)
    autora.get_by_role("button", name="Pedir la revisión").click()
    expect(autora.locator("main")).to_contain_text(PIDE)

    secretaria = visita("secretaria_tecnica")
    consulta.esperar_el_cierre(secretaria)
    ir_a_cerrar(secretaria, sitio, consulta)
    expect(secretaria.get_by_role("alert")).to_contain_text("1 aporte espera la revisión")
    expect(secretaria.get_by_role("alert")).to_contain_text(folio)
    expect(secretaria.get_by_role("button", name="Cerrar como respondida")).to_have_count(0)
    capturar(secretaria, f"r4-no-cierra-{modo}")

    filtrar(oficial, sitio, consulta, "en_revision")
    revisar(oficial, folio, razon=CORREGIDA, motivo=MOTIVO)
    decidir(gobierno, sitio, consulta, folio, "conforme")
    decidir(civil, sitio, consulta, folio, "conforme")
    expect(autora.locator("main")).to_contain_text("Se contesta a más tardar")
    autora.goto(f"{sitio.url}/aportes/{folio}/")
    expect(autora.locator("main")).to_contain_text("Se revisó: el resultado se mantiene")
    expect(autora.locator("main")).to_contain_text(CORREGIDA)
    capturar(autora, f"r5-revisada-{modo}")

    ir_a_cerrar(secretaria, sitio, consulta)
    secretaria.locator("textarea[name=palabras]").fill(PALABRAS)
    secretaria.get_by_role("button", name="Ver cómo se leerá").click()
    expect(secretaria.get_by_role("region", name="Así se leerá")).to_contain_text(PALABRAS)
    secretaria.get_by_role("button", name="Cerrar como respondida").click()

    lectora.goto(f"{sitio.url}/consultas/{consulta.slug}/cierre/")
    balance = lectora.get_by_role("region", name="El balance al cerrar")
    cifras = balance.locator("dl").inner_text().replace("\n", " ")
    assert re.search(r"Recibidos 2|2 Recibidos", cifras), cifras
    assert re.search(r"Respondidos 2|2 Respondidos", cifras), cifras
    for dicho in (PALABRAS, DISENSO, "Rodrigo Painemal"):
        expect(lectora.locator("main")).to_contain_text(dicho)
    capturar(lectora, f"r6-cierre-{modo}")
    # The notice of the closing goes into the day's digest; the site says it at once.
    aviso = autora.get_by_text(f"«{consulta.titulo}» se cerró con todos sus aportes respondidos")
    for _ in range(40):
        autora.goto(f"{sitio.url}/avisos/")
        if aviso.count():
            break
    expect(aviso.first).to_be_visible()
