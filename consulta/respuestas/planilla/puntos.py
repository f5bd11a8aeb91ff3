"""The rows of a divided contribution: one for each point, and all of them stand or fall together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.enums import EstadoDeFila
from consulta.respuestas.planilla.columnas import leer_sello
from consulta.respuestas.planilla.juicio import Juicio
from consulta.respuestas.planilla.leer import FilaLeida


def en_piezas(leidas: Iterable[FilaLeida], cuantas: int) -> Iterator[list[FilaLeida]]:
    """The rows of a file in pieces of about `cuantas`, those of a divided contribution in one piece
    however they were sorted: they wait for the end of the file, so they are all in memory."""
    de_puntos: dict[int, list[FilaLeida]] = defaultdict(list)
    pieza: list[FilaLeida] = []
    for leida in leidas:
        sello = leer_sello(leida.celdas.get("sello", ""))
        if sello is not None and sello.punto:
            de_puntos[sello.aporte].append(leida)
            continue
        pieza.append(leida)
        if len(pieza) >= cuantas:
            yield pieza
            pieza = []
    for juntas in de_puntos.values():
        pieza += juntas
        if len(pieza) >= cuantas:
            yield pieza
            pieza = []
    if pieza:
        yield pieza


def por_aporte(juicios: Iterable[Juicio]) -> list[list[Juicio]]:
    """Those of rows about points, by contribution."""
    grupos: dict[int, list[Juicio]] = defaultdict(list)
    for juicio in juicios:
        if juicio.aporte is not None and juicio.sello is not None and juicio.sello.punto:
            grupos[juicio.aporte.pk].append(juicio)
    return list(grupos.values())


def nombrar_puntos(juicios: Iterable[Juicio], puntos: Mapping[int, list[Punto]]) -> None:
    """Which point each row is about: the signed one, and the number a person reads beside it."""
    for grupo in por_aporte(juicios):
        suyos = {p.pk: p for p in puntos.get(grupo[0].aporte.pk if grupo[0].aporte else 0, [])}
        for juicio in grupo:
            juicio.punto = suyos.get(juicio.sello.punto) if juicio.sello else None
            dicho = juicio.leida.celdas.get("punto", "")
            if juicio.en_pie and juicio.punto and dicho and dicho != str(juicio.punto.n):
                juicio.rechazar(
                    "punto",
                    _("Esta fila es del punto %(n)s: no cambie las columnas grises.")
                    % {"n": juicio.punto.n},
                )


def una_razon(grupo: list[Juicio]) -> None:
    """A contribution has one reason: written in one row, it holds for the others; two are told."""
    con_razon = [j for j in grupo if j.datos.get("razon")]
    for juicio in grupo:
        if not juicio.en_pie or not con_razon:
            continue
        primera = con_razon[0]
        if not juicio.datos.get("razon"):
            juicio.datos["razon"] = primera.datos["razon"]
        elif juicio.datos["razon"] != primera.datos["razon"]:
            juicio.rechazar(
                "razon",
                _(
                    "Los puntos de un aporte llevan una sola razón, la de la fila %(n)s. Lo propio de "
                    "este punto va en su línea."
                )
                % {"n": primera.leida.n},
            )


def juntar(grupo: list[Juicio], puntos: list[Punto]) -> None:
    """All the points are said, and every row of them can be taken; else none is."""
    if all(j.estado == EstadoDeFila.VACIA for j in grupo):
        return
    for juicio in grupo:
        if juicio.estado == EstadoDeFila.VACIA:
            juicio.rechazar(
                "resultado",
                _("Falta responder este punto: los de un aporte se responden todos."),
            )
    presentes = {j.punto.pk for j in grupo if j.punto}
    faltan = [str(p.n) for p in puntos if p.pk not in presentes]
    malo = next((j for j in grupo if not j.en_pie), None)
    for juicio in grupo:
        if not juicio.en_pie:
            continue
        if faltan:
            juicio.rechazar(
                "folio",
                _("Faltan filas de este aporte: las de los puntos %(p)s. Exporte otra vez.")
                % {"p": ", ".join(faltan)},
            )
        elif malo is not None:
            juicio.rechazar(
                "folio",
                _("La fila %(n)s, de otro punto de este aporte, necesita atención.")
                % {"n": malo.leida.n},
            )


def datos_por_aporte(juicios: Iterable[Juicio]) -> dict[int, dict[str, Any]]:
    """The fields of a draft for each contribution; those of points inside them."""
    hechos: dict[int, dict[str, Any]] = {}
    for juicio in juicios:
        aporte: Aporte | None = juicio.aporte
        if aporte is None:
            continue
        if juicio.punto is None:
            hechos[aporte.pk] = juicio.datos
            continue
        suyo = hechos.setdefault(aporte.pk, {"linea": juicio.linea_del_todo, "puntos": {}})
        suyo["puntos"][str(juicio.punto.pk)] = {
            campo: valor for campo, valor in juicio.datos.items() if campo != "razon"
        }
    return hechos
