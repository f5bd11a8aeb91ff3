"""What changed between two versions of a draft, counted and said in words: the same on every page."""

from collections.abc import Mapping

from consulta.procesos.alineacion import (
    CAMBIA,
    DIVIDE,
    IGUAL,
    MUEVE,
    NUEVO,
    QUITADO,
    REORDENA,
    UNE,
    Alineado,
)

ROTULOS = {
    IGUAL: "Igual",
    CAMBIA: "Cambia",
    NUEVO: "Nuevo",
    QUITADO: "Se quitó",
    DIVIDE: "Se dividió",
    UNE: "Se unió",
    REORDENA: "Se reorganizó",
    MUEVE: "Cambia de lugar",
}
CUENTAS = (
    (CAMBIA, "cambia", "cambian"),
    (NUEVO, "es nuevo", "son nuevos"),
    (QUITADO, "se quitó", "se quitaron"),
    (DIVIDE, "se dividió", "se dividieron"),
    (UNE, "resulta de unir otros", "resultan de unir otros"),
    (REORDENA, "se reorganizó", "se reorganizaron"),
    (MUEVE, "cambia de lugar", "cambian de lugar"),
    (IGUAL, "queda igual", "quedan iguales"),
)
AHORA = ROTULOS | {CAMBIA: "Cambió", MUEVE: "Cambió de lugar"}
"""How the newer text says it of a paragraph, beside it."""


def resumen_de(cuentas: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """(kind, how many, in words), what did not happen left out."""
    return [
        (tipo, n, uno if n == 1 else varios)
        for tipo, uno, varios in CUENTAS
        if (n := cuentas.get(tipo, 0))
    ]


def en_palabras(cuentas: Mapping[str, int]) -> str:
    """«4 párrafos cambian, 1 se quitó y 2 cambian de lugar», without what is as it was."""
    cambios = [parte for parte in resumen_de(cuentas) if parte[0] != IGUAL]
    if not cambios:
        return "El texto es el mismo"
    _tipo, n, palabras = cambios[0]
    partes = [f"{n} {'párrafo' if n == 1 else 'párrafos'} {palabras}"]
    partes += [f"{n} {palabras}" for _tipo, n, palabras in cambios[1:]]
    return partes[0] if len(partes) == 1 else f"{', '.join(partes[:-1])} y {partes[-1]}"


def al_margen(alineado: Alineado) -> str:
    """What happened to a paragraph of the newer text; empty where nothing did."""
    if alineado.tipo == IGUAL:
        return ""
    movida = alineado.movida and alineado.tipo != MUEVE
    return AHORA[alineado.tipo] + (" y cambió de lugar" if movida else "")
