"""Closing: refused while anything is missing, then done, with the balance the program counted."""

from tests.carga.ensayo.cuenta import sumar
from tests.carga.ensayo.oficina import ADMIN, Oficina
from tests.carga.pagina import Persona
from tests.carga.programa import comprobar


def no_se_cierra(o: Oficina, porque: str) -> None:
    """By page there is no button and a reason, by API a 409 that says the same."""
    secretaria = o.elenco.secretaria
    pagina = secretaria.visitar(f"{ADMIN}/consultas/{o.id}/cerrar/")
    comprobar("Todavía no se puede cerrar" in pagina.texto, "la página deja cerrar")
    comprobar(porque in pagina.texto, f"la página no dice «{porque}»: {pagina.dicho}")
    estado, cuerpo = secretaria.pedir(
        "POST", f"/api/v2/consultas/{o.slug}/cerrar/", {"palabras": ""}
    )
    comprobar(estado == 409 and porque in str(cuerpo), f"la API dejó cerrar: {estado} {cuerpo}")


def cerrar(o: Oficina, *, pagina: bool) -> None:
    """Close it, read its page and its API, expect one notice for each who took part."""
    secretaria, palabras = o.elenco.secretaria, "Gracias a quienes participaron."
    if pagina:
        vista = secretaria.visitar(f"{ADMIN}/consultas/{o.id}/cerrar/")
        previa = vista.enviar("palabras", {"palabras": palabras}, "Ver cómo")
        comprobar(
            "Así se leerá" in previa.texto and palabras in previa.texto, "la previa del cierre"
        )
        hecha = previa.enviar("palabras", {}, "Cerrar como respondida")
        comprobar(hecha.ruta.endswith("/cierre/"), f"no cerró: {hecha.ruta} {hecha.dicho}")
    else:
        secretaria.api("POST", f"consultas/{o.slug}/cerrar/", {"palabras": palabras})
    cuento = sumar(o.cuenta.de(o.slug))
    comprobar(cuento["pendientes"] == 0, f"INV-01: cerró con {cuento['pendientes']} pendientes")
    lector = Persona(o.elenco.base)
    cierre = lector.api("GET", f"consultas/{o.slug}/cierre/")
    dice = {s: cierre["balance"][s] for s in cuento}
    comprobar(dice == cuento, f"el balance del cierre dice {dice}, cuento {cuento}")
    comprobar(not cierre["diferencias"], f"diferencias: {cierre['diferencias']}")
    leida = lector.visitar(f"/consultas/{o.slug}/cierre/")
    for suma in ("recibidos", "respondidos", "retirados", "removidos"):
        comprobar(f"{cuento[suma]}" in leida.texto, f"el cierre no dice {cuento[suma]} {suma}")
    for correo in {f.correo for f in o.cuenta.de(o.slug)} - {""}:
        if (
            correo in o.elenco.personas
        ):  # until they say otherwise, such news come in a digest a day
            o.cuenta.en_sitio.append((correo, f"«{o.titulo}» se cerró"))
        else:
            o.cuenta.correo(correo, f"Se respondieron todos los aportes: {o.titulo}")
