"""Hand-written pairs of drafts with their right edges, and the score of a matching against them."""

from pathlib import Path

import yaml

from consulta.procesos.emparejar import emparejar
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.trozos import Trozo

DATOS = Path(__file__).parent / "datos"
CLASES = {
    "t": TipoFragmento.TITULO, "p": TipoFragmento.PARRAFO, "l": TipoFragmento.LISTA,
    "b": TipoFragmento.TABLA, "c": TipoFragmento.COMPROMISO,
}  # fmt: skip


def leer_pareja(nombre):
    """(older pieces, newer pieces, set of right edges)."""
    datos = yaml.safe_load((DATOS / f"{nombre}.yaml").read_text())
    antes, lugar = [], {}
    for linea in datos["antes"]:
        clave, clase, texto = linea.split(" | ", 2)
        lugar[clave] = len(antes)
        antes.append(_trozo(clase, texto))
    ahora, aristas = [], set()
    for linea in datos["despues"]:
        origen, clase, texto = linea.split(" | ", 2)
        claves = [] if origen == "-" else origen.split("+")
        if texto == "=":
            texto = antes[lugar[claves[0]]].texto
            ahora.append(Trozo(CLASES[clase[0]], texto, int(clase[1:] or 0)))
        else:
            ahora.append(_trozo(clase, texto))
        aristas |= {(lugar[c], len(ahora) - 1) for c in claves}
    return antes, ahora, aristas


def _trozo(clase, texto):
    return Trozo(CLASES[clase[0]], texto.replace("\\n", "\n"), int(clase[1:] or 0))


def puntaje(antes, ahora, aristas):
    """(precision, recall, F1, wrong edges, missing edges)."""
    halladas = {(e.de, e.a) for e in emparejar(antes, ahora)}
    bien = len(halladas & aristas)
    precision, recuerdo = bien / max(1, len(halladas)), bien / len(aristas)
    f1 = 2 * precision * recuerdo / max(1e-9, precision + recuerdo)
    return precision, recuerdo, f1, halladas - aristas, aristas - halladas
