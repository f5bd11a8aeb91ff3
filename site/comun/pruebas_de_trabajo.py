"""A proof of work of our own house (altcha's protocol): a browser pays with a second of its time.

It is asked of whoever has no account, and only where there is JavaScript to solve it. No third party
takes part, nothing is kept but the fingerprint of proofs already used, until they expire.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from comun.registro import PruebaGastada

NUMERO_MAXIMO = 50_000
"""A browser tries half of them on average: about a second on a phone."""

VALE = timedelta(minutes=30)
LARGO_MAXIMO = 2_000
CAMPOS = ("algorithm", "challenge", "salt", "signature")


def nuevo_reto(ahora: datetime | None = None) -> dict[str, Any]:
    """A challenge as altcha's browser side takes it, good for 30 minutes. Nothing is written."""
    reto = altcha.create_challenge_v1(
        altcha.ChallengeOptionsV1(
            max_number=NUMERO_MAXIMO, hmac_key=_clave(), expires=(ahora or timezone.now()) + VALE
        )
    )
    return {**reto.to_dict(), "maxnumber": NUMERO_MAXIMO}


def gastar_prueba(solucion: str) -> bool:
    """Whether `solucion` (base64 of JSON) is a proof of ours, in time and never used. Uses it up."""
    datos = _leer(solucion)
    if datos is None:
        return False
    valida, _motivo = altcha.verify_solution_v1(datos, _clave())
    if not valida:
        return False
    vence = datetime.fromtimestamp(int(altcha.extract_params_v1(datos)["expires"][0]), UTC)
    try:
        with transaction.atomic():
            PruebaGastada.objects.create(firma=datos["challenge"], vence=vence)
    except IntegrityError:
        return False
    return True


def barrer_pruebas(ahora: datetime) -> int:
    """Forget used proofs that nobody could use again anyway. For the clock."""
    return PruebaGastada.objects.filter(vence__lt=ahora).delete()[0]


def _leer(solucion: str) -> Any:
    """The payload, when it is one at all: the library trusts the types of what it is given."""
    if len(solucion) > LARGO_MAXIMO:
        return None
    try:
        datos = json.loads(base64.b64decode(solucion, validate=True).decode())
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(datos, dict) or not isinstance(datos.get("number"), int):
        return None
    if any(not isinstance(datos.get(campo), str) for campo in CAMPOS):
        return None
    return datos if datos["algorithm"] == "SHA-256" and "expires=" in datos["salt"] else None


def _clave() -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"altcha", hashlib.sha256).hexdigest()
