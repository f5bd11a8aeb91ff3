"""Handing over: a rule, many at once with its undoing, and referring to another institution."""

from tests.carga.ensayo.oficina import ADMIN, Oficina
from tests.carga.pagina import Pagina
from tests.carga.programa import comprobar


def repartir(o: Oficina) -> None:
    """A rule gives one theme to one institution; the other takes the rest, gives it back, takes it again."""
    secretaria, datos = o.elenco.secretaria, o.elenco.datos
    nueva = secretaria.visitar(f"{ADMIN}/reglas/consulta/{o.id}/nueva/")
    tema = next(
        op
        for op in nueva.sopa.select('select[name="tema"] option')
        if op.get_text() == o.cuenta.temas["ambiente"]
    )
    hecha = nueva.enviar(
        "palabras",
        {
            "tema": str(tema["value"]),
            "tipo": "propuesta",
            "institucion": str(o.agua["id"]),
            "activa": "on",
        },
        "Guardar",
    )
    comprobar("/nueva/" not in hecha.ruta, f"la regla no se guardó: {hecha.dicho}")
    secretaria.visitar(f"{ADMIN}/reglas/?consulta={o.id}").enviar(
        "Aplicar ahora", {}, "Aplicar ahora"
    )
    de_agua = [f.folio for f in o.cuenta.de(o.slug, "pendiente") if f.tema == "ambiente"]
    comprobar(
        o.pendientes_en_cola(secretaria, f"estado=pendiente&institucion={o.agua['id']}")
        == len(de_agua),
        "la regla",
    )
    o.asignada(de_agua, o.agua)

    libres = [f.folio for f in o.cuenta.de(o.slug, "pendiente") if not f.institucion]
    filtro = "estado=pendiente&a_cargo=sin_asignar"
    cola = asignar_todo(o, filtro)
    comprobar(f"{len(libres)} aportes asignados" in cola.dicho, f"asignar en bloque: {cola.dicho}")
    comprobar(o.pendientes_en_cola(datos, filtro) == 0, "quedaron sin asignar")
    datos.visitar(cola.enlace("Deshacer")).enviar("Deshacer", {}, "Deshacer")
    comprobar(o.pendientes_en_cola(datos, filtro) == len(libres), "no se deshizo")
    hecho = datos.api(
        "POST",
        "cola/asignar/",
        {"filtro": f"consulta={o.slug}&{filtro}", "institucion": o.datos["id"]},
    )
    comprobar(
        hecho["asignados"] == len(libres),
        f"por la API: {hecho}",
    )
    o.asignada(libres, o.datos)


def asignar_todo(o: Oficina, filtro: str) -> Pagina:
    """Everything of a filter, by the box that says so."""
    datos = o.elenco.datos
    cola = datos.visitar(f"{ADMIN}/aportes/?consulta={o.id}&{filtro}")
    caja = cola.sopa.select_one('input[name="filtro"][type="checkbox"]')
    paso = cola.enviar("ids", {"filtro": str(caja["value"]) if caja else ""}, "Asignar")
    return paso.enviar("confirmar", {"institucion": str(o.datos["id"])}, "Asignar")


def derivar(o: Oficina, por_pagina: list[str], por_api: list[str]) -> None:
    """From one institution to the other, with a reason; the day they are due stays."""
    datos = o.elenco.datos
    cola = datos.visitar(f"{ADMIN}/aportes/?consulta={o.id}&estado=pendiente&q={por_pagina[0]}")
    paso = cola.enviar("ids", {"ids": [str(o.pk(f)) for f in por_pagina]}, "Derivar")
    hecha = paso.enviar(
        "confirmar", {"institucion": str(o.agua["id"]), "razon": "Es de cuencas."}, "Derivar"
    )
    comprobar(f"{len(por_pagina)} aportes derivados" in hecha.dicho, f"derivar: {hecha.dicho}")
    for folio in por_api:
        datos.api(
            "POST",
            f"aportes/{folio}/derivar/",
            {"institucion": o.agua["id"], "razon": "Es de cuencas."},
        )
    o.asignada([*por_pagina, *por_api], o.agua)
