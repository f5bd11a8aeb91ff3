"""The texts of the demo, read from `datos/`; and the one source of its chances."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATOS = Path(__file__).parent / "datos"
SEMILLA = 7
Nodo = dict[str, Any]


@cache
def leer(nombre: str) -> Any:
    """What `datos/<nombre>.yaml` says. Callers must not change it."""
    return yaml.safe_load((DATOS / f"{nombre}.yaml").read_text(encoding="utf-8"))


def propuestas() -> Iterator[tuple[str, Nodo]]:
    """(theme, proposal) of every file of proposals, in a fixed order."""
    for ruta in sorted((DATOS / "propuestas").glob("*.yaml")):
        for propuesta in leer(f"propuestas/{ruta.stem}"):
            yield ruta.stem, propuesta


def hilo_completo(nodo: Nodo) -> Iterator[Nodo]:
    """A contribution and every reply below it."""
    yield nodo
    for replica in nodo.get("hilo", []):
        yield from hilo_completo(replica)


def azar(de_que: str) -> random.Random:
    """Chances of one part of the demo: seeded, so that a change in another part moves nothing here."""
    return random.Random(f"{SEMILLA}:{de_que}")  # noqa: S311 (nothing secret depends on it)
