"""What authors do meanwhile and afterwards: withdraw, be erased, say whether it answers, ask for a review."""

from tests.carga.ensayo.cuenta import Cuenta
from tests.carga.ensayo.gente import Elenco
from tests.carga.ensayo.oficina import Oficina
from tests.carga.programa import comprobar


def retirar(elenco: Elenco, cuenta: Cuenta, folio: str, *, pagina: bool) -> None:
    quien = elenco.personas[cuenta.filas[folio].correo]
    if pagina:
        hecha = quien.visitar(f"/aportes/{folio}/retirar/").enviar(
            "motivo", {"motivo": "Me equivoqué."}, "Retirar"
        )
        comprobar(hecha.estado < 400, f"retirar {folio}: {hecha.dicho}")
    else:
        quien.api("POST", f"aportes/{folio}/retirar/", {"motivo": "Me equivoqué."})
    cuenta.filas[folio].estado = "retirado"


def remover(elenco: Elenco, cuenta: Cuenta, folio: str) -> None:
    elenco.moderacion.api(
        "POST", f"aportes/{folio}/remover/", {"causa": "publicidad", "motivo": "Vende algo."}
    )
    cuenta.filas[folio].estado = "removido"


def borrar(elenco: Elenco, cuenta: Cuenta, correo: str) -> None:
    """The administrator erases an account by its page: what it sent stays, nobody is written to again."""
    escritos = sum(n for (para, _asunto), n in cuenta.esperados.items() if para == correo)
    elenco.buzon.esperar_todas(correo, escritos)  # what was sent before it is in its box
    admin = elenco.administracion
    lista = admin.visitar(f"/admin/users/?q={correo}")
    editar = next(e for e in lista.enlaces() if e.startswith("/admin/users/edit/"))
    pagina = admin.visitar(editar.replace("/edit/", "/delete/"))
    hecha = pagina.enviar(
        boton := "Sí, eliminar" if "Sí, eliminar" in pagina.html else "Si, eliminar", {}, boton
    )
    comprobar(
        "/delete/" not in hecha.ruta, f"no se borró {correo}: {hecha.dicho or hecha.texto[:200]}"
    )
    for fila in cuenta.filas.values():
        if fila.correo == correo:
            fila.correo = ""
    elenco.personas.pop(correo, None)


def opinar(elenco: Elenco, cuenta: Cuenta, folio: str, dice: str, *, pagina: bool) -> None:
    quien = elenco.personas[cuenta.filas[folio].correo]
    if pagina:
        rotulo = {"si": "Sí", "en_parte": "En parte", "no": "No"}[dice]
        hecha = quien.visitar(f"/aportes/{folio}/opinion/").enviar("version", {}, rotulo)
        comprobar(hecha.estado < 400, f"opinar de {folio}: {hecha.dicho}")
    else:
        n = quien.api("GET", f"aportes/{folio}/")["respuesta"]["version"]
        quien.api("POST", f"aportes/{folio}/opinion/", {"responde": dice, "version": n})
    dicha = quien.api("GET", f"aportes/{folio}/opinion/")
    comprobar(dicha["responde"] == dice, f"{folio} opinó {dicha}")


def pedir_revision(o: Oficina, folio: str, *, pagina: bool) -> None:
    fila = o.cuenta.filas[folio]
    quien = o.elenco.personas[fila.correo]
    texto = "No dice quién lo hará."
    if pagina:
        hecha = quien.visitar(f"/aportes/{folio}/revision/").enviar(
            "texto", {"texto": texto}, "Pedir la revisión"
        )
        comprobar(hecha.estado < 400, f"pedir revisión de {folio}: {hecha.dicho}")
    else:
        n = quien.api("GET", f"aportes/{folio}/")["respuesta"]["version"]
        quien.api("POST", f"aportes/{folio}/revision/", {"texto": texto, "version": n})
    fila.estado = "pendiente"
