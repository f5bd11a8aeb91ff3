"""Handing a mail to the server."""

from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage


class CorreoRechazado(OSError):
    """The server does not take that mailbox. It says the codes: this is logged, and no address may be."""


def entregar(mensaje: EmailMessage) -> None:
    """Send it now. Raises OSError, as smtplib does, with nothing in its text of whom it was for."""
    try:
        mensaje.send()
    except SMTPRecipientsRefused as falla:
        codigos = sorted({codigo for codigo, _dicho in falla.recipients.values()})
        raise CorreoRechazado(f"el servidor de correo contestó {codigos}") from None
