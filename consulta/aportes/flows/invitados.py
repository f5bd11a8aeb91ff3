"""Whoever takes part without an account: an address to confirm with, and nothing else that is kept."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.textos import limpiar_linea
from cuentas.edades import revisar_edad

PLAZO = timedelta(hours=48)
"""How long a guest may take to confirm, from the moment they sent it."""

LARGO_CORREO = 254


@dataclass(frozen=True)
class Invitado:
    """Who sends without an account. `correo` is never shown; `tramo_edad` is asked and not kept.

    `desde` is the address of the network they come from («dir:…») and `prueba` their proof of work, for
    `comun.puerta`; empty `desde` is for what the house itself sends, such as the demo.
    """

    correo: str
    nombre: str = ""
    tramo_edad: str = ""
    desde: str = ""
    prueba: str = ""


def revisar_invitado(invitado: Invitado) -> Invitado:
    """The same guest, cleaned. Raises DatoInvalido on `tramo_edad` or `correo`."""
    revisar_edad(invitado.tramo_edad)
    correo = revisar_correo(invitado.correo)
    return replace(invitado, correo=correo, nombre=limpiar_linea(invitado.nombre))


def revisar_correo(escrito: str) -> str:
    """A mailbox as it is kept, in lower case, so that it is the same one however it is typed. Raises
    DatoInvalido on `correo`."""
    correo = limpiar_linea(escrito).lower()
    try:
        validate_email(correo)
    except ValidationError:
        correo = ""
    if not correo or len(correo) > LARGO_CORREO:
        raise DatoInvalido(
            _("Escriba un correo al que podamos escribirle, como nombre@ejemplo.cl."),
            campo="correo",
        )
    return correo
