"""The members of the forum: approve together, one by one, with a dissent, ask for changes, stand aside."""

from datetime import date

from tests.carga.ensayo.oficina import ADMIN, Oficina
from tests.carga.pagina import Pagina, Persona
from tests.carga.programa import comprobar


def sentar(o: Oficina, correo: str, sector: str) -> Persona:
    """One more member, named by the secretariat; a session of theirs."""
    cuerpo = {
        "correo": correo,
        "organizacion": o.compromiso["institucion"]["id"],
        "sector": sector,
        "nombre": "Integrante de ensayo",
        "desde": f"{date.today()}",
    }
    o.elenco.secretaria.api("POST", "foro/mandatos/", cuerpo)
    return Persona(o.elenco.base, correo)


def pendientes(o: Oficina, quien: Persona) -> dict[int, dict[str, object]]:
    """What waits for them, by id, with the folios each answers."""
    return {
        v["id"]: v
        | {
            "folios": [
                c["aporte"]
                for c in quien.api("GET", f"conformidades/pendientes/{v['id']}/")["coberturas"]
            ]
        }
        for v in list(quien.todas(f"conformidades/pendientes/?consulta={o.slug}"))
    }


def sellada_de(o: Oficina, quien: Persona, folio: str) -> int:
    """The sealed answer to a contribution, as their desk shows it."""
    for pk, v in pendientes(o, quien).items():
        if folio in v["folios"]:  # type: ignore[operator]
            return pk
    raise RuntimeError(f"la mesa no muestra la respuesta a {folio}")


def decidir(quien: Persona, pk: int, sentido: str, nota: str = "") -> Pagina:
    """By the page of one."""
    pagina = quien.visitar(f"/conformidades/{pk}/")
    return pagina.enviar("sentido", {"sentido": sentido, "nota": nota}, "Registrar")


def aprobar_en_paginas(o: Oficina, quien: Persona) -> int:
    """Everything that waits, read together and approved; how many."""
    hechas = 0
    while True:
        mesa = quien.visitar(f"/conformidades/?consulta={o.slug}")
        if not mesa.sopa.select('input[name="v"]'):
            return hechas
        todas = [str(c["value"]) for c in mesa.sopa.select('input[name="v"]')]
        juntas = mesa.enviar("v", {"v": todas}, "Leer juntas")
        comprobar(len(juntas.sopa.select("section.junta")) == len(todas), "las que se leen juntas")
        despues = juntas.enviar("leida", {}, "Dar conformidad")
        comprobar(despues.estado == 200, f"aprobar juntas: {despues.estado} {despues.dicho}")
        hechas += len(todas)


def aprobar_por_api(o: Oficina, quien: Persona, menos: frozenset[int] = frozenset()) -> list[int]:
    """Everything that waits but `menos`, fifty at a time; those that were published by it."""
    publicadas: list[int] = []
    todas = [
        v
        for v in quien.todas(f"conformidades/pendientes/?consulta={o.slug}")
        if v["id"] not in menos
    ]
    for i in range(0, len(todas), 50):
        leidas = [{"id": v["id"], "sha256": v["sha256"]} for v in todas[i : i + 50]]
        hecho = quien.api("POST", "conformidades/decidir/", {"respuestas": leidas})
        comprobar(not hecho["rechazadas"], f"rechazadas: {hecho['rechazadas'][:3]}")
        publicadas += hecho["publicadas"]
    return publicadas


def retomar(o: Oficina, quien: Persona, pk: int) -> None:
    """What came back with changes asked becomes a draft again."""
    pagina = quien.visitar(f"{ADMIN}/selladas/{pk}/")
    hecha = pagina.enviar("Retomar", {}, "Retomar")
    comprobar("/selladas/" not in hecha.ruta, f"no se retomó: {hecha.dicho}")
