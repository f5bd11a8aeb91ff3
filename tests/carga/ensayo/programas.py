"""The same desk by API: answering, drafts, batches, branches, as an official's program does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.carga.ensayo.oficina import Dicho, Oficina
from tests.carga.pagina import Persona
from tests.carga.programa import comprobar


def destino(o: Oficina, resultado: str, dicho: Dicho) -> dict[str, Any]:
    if resultado in ("incorporada", "parcial"):
        return {"compromiso": o.compromiso["id"]}
    return {"porque_nada": dicho.porque}


def _lineas(o: Oficina, dicho: Dicho) -> list[dict[str, Any]]:
    return [
        {
            "aporte": f,
            "resultado": r,
            "destino": destino(o, r, dicho),
            "linea": dicho.lineas.get(f, ""),
        }
        for f in dicho.folios
        for r in [dicho.resultados.get(f, dicho.resultado)]
    ]


def responder(o: Oficina, quien: Persona, dicho: Dicho, **mas: Any) -> dict[str, Any]:
    """One request for all of `dicho`: published, or sealed where approvals are asked for."""
    hecho = quien.api(
        "POST", "respuestas/", {"razon": dicho.razon, "coberturas": _lineas(o, dicho)} | mas
    )
    if hecho["publicada_en"]:
        o.publicado(dicho, quien)
    else:
        o.sellado.append((dicho, o.casa(quien)["nombre"]))
    return dict(hecho)


def corregir(
    o: Oficina, quien: Persona, dicho: Dicho, motivo: str, *, redaccion: bool = False
) -> None:
    """The next version of the answer each has."""
    for folio in dicho.folios:
        antes = quien.api("GET", f"aportes/{folio}/")["respuesta"]
        suyo = Dicho([folio], dicho.resultado, dicho.lineas, dicho.resultados, dicho.razon,
                     o.cuenta.filas[folio].respuesta, dicho.asunto)  # fmt: skip
        responder(
            o, quien, suyo, respuesta=_id(antes), motivo_cambio=motivo, solo_redaccion=redaccion
        )


def _id(respuesta: dict[str, Any]) -> int:
    return int(respuesta.get("respuesta") or respuesta.get("id") or 0)


def borrador(
    o: Oficina,
    quien: Persona,
    dicho: Dicho,
    lote: int | None = None,
    rama: dict[str, Any] | None = None,
) -> int:
    """A draft of one response for many, or for a branch; its id."""
    cuerpo: dict[str, Any] = {
        "razon": dicho.razon, "lote": lote,
        "comunes": {"resultado": dicho.resultado, "destino": destino(o, dicho.resultado, dicho)},
    }  # fmt: skip
    filas = [
        {"aporte": f} | ({"linea": dicho.lineas[f]} if f in dicho.lineas else {})
        for f in dicho.folios
    ]
    hecho = quien.api(
        "POST",
        "respuestas/borradores/",
        cuerpo | {"filas": filas} | ({"rama": rama} if rama else {}),
    )
    comprobar(
        {f["aporte"] for f in hecho["filas"]} == set(dicho.folios),
        f"el borrador reunió {len(hecho['filas'])} de {len(dicho.folios)}: {hecho['fuera'][:3]}",
    )
    comprobar(not hecho["reparos"], f"reparos: {hecho['reparos'][:3]}")
    return int(hecho["id"])


def publicar_borrador(o: Oficina, quien: Persona, pk: int, dicho: Dicho) -> None:
    hecho = quien.api("POST", f"respuestas/borradores/{pk}/publicar/")
    if hecho["publicada_en"]:
        o.publicado(dicho, quien)
    else:
        o.sellado.append((dicho, o.casa(quien)["nombre"]))


def lote(o: Oficina, quien: Persona, nombre: str, dichos: Sequence[Dicho]) -> int:
    """A batch of drafts, not sealed yet; its number."""
    numero = int(
        quien.api("POST", "respuestas/lotes/", {"nombre": nombre, "consulta": o.slug})["id"]
    )
    for dicho in dichos:
        borrador(o, quien, dicho, lote=numero)
    return numero


def programar(quien: Persona, numero: int, cuando: datetime) -> None:
    """Seal a batch and give it its hour."""
    hecho = quien.api("POST", f"respuestas/lotes/{numero}/sellar/")
    comprobar(not hecho["detenidos"], f"detenidos: {hecho['detenidos'][:3]}")
    quien.api("POST", f"respuestas/lotes/{numero}/programar/", {"publicar_en": cuando.isoformat()})
