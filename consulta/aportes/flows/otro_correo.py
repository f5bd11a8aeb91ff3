"""A guest who mistyped their address gives the right one, or sends the form again with it.

What waits is moved to the right mailbox, so that there is one of it: the link in the first mail ends, and
whoever may have got it can confirm nothing.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.admision import dejar_escribir_a
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.flows.confirmar import volver_a_escribir
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.filas import firma_del
from consulta.aportes.flows.invitados import PLAZO, Invitado, revisar_correo
from consulta.aportes.flows.pedidos import Envio, Pedido
from consulta.aportes.flows.repetidos import huella_de_envio
from consulta.aportes.models import Aporte, Autoria


def por_mudar(
    espera: int | None, clave: UUID, invitado: Invitado | None, ahora: datetime
) -> Aporte | None:
    """The contribution `espera` when it was sent with this `clave`, waits for another mailbox than that
    of `invitado`, and can still be confirmed. One query, none without `espera`."""
    if espera is None or invitado is None:
        return None
    filas = Aporte.objects.con_texto().filter(
        pk=espera, clave_idempotencia=clave, confirmado_en=None, enviado_en__gt=ahora - PLAZO
    )
    ajenas = filas.filter(autoria__cuenta=None).exclude(autoria__correo=invitado.correo)
    return ajenas.select_related("autoria", "consulta").first()


def cambiar_correo(*, aporte: Aporte, invitado: Invitado, ahora: datetime | None = None) -> Envio:
    """Send the link to the mailbox of `invitado` instead of the one `aporte` waits for.

    Also after the stage closed, within the 48 hours: it was sent before. Whoever asks is the browser that
    sent it. Raises DatoInvalido (naming `correo`), SinPermiso (a blocked mailbox), Conflicto (confirmed
    already, or no mail left), FueraDePlazo or DemasiadosIntentos.
    """
    ahora = ahora or timezone.now()
    invitado = replace(invitado, correo=revisar_correo(invitado.correo))
    exigir_sin_bloqueo(None, ahora, correo=invitado.correo)
    dejar_escribir_a(invitado, ahora)
    return mudar(aporte, _como_se_envio(aporte, invitado, ahora))


def _como_se_envio(aporte: Aporte, invitado: Invitado, ahora: datetime) -> Pedido:
    """The sending that `aporte` was, signed as it was, now by `invitado`."""
    dicho, autoria = aporte.contenido, aporte.autoria
    contenido = Contenido(
        dicho.texto or "",
        titulo=dicho.titulo or "",
        campos=dicho.campos or {},
        tema=aporte.tema,
        region=aporte.region,
        tipo_autor=aporte.tipo_autor,
        firma=autoria.nombre_publico,
        organizacion=autoria.organizacion,
        postura=aporte.postura,
        cita=aporte.anclas.order_by("pk").values_list("cita", flat=True).first() or "",
    )
    return Pedido(
        aporte.asunto, TipoAporte(aporte.tipo), contenido, aporte.clave_idempotencia, None, invitado,
        aporte.padre, Canal(aporte.canal), None, None, ahora,
    )  # fmt: skip


@transaction.atomic
def mudar(aporte: Aporte, pedido: Pedido) -> Envio:
    """Write to the mailbox of `pedido`, which was admitted, instead of the one `aporte` waits for, and
    sign it as it is signed now.

    Raises Conflicto: other words or another classification than what waits, confirmed meanwhile, or no
    mail left.
    """
    if _dicho(pedido) != _lo_que_espera(aporte) or pedido.invitado is None:
        raise Conflicto(
            _(
                "Lo que envió antes espera la confirmación de otro correo y decía otra cosa. "
                "Si quiere enviar esto como un aporte nuevo, envíelo otra vez."
            )
        )
    # The lock of the row comes first: a confirmation of the first link waits, and finds it ended.
    volver_a_escribir(aporte, pedido.ahora)
    sal = nueva_sal()
    Autoria.objects.filter(aporte=aporte.pk).update(
        correo=pedido.invitado.correo,
        sal=sal,
        codigo_hash=huella_de_codigo(codigo_de(aporte_id=aporte.pk, sal=sal)),
        huella_envio=huella_de_envio(pedido),
        **firma_del(pedido),
    )
    registrar(verbo="cambiar_correo", objeto=aporte, por=None, ahora=pedido.ahora)
    return Envio(aporte, "", nuevo=False)


def _dicho(pedido: Pedido) -> tuple[object, ...]:
    c = pedido.contenido
    palabras = (c.titulo, c.texto, c.campos)
    return (*palabras, c.tema and c.tema.pk, c.region, c.tipo_autor, c.postura)


def _lo_que_espera(aporte: Aporte) -> tuple[object, ...]:
    a, c = aporte, aporte.contenido
    palabras = (c.titulo or "", c.texto, c.campos or {})
    return (*palabras, a.tema_id, a.region, a.tipo_autor, a.postura)
