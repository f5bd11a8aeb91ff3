"""Which addresses a person proved to be theirs."""

from allauth.account.models import EmailAddress

from cuentas.models import User


def correos_verificados(cuenta: User) -> list[str]:
    """The verified addresses of an account, in lower case; one query."""
    direcciones = EmailAddress.objects.filter(user=cuenta, verified=True)
    return [correo.lower() for correo in direcciones.values_list("email", flat=True)]
