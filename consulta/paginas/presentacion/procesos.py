"""Where a process is, what one can do now, what comes next; and what the source does not say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format, number_format

from comun.fechas import cuanto_queda, ultimo_dia
from consulta.paginas.presentacion.plazos import desfase, nota_de_etapa
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Etapa, Proceso

SIN_DATO = "Sin dato en la fuente"
POR_DEFINIR = "Por definir"
CORTA = "j b Y"
ESTADOS = {
    EstadoEtapa.FUTURA: "futura",
    EstadoEtapa.ABIERTA: "actual",
    EstadoEtapa.CERRADA: "pasada",
}


@dataclass(slots=True)
class Dato:
    """A figure of the source, or that it has none."""

    rotulo: str
    valor: str
    falta: bool


@dataclass(slots=True)
class CifrasDeEtapa:
    """What the source counts in one stage."""

    etapa: str
    datos: Sequence[Dato]


@dataclass(slots=True)
class Momento:
    """Where a process is at an instant; `actuales` are the open stages and the time each has left.

    `estado`: «sin_etapas», «por_comenzar», «abierto», «respondiendo», «entre_etapas» or «terminado».
    """

    actuales: Sequence[tuple[str, str]]
    sigue: str
    terminado: bool
    estado: str


def estado_de_etapa(etapa: Etapa, proceso: Proceso, ahora: datetime) -> str:
    """How the line of stages draws it. A stage of the past without dates is past all the same."""
    estado = etapa.estado(ahora)
    if estado is EstadoEtapa.SIN_FECHA:
        return "pasada" if proceso.es_historico else "futura"
    return ESTADOS[estado]


def linea_de(
    proceso: Proceso, etapas: Iterable[Etapa], ahora: datetime, pagina: str = ""
) -> list[dict[str, Any]]:
    """Inputs of components/linea_etapas.html: actual dates, planned ones where there are no others.

    `pagina` is the address of the process, where the line is drawn on another page.
    """
    falta = SIN_DATO if proceso.es_historico else "Fecha por definir"
    linea = []
    for etapa in etapas:
        desde, hasta = etapa.inicio or etapa.prevista_inicio, etapa.fin or etapa.prevista_fin
        queda = cuanto_queda(etapa.fin, ahora) if etapa.fin else ""
        linea.append(
            {
                "titulo": etapa.nombre,
                "desde": desde,
                "hasta": ultimo_dia(hasta) if hasta else None,
                "estado": estado_de_etapa(etapa, proceso, ahora),
                "url": f"{pagina}#etapa-{etapa.orden}" if etapa.descripcion else "",
                "notas": nota_de_etapa(etapa) if desde or hasta else [falta],
                "queda": queda,
            }
        )
    return linea


def momento_de(
    proceso: Proceso, etapas: Sequence[Etapa], ahora: datetime, por_responder: int = 0
) -> Momento:
    """Where we are, what one can do now, what comes next. `por_responder`: answers that are still due."""
    abiertas = [e for e in etapas if e.estado(ahora) is EstadoEtapa.ABIERTA]
    futuras = [e for e in etapas if estado_de_etapa(e, proceso, ahora) == "futura"]
    sigue = futuras[0] if futuras else None
    return Momento(
        actuales=[]
        if proceso.es_historico
        else [(e.nombre, cuanto_queda(e.fin, ahora) if e.fin else "") for e in abiertas],
        sigue=_sigue(sigue) if sigue else "",
        terminado=proceso.es_historico
        or (bool(etapas) and not abiertas and not futuras and not por_responder),
        estado=_estado(proceso, etapas, abiertas, futuras, por_responder),
    )


def _estado(
    proceso: Proceso,
    etapas: Sequence[Etapa],
    abiertas: Sequence[Etapa],
    futuras: Sequence[Etapa],
    por_responder: int,
) -> str:
    if proceso.es_historico:
        return "terminado"
    if abiertas:
        return "abierto"
    if not etapas:
        return "sin_etapas"
    if len(futuras) == len(etapas):
        return "por_comenzar"
    if por_responder:
        return "respondiendo"
    return "entre_etapas" if futuras else "terminado"


INSIGNIAS = {
    "abierto": ("abierta", "En curso"),
    "sin_etapas": ("futura", "En preparación"),
    "por_comenzar": ("futura", "Próximamente"),
    "respondiendo": ("pendiente", "Se está respondiendo"),
    "entre_etapas": ("cerrada", "Entre etapas"),
    "terminado": ("cerrada", "Terminado"),
}
"""The badge of a process in each state of its `Momento`: kind and words."""


def insignia_de(proceso: Proceso, momento: Momento) -> dict[str, str]:
    """Inputs of components/insignia.html for where `proceso` is."""
    tipo, texto = INSIGNIAS[momento.estado]
    return {"tipo": tipo, "texto": "Histórico" if proceso.es_historico else texto}


def tabla_de_fechas(
    proceso: Proceso, etapas: Iterable[Etapa], ahora: datetime
) -> list[dict[str, Any]]:
    """Rows of components/tabla.html: what was planned, what happened."""
    nombres = {"pasada": "Terminada", "actual": "En curso", "futura": "Por comenzar"}
    falta = SIN_DATO if proceso.es_historico else POR_DEFINIR
    return [
        {
            "celdas": [
                {"rotulo": "Etapa", "texto": etapa.nombre},
                {
                    "rotulo": "Previsto",
                    "texto": tramo(etapa.prevista_inicio, etapa.prevista_fin) or falta,
                },
                {"rotulo": "Realizado", "texto": tramo(etapa.inicio, etapa.fin) or falta},
                {
                    "rotulo": "Diferencia",
                    "texto": desfase(etapa, ahora) or "—",
                },
                {
                    "rotulo": "Estado",
                    "texto": nombres[estado_de_etapa(etapa, proceso, ahora)],
                },
            ]
        }
        for etapa in etapas
    ]


def cifras_de_etapas(etapas: Iterable[Etapa]) -> list[CifrasDeEtapa]:
    """What the source counts, stage by stage; an absent figure says so."""
    return [
        CifrasDeEtapa(etapa.nombre, datos_de_fuente(etapa.cifras))
        for etapa in etapas
        if etapa.cifras
    ]


def datos_de_fuente(cifras: dict[str, Any]) -> list[Dato]:
    """The facts of a JSON object of figures, in its order."""
    return [
        Dato(_rotulo(clave), SIN_DATO if valor is None else _valor(valor), valor is None)
        for clave, valor in cifras.items()
    ]


def tramo(desde: datetime | None, hasta: datetime | None) -> str:
    """«10 ago 2020 – 7 sep 2020»; empty when neither is known."""
    partes = []
    if desde:
        partes.append(date_format(desde, CORTA))
    if hasta:
        fin = date_format(ultimo_dia(hasta), CORTA)
        if fin not in partes:
            partes.append(fin)
    return " – ".join(partes)


def _sigue(etapa: Etapa) -> str:
    inicio = etapa.inicio or etapa.prevista_inicio
    if inicio is None:
        return f"{etapa.nombre}, con fecha por definir"
    return f"{etapa.nombre}, desde el {date_format(inicio, 'DATE_FORMAT')}"


def _rotulo(clave: str) -> str:
    texto = clave.replace("_", " ").strip()
    return texto[:1].upper() + texto[1:]


def _valor(valor: Any) -> str:
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, int | float):
        return number_format(valor, force_grouping=True)
    if isinstance(valor, list):
        return ", ".join(_valor(v) for v in valor)
    if isinstance(valor, dict):
        return "; ".join(f"{_rotulo(str(k))}: {_valor(v)}" for k, v in valor.items())
    return str(valor)
