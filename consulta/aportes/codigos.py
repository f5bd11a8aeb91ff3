"""The private code by which an author without an account finds their contribution."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

GRUPOS = 3
LARGO_GRUPO = 4
LARGO_VALE = 32


def nueva_sal() -> str:
    """A random salt, kept with the author's data: without it the code cannot be told again."""
    return secrets.token_hex(16)


def codigo_de(*, aporte_id: int, sal: str) -> str:
    """«ABCD-EFGH-JKLM», 60 bits: derived, so that the receipt mail can quote it and no table keeps it."""
    clave = settings.CLAVE_SEUDONIMOS.encode()
    suma = hmac.new(clave, f"codigo:{aporte_id}:{sal}".encode(), hashlib.sha256).digest()
    letras = base64.b32encode(suma).decode()[: GRUPOS * LARGO_GRUPO]
    return "-".join(letras[i : i + LARGO_GRUPO] for i in range(0, len(letras), LARGO_GRUPO))


def huella_de_codigo(codigo: str) -> str:
    """What is kept of a code: SHA-256 of its letters, upper case, without dashes or spaces."""
    letras = "".join(c for c in codigo.upper() if c.isalnum())
    return hashlib.sha256(letras.encode()).hexdigest()


def vale_de(*, aporte_id: int, sal: str) -> str:
    """What the confirmation link carries: derived too, so that no table keeps it."""
    clave = settings.CLAVE_SEUDONIMOS.encode()
    suma = hmac.new(clave, f"confirmar:{aporte_id}:{sal}".encode(), hashlib.sha256).digest()
    return f"{aporte_id}-{base64.b32encode(suma).decode()[:LARGO_VALE].lower()}"


def aporte_del_vale(vale: str) -> int | None:
    """The contribution a link names, unproved; None for what is no such link."""
    numero, _, resto = vale.partition("-")
    valido = numero.isascii() and numero.isdigit() and len(numero) < 19
    return int(numero) if valido and len(resto) == LARGO_VALE else None


def mismo_vale(vale: str, *, aporte_id: int, sal: str) -> bool:
    """Whether the link is the one that was mailed; in constant time."""
    esperado = vale_de(aporte_id=aporte_id, sal=sal).encode()
    return bool(sal) and hmac.compare_digest(vale.lower().encode(), esperado)
