"""The name of a file as people send it, made safe for any disk and any screen."""

import re

from comun.textos import limpiar_linea

LARGO = 120
_CARPETAS = re.compile(r"[\\/]")
_RESERVADOS = re.compile(r'[<>:"|?*\u200e\u200f\u2066-\u2069]')
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def extension_de(nombre: str) -> str:
    """Lower case, without the dot; empty where there is none."""
    hallada = _EXTENSION.search(nombre)
    return hallada[1].lower() if hallada else ""


def nombre_seguro(nombre: str, extension: str = "") -> str:
    """`nombre` without folders, reserved characters or marks that turn its direction around.

    With `extension` it ends in that one, whatever it ended in. Letters of any script and emoji stay.
    """
    solo = limpiar_linea(_RESERVADOS.sub("_", _CARPETAS.split(nombre[:1000])[-1])).lstrip(". ")
    base = _EXTENSION.sub("", solo).rstrip(". ") or "archivo"
    final = extension or extension_de(solo)
    return f"{base[:LARGO]}.{final}" if final else base[:LARGO]
