"""Mail that is sent once: a row per recipient, reason, object and version, and a task that sends it.

The row and the task are written in the caller's transaction: a rollback sends nothing, a crash after
the commit loses nothing. Each room registers how the mails of its reasons read.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from comun.auditoria import nombre_de
from comun.registro import Aviso


@dataclass(frozen=True)
class Correo:
    """One mail: to whom, about what, and the template `correo/<plantilla>.txt` and `.html`."""

    para: str
    asunto: str
    plantilla: str
    contexto: dict[str, object]


Redactor = Callable[[Aviso], Correo | None]
_redactores: dict[str, Redactor] = {}


def registrar_razon(razon: str, redactor: Redactor) -> None:
    """Say how mails of `razon` read. The function returns None when nobody can be written to any more."""
    _redactores[razon] = redactor


def direccion_absoluta(ruta: str) -> str:
    """`ruta` on the public address of the portal."""
    return urljoin(settings.DIRECCION_BASE, ruta)


def avisar(
    *, destino: str, razon: str, objeto: Model, ahora: datetime, version: int = 1
) -> Aviso | None:
    """Enqueue a mail unless this recipient was already told this; None when they were."""
    aviso, nuevo = Aviso.objects.get_or_create(
        destino=destino,
        razon=razon,
        objeto=nombre_de(objeto),
        version=version,
        defaults={"creado_en": ahora},
    )
    if not nuevo:
        return None
    enviar_aviso.enqueue(aviso.pk)
    return aviso


def identificador(aviso: Aviso) -> str:
    """A Message-ID that is the same however often the mail is tried: a second copy can be told."""
    suma = hashlib.sha256(f"{settings.SECRET_KEY}:{aviso.pk}".encode()).hexdigest()[:16]
    return f"<aviso-{aviso.pk}-{suma}@{urlsplit(settings.DIRECCION_BASE).hostname}>"


@task(queue_name="correo")
def enviar_aviso(aviso_id: int) -> str:
    """Send one notice, if it was not sent yet. Raises what the mail server raised: the clock retries."""
    aviso = Aviso.objects.get(pk=aviso_id)
    if aviso.enviado_en is not None or aviso.sin_direccion:
        return "ya estaba"
    with translation.override(settings.LANGUAGE_CODE):
        correo = _redactores[aviso.razon](aviso)
        if correo is None or not correo.para:
            Aviso.objects.filter(pk=aviso.pk).update(sin_direccion=True)
            return "sin dirección"
        contexto = {
            "sitio": settings.SITIO_NOMBRE,
            "base": settings.DIRECCION_BASE.rstrip("/"),
            "asunto": correo.asunto,
            **correo.contexto,
        }
        mensaje = EmailMultiAlternatives(
            subject=f"{settings.EMAIL_SUBJECT_PREFIX}{correo.asunto}",
            body=render_to_string(f"correo/{correo.plantilla}.txt", contexto),
            to=[correo.para],
            headers={"Message-ID": identificador(aviso), "Auto-Submitted": "auto-generated"},
        )
        mensaje.attach_alternative(
            render_to_string(f"correo/{correo.plantilla}.html", contexto), "text/html"
        )
    mensaje.send()
    Aviso.objects.filter(pk=aviso.pk, enviado_en=None).update(enviado_en=timezone.now())
    return "enviado"
