"""The same words of the same author to the same place: a second sending that was hardly meant.

A key tells one sending from another; whoever goes back to the form gets a new one. So the author, the
place and the words are kept as one keyed hash, beside what names the author and erased with it:
looking for the first costs the same in a thread of ten and of a hundred thousand.
"""

import hashlib
import hmac
import json
from datetime import datetime

from django.conf import settings

from consulta.aportes.flows.invitados import PLAZO
from consulta.aportes.flows.pedidos import Pedido
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet


def huella_de_envio(pedido: Pedido) -> str:
    """Who, in whose voice, where and which words; spaces and capitals make no difference.

    The place is a matter of one consultation, which belongs to one stage: in another stage the same
    words are another contribution.
    """
    contenido, invitado = pedido.contenido, pedido.invitado
    quien = (
        f"cuenta:{pedido.por.pk}" if pedido.por else f"correo:{invitado.correo}" if invitado else ""
    )
    if not quien:
        return ""
    datos = [
        quien,
        pedido.voz.pk if pedido.voz else None,
        pedido.organizacion.pk if pedido.organizacion else None,
        pedido.asunto.pk,
        pedido.tipo,
        pedido.padre.pk if pedido.padre else None,
        contenido.postura,
        *(_llano(t) for t in (contenido.titulo, contenido.texto, contenido.cita)),
        {c: _llano(v) if isinstance(v, str) else v for c, v in contenido.campos.items()},
    ]
    dicho = json.dumps(datos, sort_keys=True, ensure_ascii=False)
    clave = settings.CLAVE_SEUDONIMOS.encode()
    return hmac.new(clave, f"envio:{dicho}".encode(), hashlib.sha256).hexdigest()


def enviado_antes(huella: str, ahora: datetime) -> Aporte | None:
    """The first that still stands, or can still be confirmed; None when there is none. One query."""
    if not huella:
        return None
    return next((a for a in _con(huella) if a.confirmado_en or ahora < a.enviado_en + PLAZO), None)


def publicado_antes(aporte: Aporte) -> Aporte | None:
    """The first like `aporte` that is public already: asked when a guest confirms, since only the
    mailbox proves that both are theirs."""
    huella = aporte.autoria.huella_envio
    return _con(huella).confirmados().exclude(pk=aporte.pk).first() if huella else None


def _con(huella: str) -> AporteQuerySet:
    filas = Aporte.objects.vigentes().filter(autoria__huella_envio=huella)
    return filas.select_related("consulta", "autoria").order_by("enviado_en", "pk")


def _llano(texto: str) -> str:
    return " ".join(texto.casefold().split())
