"""How the API tells that something was refused: always `{"errores": {campo: [mensaje]}, "codigo": …}`."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from comun.errores import (
    Conflicto,
    DatoInvalido,
    DemasiadosIntentos,
    ErrorDeDominio,
    FueraDePlazo,
    SinPermiso,
)
from consulta.aportes.flows.preguntas import PorPreguntar

GENERAL = "general"
"""Key of what is not about one field."""

SIN_SESION = "Ingrese con su cuenta: envíe el encabezado X-Session-Token."
DEL_DOMINIO: dict[type[ErrorDeDominio], tuple[int, str]] = {
    SinPermiso: (status.HTTP_403_FORBIDDEN, "sin_permiso"),
    FueraDePlazo: (status.HTTP_403_FORBIDDEN, "fuera_de_plazo"),
    DatoInvalido: (status.HTTP_400_BAD_REQUEST, "dato_invalido"),
    Conflicto: (status.HTTP_409_CONFLICT, "conflicto"),
    DemasiadosIntentos: (status.HTTP_429_TOO_MANY_REQUESTS, "demasiados_intentos"),
}
DE_HTTP: dict[int, tuple[str, str]] = {
    400: ("json_invalido", "Lo enviado no se entiende: revise que sea JSON válido, en UTF-8."),
    401: ("sin_sesion", SIN_SESION),
    403: ("sin_permiso", "Su cuenta no puede hacer esto."),
    404: ("no_existe", "No existe, o no es público."),
    405: ("metodo_no_permitido", "Esta dirección no admite ese método."),
    406: ("formato_no_disponible", "La respuesta solo está disponible como JSON."),
    413: ("demasiado_grande", "El envío es demasiado grande: el máximo son 2 MB."),
    415: ("formato_no_admitido", "Envíe JSON: Content-Type application/json."),
}


class DemasiadoGrande(exceptions.APIException):
    """The body is larger than what any real sending needs."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


def cuerpo(mensaje: str, codigo: str, campo: str | None = None) -> dict[str, Any]:
    """The body of a refusal about one field, or about the whole."""
    return {"errores": {campo or GENERAL: [mensaje]}, "codigo": codigo}


def responder_error(error: Exception, contexto: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None for what is no refusal: that is a fault, and shows as a 500."""
    if isinstance(error, ErrorDeDominio):
        set_rollback()
        return _del_dominio(error, contexto)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    respuesta = Response(_de_http(error), status=error.status_code)
    if encabezado := getattr(error, "auth_header", None):
        respuesta["WWW-Authenticate"] = encabezado
    return respuesta


def _del_dominio(error: ErrorDeDominio, contexto: dict[str, Any]) -> Response:
    if isinstance(error, PorPreguntar):
        return Response(
            cuerpo(error.mensaje, error.codigo, error.campo),
            status=status.HTTP_422_UNPROCESSABLE_ENTITY,
        )
    estado, codigo = next(
        (DEL_DOMINIO[clase] for clase in type(error).__mro__ if clase in DEL_DOMINIO),
        (status.HTTP_400_BAD_REQUEST, "dato_invalido"),
    )
    respuesta = Response(cuerpo(error.mensaje, codigo, error.campo), status=estado)
    if isinstance(error, DemasiadosIntentos):
        respuesta["Retry-After"] = str(error.reintentar_en)
    return respuesta


def _de_http(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errores: dict[str, list[str]] = {}
        for campo, mensaje in _aplanar(error.detail, ""):
            errores.setdefault(campo or GENERAL, []).append(mensaje)
        return {"errores": errores, "codigo": "dato_invalido"}
    codigo, mensaje = DE_HTTP.get(error.status_code, ("error", str(error.detail)))
    propio = getattr(error, "mensaje", "")
    return cuerpo(propio or mensaje, codigo)


def _aplanar(detalle: Any, campo: str) -> Iterator[tuple[str, str]]:
    """Nested errors by the field's own name: «campos.problema» is told as «problema»."""
    if isinstance(detalle, Mapping):
        for clave, valor in detalle.items():
            propio = campo if clave == "non_field_errors" or isinstance(clave, int) else str(clave)
            yield from _aplanar(valor, propio)
    elif isinstance(detalle, list):
        for valor in detalle:
            yield from _aplanar(valor, campo)
    else:
        yield campo, str(detalle)
