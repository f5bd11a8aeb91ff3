"""The mail that invites to set a password, and what following its link proves."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from comun.avisos import Clase, Correo, direccion_absoluta, registrar_razon
from comun.registro import Aviso
from cuentas.flows.cuentas import INVITACION
from cuentas.models import User

DIA = 24 * 60 * 60


def redactar(aviso: Aviso) -> Correo | None:
    """The mail, with a link that is good for PASSWORD_RESET_TIMEOUT seconds and once."""
    pk = aviso.destino.removeprefix("cuenta:")
    cuenta = User.objects.filter(pk=pk, is_active=True).select_related("institucion").first()
    if cuenta is None or cuenta.has_usable_password():
        return None
    enlace = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(cuenta),
            "key": default_token_generator.make_token(cuenta),
        },
    )
    return Correo(
        para=cuenta.email,
        asunto="Elija su contraseña para entrar",
        plantilla="invitacion",
        contexto={
            "cuenta": cuenta,
            "enlace": direccion_absoluta(enlace),
            "recuperar": direccion_absoluta(reverse("account_reset_password")),
            "dias": settings.PASSWORD_RESET_TIMEOUT // DIA,
        },
    )


def confirmar_correo(sender: type[User], user: User, **kwargs: Any) -> None:
    """Receiver of allauth's `password_reset`: who set a password by mail has shown that it arrives.

    Only where the account has no other address, to which the link could have gone.
    """
    direcciones = list(EmailAddress.objects.filter(user=user))
    if not direcciones:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif len(direcciones) == 1 and direcciones[0].email.lower() == user.email.lower():
        direcciones[0].set_verified()


def registrar_invitacion() -> None:
    """Called once at start-up."""
    from allauth.account.signals import password_reset

    registrar_razon(INVITACION, redactar, clase=Clase.RECIBOS)
    password_reset.connect(confirmar_correo, dispatch_uid="cuentas.invitacion")
