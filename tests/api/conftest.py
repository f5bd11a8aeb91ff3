"""The API as a program uses it: JSON in, JSON out, sessions by token, the server's own clock."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consulta.procesos.enums import TipoEtapa
from consulta.procesos.models import Consulta
from cuentas.models import User
from tests.factories.cuentas import CLAVE
from tests.factories.procesos import ConsultaFactory, TemaFactory

RAIZ = "/api/v2/"
PROPUESTA = {
    "tipo": "propuesta",
    "titulo": "Presupuestos comunales abiertos",
    "texto": "Publicar cada presupuesto comunal como datos abiertos.",
    "campos": {"problema": "No se entienden.", "valores": ["transparencia"]},
    "tema": "datos-abiertos",
    "region": "08",
    "tipo_autor": "ciudadania",
}


class Programa:
    """A client that never keeps cookies: who it is goes in the header."""

    def __init__(self, token: str = "") -> None:
        self.http = Client(enforce_csrf_checks=True)
        self.token = token

    def _pedir(self, metodo: str, ruta: str, **extra: Any) -> HttpResponse:
        self.http.cookies.clear()
        encabezados = extra.pop("headers", {})
        if self.token:
            encabezados["X-Session-Token"] = self.token
        ruta = ruta if ruta.startswith(("/", "http")) else RAIZ + ruta
        return self.http.generic(metodo, ruta, headers=encabezados, **extra)

    def get(self, ruta: str, **extra: Any) -> HttpResponse:
        return self._pedir("GET", ruta, **extra)

    def enviar(self, metodo: str, ruta: str, datos: Any = None, **extra: Any) -> HttpResponse:
        crudo = datos if isinstance(datos, bytes) else json.dumps(datos or {})
        return self._pedir(metodo, ruta, data=crudo, content_type="application/json", **extra)

    def post(self, ruta: str, datos: Any = None, **extra: Any) -> HttpResponse:
        return self.enviar("POST", ruta, datos, **extra)

    def leer(self, ruta: str, **extra: Any) -> Any:
        respuesta = self.get(ruta, **extra)
        assert respuesta.status_code == 200, (ruta, respuesta.status_code, respuesta.content[:400])
        return respuesta.json()

    def ingresar(self, correo: str, clave: str = CLAVE) -> "Programa":
        """Sign in by the headless API of an app."""
        respuesta = self.post("/_allauth/app/v1/auth/login", {"email": correo, "password": clave})
        assert respuesta.status_code == 200, respuesta.content
        self.token = respuesta.json()["meta"]["session_token"]
        return self


@pytest.fixture(autouse=True)
def sin_limites() -> None:
    """Signing in is limited per address, and the counters live in the cache."""
    cache.clear()


@pytest.fixture
def anonimo() -> Programa:
    return Programa()


def sesion_de(cuenta: User) -> Programa:
    """A session of that account, whose address is confirmed."""
    EmailAddress.objects.get_or_create(
        user=cuenta, email=cuenta.email, defaults={"verified": True, "primary": True}
    )
    return Programa().ingresar(cuenta.email)


def abierta(propuestas: bool = False, **campos: Any) -> Consulta:
    """A consultation that is open by the real clock."""
    ahora = timezone.now()
    return ConsultaFactory(
        etapa__tipo=TipoEtapa.RECEPCION if propuestas else TipoEtapa.CONSULTA_BORRADOR,
        etapa__inicio=ahora - timedelta(days=1),
        etapa__fin=ahora + timedelta(days=1),
        **campos,
    )


def envio(**campos: Any) -> dict[str, Any]:
    """A proposal ready to send; its theme exists."""
    TemaFactory(slug="datos-abiertos", nombre="Datos abiertos")
    return PROPUESTA | {"clave": str(uuid4())} | campos
