"""Events and seals for the tests of the chain."""

from contextlib import contextmanager

from django.db import connection

from comun import gatillos
from comun.auditoria import registrar
from comun.registro import Evento
from cuentas.models import Institucion
from tests.factories import AHORA


def eventos(cuantos: int, verbo: str = "probar") -> list[Evento]:
    """`cuantos` events about nothing in particular."""
    objeto = Institucion(pk=1)
    return [
        registrar(verbo=verbo, objeto=objeto, por=None, ahora=AHORA, despues={"n": n})
        for n in range(cuantos)
    ]


@contextmanager
def sin_gatillos():
    """What someone with the keys of the database could do."""
    gatillos.retirar(connection, gatillos.declarados())
    try:
        yield
    finally:
        gatillos.instalar(connection, gatillos.declarados())
