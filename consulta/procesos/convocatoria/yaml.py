"""YAML with the line of every value: each scalar stays the text that was typed.

Only plain mappings, lists and scalars are looked at, key by key: an alias is never expanded and no
tag builds an object, so a hostile file costs what its size does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml
from django.utils.translation import gettext as _

from comun.textos import limpiar

TAMANO = 1_000_000
"""Greatest file, in bytes."""

NULO = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Falla:
    """What is wrong, where: `ruta` as «etapas[2].fin», `linea` from 1 (0: the file as a whole)."""

    ruta: str
    linea: int
    que: str

    def __str__(self) -> str:
        donde = ", ".join(p for p in (f"línea {self.linea}" if self.linea else "", self.ruta) if p)
        return f"{donde}: {self.que}" if donde else self.que


class Fallas(Exception):
    """Everything that is wrong with a file, in its order."""

    def __init__(self, fallas: list[Falla]) -> None:
        super().__init__("; ".join(str(f) for f in fallas))
        self.fallas = fallas


@dataclass
class Lectura:
    """What was found while reading: faults, and the line of each path."""

    fallas: list[Falla] = field(default_factory=list)
    lineas: dict[str, int] = field(default_factory=dict)

    def fallar(self, ruta: str, que: str) -> None:
        self.fallas.append(Falla(ruta, self.linea(ruta), que))

    def linea(self, ruta: str) -> int:
        """Where `ruta` is written; what is missing is told at the part it should be in."""
        while ruta and ruta not in self.lineas:
            ruta = ruta.rpartition(".")[0]
        return self.lineas.get(ruta, 0)

    def anotar(self, ruta: str, nodo: yaml.Node) -> None:
        self.lineas[ruta] = nodo.start_mark.line + 1

    def claves(self, nodo: yaml.Node, ruta: str, conocidas: Iterable[str]) -> dict[str, yaml.Node]:
        """The values of a mapping by key; unknown and repeated keys are faults."""
        if not isinstance(nodo, yaml.MappingNode):
            self.fallar(ruta, _("Aquí van claves con su valor, como «titulo: …»."))
            return {}
        valores: dict[str, yaml.Node] = {}
        for clave, valor in nodo.value:
            nombre = str(clave.value) if isinstance(clave, yaml.ScalarNode) else "?"
            suya = f"{ruta}.{nombre}" if ruta else nombre
            repetida = nombre in valores
            self.anotar(suya, clave)
            if nombre not in conocidas:
                self.fallar(
                    suya, _("No existe esta clave. Use: %(c)s.") % {"c": ", ".join(conocidas)}
                )
            elif repetida:
                self.fallar(suya, _("Está dos veces."))
            else:
                valores[nombre] = valor
        return valores

    def lista(self, nodo: yaml.Node, ruta: str) -> list[tuple[str, yaml.Node]]:
        """(path, value) of each item, counted from 1."""
        if not isinstance(nodo, yaml.SequenceNode):
            if not es_nulo(nodo):
                self.fallar(ruta, _("Aquí va una lista: cada parte empieza con «- »."))
            return []
        pares = [(f"{ruta}[{i}]", valor) for i, valor in enumerate(nodo.value, 1)]
        for suya, valor in pares:
            self.anotar(suya, valor)
        return pares

    def texto(self, nodo: yaml.Node, ruta: str) -> str:
        """A scalar as typed, cleaned; empty for null."""
        if not isinstance(nodo, yaml.ScalarNode):
            self.fallar(ruta, _("Aquí va un solo texto."))
            return ""
        return "" if es_nulo(nodo) else limpiar(nodo.value)


def es_nulo(nodo: yaml.Node) -> bool:
    return isinstance(nodo, yaml.ScalarNode) and nodo.tag == NULO


def raiz(crudo: bytes) -> yaml.Node:
    """The document of a file. Raises Fallas when it is too large, no UTF-8, no YAML, or empty."""
    if len(crudo) > TAMANO:
        raise Fallas([Falla("", 0, _("El archivo pesa más de 1 MB: no es una convocatoria."))])
    try:
        nodo = yaml.compose(crudo.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        linea = crudo[: error.start].count(b"\n") + 1
        raise Fallas([Falla("", linea, _("El archivo no está en UTF-8."))]) from error
    except yaml.MarkedYAMLError as error:
        marca = error.problem_mark or error.context_mark
        raise Fallas([Falla("", marca.line + 1 if marca else 0, _no_es_yaml())]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Fallas([Falla("", 0, _no_es_yaml())]) from error
    if nodo is None:
        raise Fallas([Falla("", 0, _("El archivo está vacío."))])
    return nodo


def _no_es_yaml() -> str:
    return _(
        "Aquí el archivo deja de ser YAML: revise la sangría, que va con espacios, y las comillas. "
        "Un texto con «: » adentro va entre comillas."
    )
