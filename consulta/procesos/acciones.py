"""What rooms above offer to do with a consultation, beside its row on the secretariat's desk. They
register once, from `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any

from consulta.procesos.models import Consulta

Boton = dict[str, Any]
Ofrecer = Callable[[Any, Consulta], list[Boton]]

_ofrecidas: list[Ofrecer] = []


def ofrecer(funcion: Ofrecer) -> Ofrecer:
    """Show the buttons of `funcion(usuario, consulta)`; twice the same is once."""
    if funcion not in _ofrecidas:
        _ofrecidas.append(funcion)
    return funcion


def botones_de(usuario: Any, consulta: Consulta) -> list[Boton]:
    """What every room offers this account. No query per consultation."""
    return [boton for funcion in _ofrecidas for boton in funcion(usuario, consulta)]
