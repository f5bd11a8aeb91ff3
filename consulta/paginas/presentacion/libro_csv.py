"""A cut of the ledger as CSV."""

from collections.abc import Iterator

from comun.planillas import filas_csv
from consulta.paginas.presentacion.libro import Nombres
from consulta.respuestas.cifras.sumas import Cifras


def tabla_de(corte: str, grupos: dict[str, Cifras], como: Nombres) -> Iterator[bytes]:
    """A cut as CSV: plain numbers, nothing where there is nothing to count."""
    nombres = (
        "recibidos", "respondidos", "pendientes", "vencidos", "retirados", "removidos", "mediana",
        "p90", "a_tiempo", "con_plazo", "identicos", "comunes", "propios",
    )  # fmt: skip
    filas_del_corte = (
        [como.de(corte, clave)[0], *(getattr(grupos[clave], nombre) for nombre in nombres)]
        for clave in como.orden(corte, grupos)
    )
    encabezado = (
        corte, "recibidos", "respondidos", "pendientes", "vencidos", "retirados", "removidos",
        "mediana_dias_corridos", "p90_dias_corridos", "respondidos_a_tiempo", "respondidos_con_plazo",
        "texto_identico", "respuesta_conjunta", "texto_propio",
    )  # fmt: skip
    return filas_csv(encabezado, filas_del_corte)
