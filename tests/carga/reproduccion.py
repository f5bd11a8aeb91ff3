"""A whole process driven from outside, as another program would: only pages, API and commands.

    python -m tests.carga.reproduccion http://localhost:8000 --comentarios 3000

The site must have the demo accounts. It creates a consultation for proposals and one for a draft with
the commands (so it needs the same PORTAL_VAR), sends 81 proposals by form and by API from several
accounts, publishes three versions with paragraphs moved, split and merged, quotes words, fills a
thread, and then counts everything from outside. It prints what does not hold; exit code 1 if any.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from tests.carga.mesa import Mesa, en_docx
from tests.carga.programa import Programa, comando, comprobar, convocar, fallas

PERSONAS = ("marcela", "sergio", "carmen")
PROPUESTAS = 81
REGIONES = ["", *(f"{n:02d}" for n in range(1, 17))]

V1 = [
    "# Medidas", "El Estado publicará sus datos de agua cada mes.",
    "Cada municipio tendrá una persona a cargo de la participación ciudadana local.",
    "Las actas se publicarán en diez días. También se publicarán los audios de cada sesión del consejo.",
    "Los presupuestos regionales se explicarán en lenguaje claro.",
    "Habrá un registro único de organizaciones.",
    "El registro será público y gratuito para todas las personas.",
    "a) agua potable;\nb) caminos rurales;\nc) salud primaria.",
    "# Plazos", "Todo lo anterior comenzará en marzo del año siguiente.",
]  # fmt: skip
V2 = [
    "# Medidas", "El Estado publicará sus datos de agua cada semana.",
    "Los presupuestos regionales se explicarán en lenguaje claro.",
    "Cada municipio tendrá una persona a cargo de la participación ciudadana local.",
    "Las actas se publicarán en diez días.",
    "También se publicarán los audios de cada sesión del consejo.",
    "Habrá un registro único de organizaciones. El registro será público y gratuito para todas las personas.",
    "a) agua potable;\nb) caminos rurales;\nc) salud primaria.",
    "# Plazos", "Todo lo anterior comenzará en marzo del año siguiente.",
    "Un informe anual dirá qué se cumplió.",
]  # fmt: skip
V3 = [
    "# Plazos", "Todo lo anterior comenzará en abril del año siguiente.",
    "Un informe anual dirá qué se cumplió.",
    "# Medidas", "El Estado publicará sus datos de agua cada semana.",
    "Los presupuestos regionales se explicarán en lenguaje claro.",
    "Cada municipio tendrá una persona a cargo de la participación ciudadana local.",
    "Las actas se publicarán en diez días.",
    "También se publicarán los audios de cada sesión del consejo.",
    "Habrá un registro único de organizaciones. El registro será público y gratuito para todas las personas.",
    "a) agua potable;\nb) caminos rurales;\nc) salud primaria.",
]  # fmt: skip
MAL_CORTADA = [*V2[:4], f"{V2[4]} {V2[5]}",
               "Habrá un registro único de organizaciones.",
               "El registro será público y gratuito para todas las personas.", *V2[7:]]  # fmt: skip
CITAS = {
    2: "datos de agua", 3: "una persona a cargo", 4: "los audios de cada sesión",
    6: "registro único", 7: "público y gratuito", 10: "comenzará en marzo",
}  # fmt: skip


def proponer(slug: str, personas: list[Programa]) -> None:
    """By API and by form, in turns; some sent twice with the same key."""
    tema = personas[0].api("GET", "opciones/")["temas"][0]["slug"]
    folios = []
    for n in range(1, PROPUESTAS + 1):
        quien, clave = personas[n % len(personas)], str(uuid4())
        campos = {"problema": f"Nadie mide la cosa {n}.", "valores": ["transparencia"]}
        comun = {"titulo": f"Idea número {n} {clave[:6]}", "texto": f"Medir la cosa {n} cada mes.",
                 "tema": tema, "region": REGIONES[n % 17], "clave": clave}  # fmt: skip
        if n % 3:
            envio = comun | {"tipo": "propuesta", "consulta": slug, "campos": campos}
            folio = quien.api("POST", "aportes/", envio)["folio"]
            if n % 10 == 1:
                comprobar(
                    quien.api("POST", "aportes/", envio)["folio"] == folio, "la clave, dos veces"
                )
        else:
            url, html = quien.formulario(f"/consultas/{slug}/propuestas/nueva/", comun | campos)
            hallado = re.search(r"/aportes/([A-Z0-9]+-\d+)/", url)
            comprobar(hallado is not None, f"el formulario llevó a {url}: {html[:300]}")
            folio = hallado[1] if hallado else ""
        folios.append(folio)
    sigla = folios[0].split("-")[0]
    comprobar(
        folios == [f"{sigla}-{n:04d}" for n in range(1, PROPUESTAS + 1)], f"folios {folios[-3:]}"
    )
    for n, folio in enumerate(folios[:12]):
        personas[(n + 2) % 3].api("POST", f"aportes/{folio}/apoyar/", {"accion": "apoyar"})
    contar_propuestas(slug, folios)


def contar_propuestas(slug: str, folios: list[str]) -> None:
    afuera = Programa(BASE)
    lista = list(afuera.todas(f"aportes/?consulta={slug}"))
    comprobar(len(lista) == PROPUESTAS, f"la API lista {len(lista)}")
    comprobar({a["folio"] for a in lista} == set(folios), "los folios de la API")
    vistos: list[str] = []
    pagina = 1
    while len(vistos) < 400:
        html = afuera.pagina(f"/consultas/{slug}/propuestas/?orden=antiguos&pagina={pagina}")
        vistos += re.findall(r'id="aporte-([A-Z0-9]+-\d+)"', html)
        if f"pagina={pagina + 1}" not in html:
            break
        pagina += 1
    comprobar(vistos == folios, f"la lista, de la más antigua: {len(vistos)} de {len(folios)}")
    html = afuera.pagina(f"/consultas/{slug}/propuestas/?region=01")
    esperadas = sum(1 for n in range(1, PROPUESTAS + 1) if REGIONES[n % 17] == "01")
    comprobar(len(set(re.findall(r'id="aporte-(\S+)"', html))) == esperadas, "las de una región")
    mapa = afuera.pagina(f"/consultas/{slug}/propuestas/mapa/")
    enlaces = re.findall(r'href="([^"]*region=[^"]*)"[^>]*>', mapa)
    comprobar(len(enlaces) >= 16, f"el mapa enlaza {len(enlaces)} regiones")
    planilla = afuera.pagina(f"/consultas/{slug}/propuestas/propuestas.csv")
    comprobar(len([li for li in planilla.splitlines() if li]) == PROPUESTAS + 1, "filas del CSV")
    apoyadas = [a for a in lista if a["apoyos"]]
    comprobar(len(apoyadas) == 12, f"{len(apoyadas)} con apoyo")


def publicar_borradores(slug: str, secretaria: Programa, personas: list[Programa]) -> None:
    """All three at the desk: a file of a word processor; one of Markdown, badly cut, whose splits are
    corrected there; and a pasted text. The first is quoted before the others come."""
    consulta = f"Consulta {slug.rpartition('-')[2].upper()}"
    uno = Mesa(secretaria, consulta, "Uno")
    uno.subir("uno.docx", en_docx(V1))
    comprobar(len(uno.filas()) == len(V1), f"la mesa separa la versión 1 en {len(uno.filas())}")
    uno.publicar()
    fragmentos = fragmentos_de(slug, 1)
    comprobar(
        [f["orden"] for f in fragmentos] == list(range(1, len(V1) + 1)), f"v1: {len(fragmentos)}"
    )
    for orden, cita in CITAS.items():
        personas[orden % 3].api("POST", "aportes/", {
            "tipo": "observacion", "fragmento": fragmentos[orden - 1]["id"], "cita": cita,
            "texto": f"Sobre «{cita}».", "clave": str(uuid4())})  # fmt: skip
    dos = Mesa(secretaria, consulta, "Dos")
    dos.subir("dos.md", "\n\n".join(MAL_CORTADA).encode())
    dos.dividir("Las actas se publicarán", antes_de="También se publicarán")
    dos.unir("Habrá un registro único")
    comprobar(len(dos.filas()) == len(V2), f"la mesa separa la versión 2 en {len(dos.filas())}")
    print(f"  dudosas: {dos.confirmar_dudosas()}")
    print(f"  {dos.publicar()[-400:]}")
    tres = Mesa(secretaria, consulta, "Tres")
    tres.pegar("\n\n".join(V3))
    print(f"  dudosas: {tres.confirmar_dudosas()}")
    tres.publicar()
    comparar(slug)
    seguir_citas(slug, secretaria)


def seguir_citas(slug: str, secretaria: Programa) -> None:
    """Each quote has a place in every version, or waits in the list of orphans."""
    citas = list(Programa(BASE).todas(f"citas/?consulta={slug}"))
    for version in (2, 3):
        suyas = [c for c in citas if c["version"] == version]
        comprobar(len(suyas) == len(CITAS), f"citas en la versión {version}: {len(suyas)}")
    huerfanas = [c for c in citas if c["estado"] == "huerfana"]
    lista = secretaria.pagina("/admin/participacion/citas/")
    for cita in huerfanas:
        comprobar(cita["aporte"] in lista, f"la cita huérfana de {cita['aporte']} en su lista")
    perdidas = [c for c in citas if c["version"] > 1 and c["fragmento"] is None]
    comprobar(len(perdidas) == len(huerfanas), f"sin lugar y fuera de la lista: {perdidas}")
    print(f"  citas: {len(citas)}, huérfanas: {len(huerfanas)}")


def fragmentos_de(slug: str, n: int) -> list[dict[str, Any]]:
    hechos = Programa(BASE).todas(f"fragmentos/?consulta={slug}&version={n}")
    return sorted(hechos, key=lambda f: int(f["orden"]))


def comparar(slug: str) -> None:
    afuera = Programa(BASE)
    for de, a in ((1, 2), (2, 3), (1, 3)):
        api = afuera.api("GET", f"consultas/{slug}/borrador/comparar/?de={de}&a={a}")
        html = afuera.pagina(f"/consultas/{slug}/borrador/comparar/?de={de}&a={a}")
        dichos = {t: int(n) for t, n in re.findall(r'comparar__cuenta--(\w+)"><b>(\d+)</b>', html)}
        comprobar(
            dichos == {t: n for t, n in api["resumen"].items() if n},
            f"{de}→{a}: {dichos} {api['resumen']}",
        )
        print(f"  {de} → {a}: {dichos}")
        if a - de == 1:
            lectura = afuera.pagina(f"/consultas/{slug}/borrador/v{a}/")
            frase = re.search(rf"Desde la versión {de}: ([^.]+)\.", lectura)
            suma = sum(int(n) for n in re.findall(r"\d+", frase[1] if frase else ""))
            cambios = sum(n for t, n in dichos.items() if t != "igual")
            comprobar(
                suma == cambios, f"el borrador dice «{frase and frase[1]}» y comparar {dichos}"
            )
    uno = afuera.api("GET", f"consultas/{slug}/borrador/comparar/?de=1&a=2")["resumen"]
    comprobar(uno.get("divide") == 1 and uno.get("une") == 1, f"una división y una unión: {uno}")
    comprobar(uno.get("nuevo") == 1 and uno.get("mueve", 0) >= 1, f"uno nuevo, uno movido: {uno}")
    lectura = afuera.pagina(f"/consultas/{slug}/borrador/v1/")
    comprobar("a) agua potable" in re.sub(r"<[^>]+>", "", lectura), "las letras de una lista")


def conversar(slug: str, personas: list[Programa], cuantos: int, minutos: float) -> None:
    """A thread about the draft: roots and replies, many at once, until it has `cuantos` besides its first.
    After `minutos` no more is sent, and what was accepted until then is counted."""
    fragmento = fragmentos_de(slug, 3)[4]["id"]
    folios = [
        a["folio"] for a in personas[0].todas(f"aportes/?consulta={slug}&fragmento={fragmento}")
    ]
    if not folios:
        datos = {"tipo": "observacion", "fragmento": fragmento, "texto": "Aquí se conversa."}
        folios = [personas[0].api("POST", "aportes/", datos | {"clave": str(uuid4())})["folio"]]
    habia = len(folios)
    empezo = time.monotonic()

    def enviar(n: int) -> None:
        if time.monotonic() - empezo > 60 * minutos:
            return
        quien = personas[n % len(personas)]
        if n % 4 == 0:
            datos = {"tipo": "observacion", "fragmento": fragmento}
        else:
            datos = {"tipo": "replica", "padre": folios[(n * 7919) % len(folios)]}
        hecho = quien.api(
            "POST", "aportes/", datos | {"texto": f"Comentario {n}.", "clave": str(uuid4())}
        )
        folios.append(hecho["folio"])
        if len(folios) % 1000 == 0:
            ritmo = (len(folios) - habia) / (time.monotonic() - empezo)
            print(f"  van {len(folios)}: {ritmo:.0f} por segundo", flush=True)

    with ThreadPoolExecutor(4) as hilos:
        for hecho in [hilos.submit(enviar, n) for n in range(habia, cuantos + 1)]:
            try:
                hecho.result()
            except Exception as e:
                comprobar(False, f"un comentario: {e}")
    enviados = len(folios) - habia
    ritmo = enviados / (time.monotonic() - empezo)
    print(f"  {enviados} comentarios: {ritmo:.0f} por segundo", flush=True)
    comprobar(len(set(folios)) == len(folios), "un folio por comentario")
    comprobar(
        len(folios) == cuantos + 1 or time.monotonic() - empezo > 60 * minutos,
        f"se aceptaron {len(folios) - 1} de {cuantos}",
    )
    contar_hilo(slug, fragmento, len(folios))


def contar_hilo(slug: str, fragmento: int, cuantos: int) -> None:
    afuera = Programa(BASE)
    lista = list(afuera.todas(f"aportes/?consulta={slug}&fragmento={fragmento}"))
    comprobar(len(lista) == cuantos, f"la API lista {len(lista)} de {cuantos} del párrafo")
    print(f"  la API lista {len(lista)}", flush=True)
    raices = [a for a in lista if not a["padre"]]
    html = afuera.pagina(f"/consultas/{slug}/borrador/v3/")
    comprobar(f"{cuantos} comentarios" in html.replace(".", ""), "la cuenta junto al párrafo")
    for orden in ("recientes", "antiguos", "apoyados", "sin_respuesta"):
        vistos: list[str] = []
        pagina = 1
        while pagina <= len(raices) // 20 + 2:
            html = afuera.pagina(f"/consultas/{slug}/borrador/v3/5/?orden={orden}&pagina={pagina}")
            vistos += re.findall(
                r'<li[^>]*class="hilo__raiz[^>]*>|id="aporte-([A-Z0-9]+-\d+)"', html
            )
            if f"pagina={pagina + 1}" not in html:
                break
            pagina += 1
        propias = {a["folio"] for a in raices}
        en_orden = [f for f in vistos if f in propias]
        comprobar(
            len(en_orden) == len(set(en_orden)) == len(raices),
            f"{orden}: {len(en_orden)} raíces, {len(set(en_orden))} distintas, de {len(raices)}",
        )
        print(f"  {orden}: {len(en_orden)} raíces en {pagina} páginas", flush=True)
    ultimo = max(a["folio"] for a in lista)
    html = afuera.pagina(f"/aportes/{ultimo}/")
    comprobar(f'id="aporte-{ultimo}"' in html, f"página del comentario {ultimo}")
    for folio in (lista[0]["folio"], lista[len(lista) // 2]["folio"], ultimo):
        html = afuera.pagina(f"/consultas/{slug}/borrador/v3/5/?ver={folio}")
        comprobar(f'id="aporte-{folio}"' in html, f"enlace a {folio} en su hilo")


def main() -> int:
    global BASE
    partes = argparse.ArgumentParser(description=__doc__)
    partes.add_argument("base")
    partes.add_argument("--comentarios", type=int, default=3_000)
    partes.add_argument("--seguir", default="", help="la consulta (slug) cuyo hilo se completa")
    partes.add_argument("--minutos", type=float, default=120, help="que se envían comentarios")
    opciones = partes.parse_args()
    BASE = opciones.base.rstrip("/")
    personas = [Programa(BASE, f"{p}@demo.example") for p in PERSONAS]
    secretaria = Programa(BASE, "secretaria@demo.example")
    marca, borrador = uuid4().hex[:4].upper(), opciones.seguir
    pasos: list[tuple[str, Callable[[], None]]] = []
    if not borrador:
        propuestas = convocar(f"R{marca}", "recepcion")
        borrador = convocar(f"B{marca}", "consulta_borrador")
        pasos += [
            ("81 propuestas", lambda: proponer(propuestas, personas)),
            ("tres versiones", lambda: publicar_borradores(borrador, secretaria, personas)),
        ]
    pasos += [
        (
            "una conversación",
            lambda: conversar(borrador, personas, opciones.comentarios, opciones.minutos),
        ),
        (
            "el libro y la cadena",
            lambda: print(comando("comprobar_libro"), comando("verificar_cadena")),
        ),
    ]
    for nombre, paso in pasos:
        print(nombre, flush=True)
        try:
            paso()
        except RuntimeError as e:
            comprobar(False, str(e))
    print(f"{len(fallas)} fallas" if fallas else "Todo cuadra.")
    return 1 if fallas else 0


BASE = ""

if __name__ == "__main__":
    sys.exit(main())
