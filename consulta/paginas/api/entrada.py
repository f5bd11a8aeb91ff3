"""What comes in: who sends it, and JSON that cannot hurt."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from consulta.paginas.api.errores import DemasiadoGrande
from cuentas.models import User

LARGO_MAXIMO = 2 * 1024 * 1024
"""Greatest body, in bytes. A thousand coverages with a personal line each fit."""

_MEDIO_PAR = re.compile(rb"\\u[dD][89a-fA-F]")


class SesionVencida(exceptions.AuthenticationFailed):
    mensaje = "Su sesión venció o fue cerrada: ingrese de nuevo y vuelva a enviar."


class SinTestigoCSRF(exceptions.PermissionDenied):
    mensaje = (
        "Falta el testigo CSRF: con la sesión del navegador envíe X-CSRFToken, "
        "o use X-Session-Token."
    )


class SesionPorToken(XSessionTokenAuthentication):
    """An allauth headless session of an app. A token that is no session any more is said, not ignored."""

    def authenticate(self, request: HttpRequest) -> tuple[Any, Any] | None:
        token = self.get_session_token(request)
        if not token:
            return None
        if not token.isascii() or not token.isprintable():
            raise SesionVencida
        sesion = super().authenticate(request)
        if sesion is None or not sesion[0].is_active:
            raise SesionVencida
        return sesion

    def authenticate_header(self, request: HttpRequest) -> str:
        return "X-Session-Token"


class SesionDelNavegador(SessionAuthentication):
    """The session of the site itself, which asks for the CSRF token."""

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as falta:
            raise SinTestigoCSRF from falta


class EsquemaDeSesionPorToken(OpenApiAuthenticationExtension):
    target_class = SesionPorToken
    name = "sesion"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-Session-Token",
            "description": "Sesión de una aplicación, obtenida en /_allauth/app/v1/auth/login.",
        }


class EsquemaDeSesionDelNavegador(OpenApiAuthenticationExtension):
    target_class = SesionDelNavegador
    name = "navegador"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Sesión del sitio; para escribir hace falta además X-CSRFToken.",
        }


class CuerpoJSON(JSONParser):
    """JSON in UTF-8 whatever the header says, at most `LARGO_MAXIMO` bytes, not absurdly nested."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        crudo = stream.read(LARGO_MAXIMO + 1)
        if len(crudo) > LARGO_MAXIMO:
            raise DemasiadoGrande
        try:
            datos = json.loads(crudo.decode("utf-8-sig"), parse_constant=_sin_constantes)
            if _MEDIO_PAR.search(crudo):
                json.dumps(datos, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError from error
        return datos


def cuenta_de(request: Request) -> User:
    """The account behind a request. Raises NotAuthenticated."""
    if not isinstance(request.user, User):
        raise exceptions.NotAuthenticated
    return request.user


def _sin_constantes(nombre: str) -> None:
    raise ValueError(nombre)
