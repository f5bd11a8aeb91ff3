"""The order of a rehearsal.

    python -m tests.carga.ensayo http://localhost:8000 --comentarios 500 --minutos 8

The site must have the demo, its worker, its clock and its mails at /correo/, and this program the same
PORTAL_VAR, for the commands. It prints what does not hold; exit code 1 if anything does not.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from comun.fechas import SANTIAGO
from tests.carga.ensayo import de_comentarios, de_propuestas
from tests.carga.ensayo.cierre import cerrar, no_se_cierra
from tests.carga.ensayo.correos import Buzon, comprobar_avisos, comprobar_correos
from tests.carga.ensayo.cuenta import SUMAS, Cuenta
from tests.carga.ensayo.enlaces import recorrer
from tests.carga.ensayo.gente import Elenco
from tests.carga.ensayo.libro import comprobar_libro, comprobar_libro_del_sitio
from tests.carga.ensayo.llegada import conversar, proponer
from tests.carga.ensayo.oficina import ADMIN, RESPUESTAS, Oficina
from tests.carga.programa import comando, comprobar, convocar, fallas


def main() -> int:
    partes = argparse.ArgumentParser(description=__doc__)
    partes.add_argument("base")
    partes.add_argument("--comentarios", type=int, default=500)
    partes.add_argument("--minutos", type=float, default=8, help="que reciben las dos consultas")
    opciones = partes.parse_args()
    base, marca = opciones.base.rstrip("/"), uuid4().hex[:4].upper()
    buzon, cuenta = Buzon(base), Cuenta()
    elenco = Elenco(base, marca, buzon)
    nombrar(elenco, cuenta)
    todas = elenco.direcciones  # also of who is erased later
    antes = elenco.secretaria.api("GET", "libro/")["total"]
    fin = datetime.now(SANTIAGO) + timedelta(minutes=opciones.minutos)
    local = fin.replace(tzinfo=None)
    p = convocar(f"P{marca}", "recepcion", fin=local, conformidades=("gobierno", "sociedad_civil"))
    c = convocar(f"C{marca}", "consulta_borrador", fin=local)
    de_p, de_c = (
        Oficina(elenco, cuenta, p, f"Consulta P{marca}"),
        Oficina(elenco, cuenta, c, f"Consulta C{marca}"),
    )
    propuestas, comentarios = de_propuestas.Propuestas(de_p), de_comentarios.Comentarios(de_c)
    pasos: list[tuple[str, Callable[[], object]]] = [
        ("81 propuestas", lambda: proponer(elenco, cuenta, p)),
        (f"{opciones.comentarios} comentarios", lambda: conversar(elenco, cuenta, c, opciones.comentarios)),
        ("el libro sin ninguna respuesta", lambda: [comprobar_libro(base, cuenta, s) for s in (p, c)]),
        ("repartir las propuestas", propuestas.repartir),
        ("responder propuestas, una por una y juntas", propuestas.responder),
        ("retiros, una remoción, una persona borrada", propuestas.mientras),
        ("comentarios que se retiran y una rama", comentarios.mientras),
        ("no se cierra lo que sigue abierto", lambda: no_se_cierra(de_c, "sigue abierta")),
        ("el foro decide", propuestas.decidir),
        ("planillas y lotes de propuestas", propuestas.en_lotes),
        ("responder comentarios", comentarios.responder),
        ("planillas y lotes de comentarios", comentarios.en_lotes),
        ("el libro a medio camino", lambda: [comprobar_libro(base, cuenta, s) for s in (p, c)]),
        ("correcciones, opiniones, revisiones", comentarios.despues),
        ("no se cierra con algo pendiente", lambda: no_se_cierra(de_c, "espera")),
        ("las revisiones se resuelven", comentarios.revisar),
        ("esperar el término de la etapa", lambda: esperar(fin)),
        ("cerrar", lambda: (cerrar(de_p, pagina=True), cerrar(de_c, pagina=False))),
        ("el libro cerrado", lambda: [comprobar_libro(base, cuenta, s) for s in (p, c)]),
        ("el libro del sitio", lambda: comprobar_libro_del_sitio(base, {s: antes[s] for s in SUMAS}, cuenta)),
        ("correos", lambda: comprobar_correos(buzon, cuenta, todas, marca)),
        ("avisos en el sitio", lambda: comprobar_avisos(elenco.personas, cuenta)),
        ("enlaces", lambda: print(f"  {abrir_todo(elenco, de_p, de_c)} direcciones")),
        ("los sellos", lambda: print(comando("comprobar_libro"), comando("verificar_cadena"))),
    ]  # fmt: skip
    for nombre, paso in pasos:
        empezo = time.monotonic()
        try:
            paso()
        except Exception as error:  # whatever breaks a step, the others still tell what they find
            comprobar(False, f"{nombre}: {type(error).__name__} {error}")
        print(f"{nombre} · {time.monotonic() - empezo:.0f} s", flush=True)
    print(f"{len(fallas)} fallas" if fallas else "Todo cuadra.")
    return 1 if fallas else 0


def nombrar(elenco: Elenco, cuenta: Cuenta) -> None:
    """How the site calls what the program sends by its value."""
    opciones = elenco.secretaria.api("GET", "opciones/")
    cuenta.temas = {t["slug"]: t["nombre"] for t in opciones["temas"]}
    cuenta.regiones = {r["codigo"]: r["nombre"] for r in opciones["regiones"]}
    cuenta.autores = {a["valor"]: a["nombre"] for a in opciones["tipos_autor"]}


def esperar(fin: datetime) -> None:
    time.sleep(max((fin - datetime.now(SANTIAGO)).total_seconds() + 1, 0))


def abrir_todo(elenco: Elenco, *oficinas: Oficina) -> int:
    """Public pages as a stranger, the desk as its officials, the author's and the member's own."""
    total = 0
    for o in oficinas:
        folios = [f.folio for f in o.cuenta.de(o.slug)]
        publicas = [
            "",
            "libro/",
            "cierre/",
            "disensos/",
            "mas-discutidas/",
            "libro/aportes/",
            "aportes/",
        ]
        nadie = elenco.buzon.lector
        total += recorrer(nadie, [f"/consultas/{o.slug}/{r}" for r in publicas])
        total += recorrer(nadie, [f"/aportes/{f}/" for f in folios[::60]])
        total += recorrer(nadie, [f"/aportes/{f}/historia/" for f in folios[::90]])
        for oficial in (elenco.datos, elenco.secretaria):
            total += recorrer(oficial, [
                f"{ADMIN}/aportes/?consulta={o.id}&estado=", f"{RESPUESTAS}/lotes/",
                f"{RESPUESTAS}/planillas/", f"{RESPUESTAS}/borradores/", f"{ADMIN}/reglas/?consulta={o.id}",
            ])  # fmt: skip
    total += recorrer(elenco.personas["marcela@demo.example"], ["/mis-aportes/", "/avisos/"])
    return total + recorrer(elenco.civil, ["/conformidades/", "/conformidades/?estado=decididas"])
