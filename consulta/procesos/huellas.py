"""Hashes of a draft: the seals that are published, and the short marks by which two people do not collide."""

import hashlib
from collections.abc import Iterable

from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador


def huella_de_fragmento(texto: str) -> str:
    """SHA-256 of a fragment's text in UTF-8."""
    return hashlib.sha256(texto.encode()).hexdigest()


def huella_de_version(fragmentos: list[Fragmento]) -> str:
    """SHA-256 over order, kind, level and hash of each fragment, one line each, in order."""
    lineas = (f"{f.orden}\t{f.tipo}\t{f.nivel}\t{f.sha256}" for f in fragmentos)
    return hashlib.sha256("\n".join(lineas).encode()).hexdigest()


def marca_de_fragmento(fragmento: Fragmento, origenes: Iterable[int]) -> str:
    """Changes when the text, kind or level of a fragment changes, or where it comes from."""
    partes = [fragmento.tipo, str(fragmento.nivel), fragmento.texto, *map(str, sorted(origenes))]
    return hashlib.sha256("\x1f".join(partes).encode()).hexdigest()[:16]


def marca_de_version(version: VersionBorrador) -> str:
    """Changes when anything of an unpublished version does; two queries."""
    sello = hashlib.sha256(version.titulo.encode())
    filas = version.fragmentos.order_by("orden").values_list("pk", "tipo", "nivel", "sha256")
    for fila in filas:
        sello.update(repr(fila).encode())
    aristas = Correspondencia.objects.filter(a__version=version).order_by("a_id", "de_id")
    for arista in aristas.values_list("de_id", "a_id"):
        sello.update(repr(arista).encode())
    return sello.hexdigest()[:16]
