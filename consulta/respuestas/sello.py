"""The seal of a response: one hash over reason, sorted coverages and destinations."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from comun.palabras import plegar
from consulta.respuestas.models import Cobertura, RespuestaVersion


def sello_de(version: RespuestaVersion, coberturas: Iterable[Cobertura]) -> str:
    """SHA-256 of canonical JSON. `coberturas` come with their `destino`; their order does not matter.

    A row has an eighth place, the point it speaks of, where the contribution is divided; the whole has
    a `rama` where it answers a branch of a thread.
    """
    filas = sorted(
        (
            [
                c.aporte_id,
                c.resultado,
                c.linea,
                c.destino.fragmento_id,
                c.destino.compromiso_id,
                c.destino.evento_id,
                c.destino.porque_nada,
                *([c.punto_id] if c.punto_id else []),
            ]
            for c in coberturas
        ),
        # Points of one contribution may differ in nothing but the kind of place: none comes first.
        key=lambda fila: [(valor is not None, valor) for valor in fila],
    )
    cuerpo: dict[str, Any] = {
        "respuesta": version.respuesta_id,
        "n": version.n,
        "razon": version.razon,
        "motivo_cambio": version.motivo_cambio,
        "coberturas": filas,
    }
    if version.rama_id is not None and version.rama_hasta is not None:
        hasta = version.rama_hasta.astimezone(UTC).isoformat(timespec="microseconds")
        cuerpo["rama"] = [version.rama_id, hasta, version.rama_n]
    return hashlib.sha256(
        json.dumps(cuerpo, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def huella_de_texto(razon: str, linea: str) -> str:
    """SHA-256 of what an author is told, as bare words: without capitals, accents or punctuation."""
    palabras = plegar(f"{razon} {linea}")
    return hashlib.sha256(" ".join(re.findall(r"\w+", palabras)).encode()).hexdigest()
