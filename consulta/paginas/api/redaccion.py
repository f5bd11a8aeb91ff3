"""From what an official's program sends to the fields of a draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from comun.errores import DatoInvalido
from consulta.aportes.models import Aporte, Punto
from consulta.paginas.api.folios import aportes_de

LUGARES = ("fragmento", "compromiso", "evento")


def campos_de(dicho: Mapping[str, Any]) -> dict[str, Any]:
    """Outcome, line and destination as a draft keeps them."""
    campos: dict[str, Any] = {
        c: dicho[c] for c in ("resultado", "linea") if dicho.get(c) is not None
    }
    destino = dicho.get("destino") or {}
    for lugar in LUGARES:
        if destino.get(lugar):
            campos |= {"destino": lugar, lugar: str(destino[lugar])}
    if destino.get("porque_nada"):
        campos |= {"destino": "nada", "porque_nada": destino["porque_nada"]}
    return campos


def filas_de(dichas: Iterable[Mapping[str, Any]]) -> tuple[list[Aporte], dict[int, dict[str, Any]]]:
    """The contributions of some rows, in order, and the fields of each by its id; two queries.

    Raises DatoInvalido (`aporte`, `puntos`): one does not exist.
    """
    dichas = list(dichas)
    hallados = aportes_de(fila["aporte"] for fila in dichas)
    con_puntos = [
        hallados[f["aporte"].upper()].pk
        for f in dichas
        if f.get("puntos") and f["aporte"].upper() in hallados
    ]
    puntos = {
        (p.aporte_id, p.n): p
        for p in (Punto.objects.filter(aporte__in=con_puntos) if con_puntos else ())
    }
    aportes, filas = [], {}
    for fila in dichas:
        aporte = hallados.get(fila["aporte"].upper())
        if aporte is None:
            raise DatoInvalido(f"No existe: {fila['aporte']}.", campo="aporte")
        aportes.append(aporte)
        filas[aporte.pk] = campos_de(fila)
        for dicho in fila.get("puntos", ()):
            punto = puntos.get((aporte.pk, dicho["n"]))
            if punto is None:
                raise DatoInvalido(f"No existe el punto {dicho['n']}.", campo="puntos")
            filas[aporte.pk].setdefault("puntos", {})[str(punto.pk)] = campos_de(dicho)
    return aportes, filas
