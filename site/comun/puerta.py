"""The door of whoever has no account: how often one address may cause a mail, by form and by API alike.

A mail to an address that nobody has proved yet is the one thing a stranger can make this portal do to
somebody else. So every way in that sends one passes here, and all of them spend the same budgets.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.limites import gastar
from comun.pruebas_de_trabajo import gastar_prueba

CAMPO = "altcha"
SIN_PRUEBA = "_sin_prueba"


def pasar(limite: str, *, desde: str, prueba: str = "", ahora: datetime | None = None) -> None:
    """Count one act under `limite` of the address `desde` («dir:…», `limites.direccion_de`).

    With `prueba`, a solved challenge in altcha's format, it counts under `limite`; without one, under
    the stricter `<limite>_sin_prueba`. A proof is used up here, whatever happens next.

    Raises DatoInvalido on `altcha` (not ours, expired, or used before) or DemasiadosIntentos.
    """
    if prueba and not gastar_prueba(prueba):
        raise DatoInvalido(
            _(
                "La comprobación de este formulario venció o ya se usó. Envíelo otra vez, por favor."
            ),
            campo=CAMPO,
        )
    gastar(limite if prueba else f"{limite}{SIN_PRUEBA}", desde, ahora)
