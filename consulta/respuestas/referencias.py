"""Where a row landed, as people write it («2.14», «7.3») and as it is kept (ids)."""

from typing import Any

from consulta.procesos.models import Consulta, Fragmento
from consulta.respuestas.flows.lineas import COMPROMISO, EVENTO, FRAGMENTO, numero
from consulta.respuestas.lugares import Referencias, lugar_de_compromiso, lugar_de_fragmento
from consulta.seguimiento.models import Compromiso


def con_referencias(
    consulta: Consulta, partes: dict[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Typed fields with each `referencia` as the id of its place; the second holds, by key, what names
    no place. A constant number of queries."""
    pedidas = {
        (str(p.get("destino") or ""), str(p.get("referencia") or "").strip())
        for p in partes.values()
        if p.get("destino") in (FRAGMENTO, COMPROMISO, EVENTO) and p.get("referencia")
    }
    referencias = Referencias(consulta, pedidas)
    faltan, leidas = {}, {}
    for clave, parte in partes.items():
        datos = {c: v for c, v in parte.items() if c != "referencia"}
        tipo, escrita = str(parte.get("destino") or ""), str(parte.get("referencia") or "").strip()
        if tipo in (FRAGMENTO, COMPROMISO, EVENTO) and escrita:
            pk = referencias.id_de(tipo, escrita)
            if pk is None:
                faltan[clave] = escrita
            datos[tipo] = str(pk or "")
        leidas[clave] = datos
    return leidas, faltan


def a_referencias(consulta_id: int, filas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kept fields of rows of a consultation as the form shows them: ids as references. Two queries at
    most."""
    fragmentos = Fragmento.objects.select_related("version__consulta").in_bulk(
        [pk for f in filas if (pk := numero(f.get(FRAGMENTO)))]
    )
    compromisos = Compromiso.objects.select_related("plan").in_bulk(
        [pk for f in filas if (pk := numero(f.get(COMPROMISO)))]
    )
    salen = []
    for fila in filas:
        referencia = ""
        tipo = fila.get("destino")
        if tipo == FRAGMENTO and (hallado := fragmentos.get(numero(fila.get(FRAGMENTO)) or 0)):
            referencia = lugar_de_fragmento(hallado, consulta_id).referencia
        elif tipo == COMPROMISO and (c := compromisos.get(numero(fila.get(COMPROMISO)) or 0)):
            referencia = lugar_de_compromiso(c).referencia
        elif tipo == EVENTO:
            referencia = str(fila.get(EVENTO) or "")
        salen.append({**fila, "referencia": referencia})
    return salen
