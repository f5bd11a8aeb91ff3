"""Scoring the search for quotes against places that a person gave."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from consulta.aportes.citas.rastreo import Rastro, rastrear
from consulta.aportes.palabras import Texto
from consulta.procesos.emparejar import emparejar
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.trozos import Trozo

DATOS = Path(__file__).parent / "datos"


@dataclass
class Resultado:
    cuenta: Counter = field(default_factory=Counter)
    errores: list[str] = field(default_factory=list)

    @property
    def juicios(self) -> int:
        return sum(self.cuenta.values())

    @property
    def bien(self) -> float:
        return self.cuenta["bien"] / self.juicios


def leer(nombre: str) -> dict[str, Any]:
    return yaml.safe_load((DATOS / f"{nombre}.yaml").read_text())


def lugar(texto: str, cita: str, vez: int = 1) -> tuple[int, int]:
    inicio = -1
    for _ in range(vez):
        inicio = texto.index(cita, inicio + 1)
    return inicio, inicio + len(cita)


def traslape(a: tuple[int, int], b: tuple[int, int]) -> float:
    comun = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, comun) / (max(a[1], b[1]) - min(a[0], b[0]))


def a_mano(datos: dict[str, Any], m: int) -> list[tuple[str, str]]:
    """The matches with the version before that a person made."""
    return [(de, a) for de, a in datos["correspondencias"][m]]


def de_la_maquina(datos: dict[str, Any], m: int) -> list[tuple[str, str]]:
    """Those the machine proposes and nobody looked at, as publishing keeps them."""
    antes, ahora = datos["versiones"][m - 1], datos["versiones"][m]
    enlaces = emparejar(_trozos(antes), _trozos(ahora))
    seguros = sorted(enlaces, key=lambda e: -e.seguridad)
    return [(list(antes)[e.de], list(ahora)[e.a]) for e in seguros]


def ninguna(datos: dict[str, Any], m: int) -> list[tuple[str, str]]:
    return []


def _trozos(version: dict[str, str]) -> list[Trozo]:
    """A heading is a short line without a full stop; a list, several lines."""
    return [
        Trozo(
            TipoFragmento.LISTA
            if "\n" in texto
            else TipoFragmento.PARRAFO
            if texto.endswith(".")
            else TipoFragmento.TITULO,
            texto,
        )
        for texto in version.values()
    ]


def puntuar(
    datos: dict[str, Any],
    pares: Callable[[dict[str, Any], int], list[tuple[str, str]]] = de_la_maquina,
) -> Resultado:
    """Each quote followed version by version, as publishing does. Right: the same fragment and at
    least half of the words in common, or an orphan where the words are gone."""
    resultado = Resultado()
    versiones = {n: {k: i for i, k in enumerate(v)} for n, v in datos["versiones"].items()}
    textos = {
        n: {versiones[n][k]: Texto(t) for k, t in v.items()} for n, v in datos["versiones"].items()
    }
    por_version = {m: pares(datos, m) for m in versiones if m - 1 in versiones}
    for cita in datos["citas"]:
        n, clave = cita["en"]
        origen = datos["versiones"][n][clave]
        inicio, fin = lugar(origen, cita["cita"], cita.get("vez", 1))
        rastro = Rastro(n, versiones[n][clave], inicio, fin)
        for m in sorted(v for v in versiones if v > n):
            aristas: dict[int, list[int]] = {}
            if rastro.version == m - 1:
                for de, a in por_version[m]:
                    aristas.setdefault(versiones[m - 1][de], []).append(versiones[m][a])
            hallado = rastrear(rastro, textos[rastro.version], textos[m], aristas)
            debia = cita[m]
            juicio = _juzgar(datos["versiones"][m], versiones[m], hallado, debia)
            resultado.cuenta[juicio] += 1
            if juicio != "bien":
                visto = None
                if hallado:
                    nombre = list(versiones[m])[hallado.clave]
                    visto = (
                        nombre,
                        datos["versiones"][m][nombre][hallado.inicio : hallado.fin],
                        hallado.seguridad,
                    )
                resultado.errores.append(f"{juicio}: «{cita['cita']}» v{m}: {visto}, no {debia}")
            if hallado:
                rastro = Rastro(m, hallado.clave, hallado.inicio, hallado.fin)
    return resultado


def _juzgar(version: dict, numeros: dict, hallado: Any, debia: list | None) -> str:
    if debia is None:
        return "bien" if hallado is None else "mal puesta"
    if hallado is None:
        return "huérfana de más"
    clave, *resto = debia
    bueno = numeros[clave] == hallado.clave and (
        traslape((hallado.inicio, hallado.fin), lugar(version[clave], *resto)) >= 0.5
    )
    return "bien" if bueno else "mal puesta"
