"""How the mail about a batch that missed its moment reads: what kept it back, and what to do."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.respuestas.flows.programados import RAZON
from consulta.respuestas.models import Lote, RespuestaVersion
from cuentas.models import User


def suspendido(aviso: Aviso) -> Correo | None:
    """To the owner of the batch; nothing once it was published whole or given another moment."""
    cuenta = User.objects.filter(pk=aviso.destino.partition(":")[2], is_active=True).first()
    lote = Lote.objects.select_related("consulta").filter(pk=aviso.objeto.partition(":")[2]).first()
    if cuenta is None or lote is None or lote.suspendido_en is None:
        return None
    salieron = RespuestaVersion.objects.publicadas().filter(lote=lote).count()
    return Correo(
        para=cuenta.email,
        asunto=_titulo(lote),
        plantilla="orden",
        contexto={
            "titulo": _titulo(lote),
            "parrafos": [
                f"Consulta: {lote.consulta}.",
                f"Sí se publicaron {salieron}." if salieron else "No se publicó ninguna respuesta.",
                lote.suspendido_motivo,
                "Qué hacer: abra el lote, resuelva lo que falta, y publíquelo o póngale otra hora. "
                "Mientras tanto no se publica solo.",
            ],
            "url": direccion_absoluta(reverse("lote_de_respuestas", args=[lote.pk])),
            "boton": "Abrir el lote",
            "porque": "Le escribimos, una sola vez, porque usted programó este lote o responde por él.",
        },
    )


def _titulo(lote: Lote) -> str:
    return f"El lote «{lote}» no se publicó a su hora"[:120]


def _linea(lote: Any, destinos: Sequence[str], version: int) -> dict[str, Any]:
    return dict.fromkeys(destinos, (_titulo(lote), reverse("lote_de_respuestas", args=[lote.pk])))


def registrar_correos_de_lotes() -> None:
    """Called once at start-up."""
    registrar_razon(RAZON, suspendido, clase=Clase.ENCARGOS, linea=_linea)
