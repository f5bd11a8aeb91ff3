"""Plan 5 and the other real plans: sourced figures only, gaps and contradictions included."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from comun.fechas import comienzo_del_dia, ventana_del_mes
from comun.regiones import Region
from consulta.procesos.enums import Regimen
from consulta.procesos.models import Etapa, Proceso
from consulta.seguimiento.models import Compromiso, Plan
from cuentas.models import Institucion
from portal.demo.lectura import Nodo, leer

SIN_DATO = "sin dato en la fuente"
QUINTO = 5


def cargar() -> Plan:
    """Plans 1 to 6 as rows; plan 5 with its process, stages and commitments. Returns plan 5."""
    datos = leer("plan5")
    proceso = _proceso(datos)
    planes = {p["n"]: _plan(p, datos, proceso) for p in datos["planes"]}
    instituciones = {}
    for institucion in datos["instituciones"]:
        fila, _ = Institucion.objects.get_or_create(
            nombre=institucion["nombre"], defaults=institucion
        )
        instituciones[fila.nombre] = fila
    for c in datos["compromisos"]:
        Compromiso.objects.create(
            plan=planes[QUINTO],
            numero=c["n"],
            titulo=c["titulo"],
            institucion=instituciones[c["institucion"]],
            area=c["area"],
            valores=c["valores"],
            origen=c["origen"],
            avance=Decimal(c["avance"]),
            semaforo=c["semaforo"],
            nota=c["nota"],
        )
    return planes[QUINTO]


def _proceso(datos: Nodo) -> Proceso:
    proceso = Proceso.objects.create(regimen=Regimen.HISTORICO, **datos["proceso"])
    for orden, etapa in enumerate(datos["etapas"], start=1):
        prevista_inicio, prevista_fin = _ventana(etapa["previsto"])
        inicio, fin = _ventana(etapa["real"])
        Etapa.objects.create(
            proceso=proceso,
            orden=orden,
            tipo=etapa["tipo"],
            titulo=etapa["titulo"],
            descripcion=etapa["descripcion"],
            prevista_inicio=prevista_inicio,
            prevista_fin=prevista_fin,
            inicio=inicio,
            fin=fin,
            cifras=_cifras(etapa, datos),
        )
    return proceso


def _plan(p: Nodo, datos: Nodo, proceso: Proceso) -> Plan:
    es_quinto = p["n"] == QUINTO
    return Plan.objects.create(
        numero=p["n"],
        titulo=f"Plan de acción {p['n']} ({p['desde']}–{p['hasta']})",
        proceso=proceso if es_quinto else None,
        desde=p["desde"],
        hasta=p["hasta"],
        resumen=_resumen(p),
        cifras={"compromisos": p["compromisos"], **p["cifras"]}
        | (_cifras_del_quinto(datos) if es_quinto else {}),
    )


def _resumen(p: Nodo) -> str:
    if p["n"] == QUINTO:
        return (
            "Diez compromisos. Su avance es el que informaron las instituciones en la "
            "autoevaluación de junio de 2023; el promedio es 83,694 % y la fuente lo publica "
            "como 84 %."
        )
    return (
        f"{p['compromisos']} compromisos, entre {p['desde']} y {p['hasta']}. Aquí solo se conoce "
        "su número y su periodo."
    )


def _cifras_del_quinto(datos: Nodo) -> dict[str, Any]:
    comprobadas = datos["comprobaciones"]
    return {
        "avance_promedio_(%)": float(comprobadas["promedio"]),
        "avance_promedio_publicado_(%)": comprobadas["promedio_publicado"],
        "semáforos": {c: comprobadas[c] for c in ("verde", "amarillo", "rojo")},
        "avance_promedio_por_área_(%)": {
            "Gobierno Abierto": float(comprobadas["promedio_GA"]),
            "Justicia Abierta": float(comprobadas["promedio_JA"]),
            "Parlamento Abierto": float(comprobadas["promedio_PA"]),
        },
        "avance_promedio_por_origen_(%)": {
            "Público": float(comprobadas["promedio_publico"]),
            "Sociedad civil": float(comprobadas["promedio_sociedad_civil"]),
        },
        "sesiones_del_foro": comprobadas["sesiones"],
        "sesiones_por_año": datos["sesiones_del_foro"],
        "rondas_de_monitoreo": datos["rondas_de_monitoreo"],
    }


def _cifras(etapa: Nodo, datos: Nodo) -> dict[str, Any]:
    """The stage's figures, one line each, in the order they are read; the source's note last."""
    cifras = dict(etapa["cifras"])
    nota = cifras.pop("nota", "")
    detalle = DETALLES.get(etapa["tipo"])
    if detalle is not None:
        cifras |= detalle(datos)
    return cifras | ({"nota": nota} if nota else {})


def _jornadas(datos: Nodo) -> dict[str, str]:
    return {
        f"jornada {n}": f"{_dia(j['fecha'])}, {j['titulo']}"
        + ("" if j["abierta"] else f" (cerrada, {j['publico']})")
        for n, j in enumerate(datos["jornadas"], start=1)
    }


def _mesas(datos: Nodo) -> dict[str, str]:
    return {
        f"mesa {m['n']}, {m['tipo']}": f"{m['asistencias']} asistencias, {_dia(m['fecha'])}, "
        + (", ".join(str(Region(r).label) for r in m["regiones"]) or "todas las regiones")
        for m in datos["mesas_de_priorizacion"]
    }


def _mesas_tecnicas(datos: Nodo) -> dict[str, str]:
    return {
        f"mesa del compromiso {m['compromiso']}": (
            f"{_dia(m['fecha']) or 'fecha ' + SIN_DATO}, {m['institucion']}, "
            f"origen {m['origen'] or SIN_DATO}"
        )
        for m in datos["mesas_tecnicas"]
    }


DETALLES: dict[str, Callable[[Nodo], dict[str, str]]] = {
    "sensibilizacion": _jornadas,
    "priorizacion": _mesas,
    "mesa_tecnica": _mesas_tecnicas,
}
"""Stages whose figures come from a table of the source."""


def _dia(dia: date | None) -> str:
    return f"{dia:%d-%m-%Y}" if dia else ""


def _ventana(tramo: Nodo | None) -> tuple[Any, Any]:
    """`[inicio, fin)` of «from … to …» (both days included) or of a whole month; nulls stay null."""
    if tramo is None:
        return None, None
    if "mes" in tramo:
        anio, mes = str(tramo["mes"]).split("-")
        ventana = ventana_del_mes(int(anio), int(mes))
        return ventana.inicio, ventana.fin
    return comienzo_del_dia(tramo["desde"]), comienzo_del_dia(tramo["hasta"] + timedelta(days=1))
