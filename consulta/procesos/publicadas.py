"""What rooms above do when a version of a draft is published, and what they warn of before.

A room registers its functions once, from `AppConfig.ready`; this room knows none of them by name.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from consulta.procesos.models import VersionBorrador
from cuentas.models import User


class AlPublicar(Protocol):
    def __call__(self, *, version: VersionBorrador, por: User, ahora: datetime) -> None: ...


Aviso = Callable[[VersionBorrador], str]

_al_publicar: list[AlPublicar] = []
_avisos: list[Aviso] = []


def al_publicar_version(funcion: AlPublicar) -> AlPublicar:
    """Call `funcion` in the transaction that publishes a version, once its text and matches are frozen.

    If it raises, nothing is published. Registering the same function twice is registering it once.
    """
    if funcion not in _al_publicar:
        _al_publicar.append(funcion)
    return funcion


def avisar_antes_de_publicar(funcion: Aviso) -> Aviso:
    """`funcion(version)` says in one sentence what publishing will do, or returns ""."""
    if funcion not in _avisos:
        _avisos.append(funcion)
    return funcion


def version_publicada(*, version: VersionBorrador, por: User, ahora: datetime) -> None:
    """Tell every registered room, in the order in which they registered."""
    for funcion in _al_publicar:
        funcion(version=version, por=por, ahora=ahora)


def avisos_de(version: VersionBorrador) -> list[str]:
    """What the rooms above warn of, for the person who is about to confirm."""
    return [frase for funcion in _avisos if (frase := funcion(version))]
