"""How the notices of each reason read. Each room registers its own at start-up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from comun.clases import Clase
from comun.registro import Aviso


@dataclass(frozen=True)
class Correo:
    """One mail: to whom, about what, and the template `correo/<plantilla>.txt` and `.html`.

    `adjuntos` are files: name, content, media type.
    """

    para: str
    asunto: str
    plantilla: str
    contexto: dict[str, object]
    adjuntos: Sequence[tuple[str, str, str]] = ()


Redactor = Callable[[Aviso], Correo | None]
"""Writes the mail of a notice; None when nobody can be written to any more."""

Linea = Callable[[Any, Sequence[str], int], Mapping[str, tuple[str, str]]]
"""From object, recipients («aporte:12») and version: a sentence for each, and where it leads."""

Duenos = Callable[[Sequence[str]], Mapping[str, int]]
"""From what follows the colon of recipients, the account of each that has one."""


@dataclass(frozen=True)
class Razon:
    """Why one writes: how the mail reads, of which kind it is, its line on the site, and whether the
    recipient cannot go on without it."""

    redactor: Redactor
    clase: Clase
    linea: Linea | None = None
    esperada: bool = False


_razones: dict[str, Razon] = {}
_duenos: dict[str, Duenos] = {}


def registrar_razon(
    razon: str,
    redactor: Redactor,
    *,
    clase: Clase = Clase.RECIBOS,
    linea: Linea | None = None,
    esperada: bool = False,
) -> None:
    """Say how notices of `razon` read. Without `linea` they are mailed and not listed on the site; those
    of an `esperada` one are mailed before any other that waits."""
    _razones[razon] = Razon(redactor, clase, linea, esperada)


def razon_de(nombre: str) -> Razon:
    """Raises KeyError for a reason that nobody registered."""
    return _razones[nombre]


def razones() -> dict[str, Razon]:
    """Every registered reason by name."""
    return dict(_razones)


def registrar_destino(prefijo: str, duenos: Duenos) -> None:
    """Say whose accounts «prefijo:…» are."""
    _duenos[prefijo] = duenos


def cuentas_de(destinos: Iterable[str]) -> dict[str, int]:
    """The account behind each recipient's name that has one; one query per prefix."""
    por_prefijo: dict[str, list[str]] = {}
    for destino in destinos:
        prefijo, _dos_puntos, resto = destino.partition(":")
        por_prefijo.setdefault(prefijo, []).append(resto)
    cuentas = {f"cuenta:{resto}": int(resto) for resto in por_prefijo.pop("cuenta", [])}
    for prefijo, restos in por_prefijo.items():
        if prefijo in _duenos:
            suyas = _duenos[prefijo](restos)
            cuentas |= {f"{prefijo}:{resto}": cuenta for resto, cuenta in suyas.items()}
    return cuentas


def direccion_absoluta(ruta: str) -> str:
    """`ruta` on the public address of the portal."""
    return urljoin(settings.DIRECCION_BASE, ruta)
