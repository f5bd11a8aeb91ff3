"""How a response to a branch of a thread says what it answers."""

from django.utils import timezone
from django.utils.formats import date_format

from consulta.respuestas.models import RespuestaVersion


def frase_de_rama(version: RespuestaVersion) -> str:
    """«Responde a 12 comentarios de esta conversación recibidos hasta …»; empty for other responses."""
    if version.rama_hasta is None:
        return ""
    hasta = date_format(timezone.localtime(version.rama_hasta), r"j \d\e F \d\e Y, H:i")
    comentarios = "1 comentario" if version.rama_n == 1 else f"{version.rama_n} comentarios"
    recibidos = "recibido" if version.rama_n == 1 else "recibidos"
    return f"Responde a {comentarios} de esta conversación {recibidos} hasta el {hasta}."
