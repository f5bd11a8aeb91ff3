"""The mails that allauth writes: they leave at once, and wait for the worker where no server takes them."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from comun.avisos.entrega import entregar
from comun.tareas import ESPERADA

registro = logging.getLogger(__name__)


def enviar(mensaje: EmailMessage) -> None:
    """Send now: somebody waits for it. What the server does not take is tried again by the worker, and
    the page goes on as if it had left."""
    try:
        entregar(mensaje)
    except OSError as falla:
        registro.warning("una carta de ingreso queda por enviar: %s", type(falla).__name__)
        paginas = [str(texto) for texto, _tipo in getattr(mensaje, "alternatives", ())]
        enviar_guardada.using(priority=ESPERADA).enqueue(
            {
                "asunto": str(mensaje.subject),
                "texto": str(mensaje.body),
                "paginas": paginas,
                "de": mensaje.from_email,
                "para": mensaje.to,
            }
        )


@task(queue_name="correo", takes_context=True)
def enviar_guardada(context: TaskContext, carta: dict[str, Any] | None = None) -> str:
    """Send one that waited, unless its link is dead by now. Raises what the mail server raised: it is
    tried again."""
    if carta is None:
        return "ya estaba"
    tarea = context.task_result
    vale = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    viva = tarea.enqueued_at is not None and timezone.now() - tarea.enqueued_at < vale
    if viva:
        mensaje = EmailMultiAlternatives(
            carta["asunto"], carta["texto"], carta["de"], carta["para"]
        )
        for pagina in carta["paginas"]:
            mensaje.attach_alternative(pagina, "text/html")
        entregar(mensaje)
    # Whoever holds its link holds the account: it is kept no longer than it has to wait.
    DBTaskResult.objects.filter(pk=tarea.id).update(args_kwargs={"args": [], "kwargs": {}})
    return "enviada" if viva else "vencida"
