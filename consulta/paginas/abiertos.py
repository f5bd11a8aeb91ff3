"""Contributions this browser proved to be theirs with the private code, for as long as its session.

The session keeps their numbers, never the code, which is derived each time and proves itself to the
flows as if it had been typed again.
"""

from django.http import HttpRequest

from consulta.aportes.codigos import codigo_de
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor
from consulta.paginas.cabeceras import persona

SESION = "aportes_abiertos"
CUANTOS = 20


def abrir(request: HttpRequest, aporte: Aporte) -> None:
    """Whoever holds this session holds this contribution from now on."""
    otros = [pk for pk in ids(request) if pk != aporte.pk]
    request.session[SESION] = [*otros[1 - CUANTOS :], aporte.pk]


def cerrar(request: HttpRequest) -> None:
    """Forget all of them."""
    request.session.pop(SESION, None)


def ids(request: HttpRequest) -> list[int]:
    """Those this session opened, the latest last."""
    return list(request.session.get(SESION, []))


def codigo(request: HttpRequest, aporte: Aporte) -> str:
    """The private code of `aporte`, where this session opened it; empty otherwise."""
    autoria = getattr(aporte, "autoria", None)
    if autoria is None or not autoria.sal or aporte.pk not in ids(request):
        return ""
    return codigo_de(aporte_id=aporte.pk, sal=autoria.sal)


def es_mio(request: HttpRequest, aporte: Aporte) -> bool:
    """Whether it is theirs, by account or by code."""
    return es_autor(persona(request), aporte) or bool(codigo(request, aporte))
