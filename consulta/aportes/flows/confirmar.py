"""A guest confirms by mail, and from then on their contribution counts, dated when it was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo
from comun.limites import gastar
from comun.registro import Aviso
from consulta.aportes.codigos import aporte_del_vale, codigo_de, mismo_vale
from consulta.aportes.flows.invitados import PLAZO
from consulta.aportes.flows.preguntas import PorPreguntar, Pregunta, YaEnviado, preguntar
from consulta.aportes.flows.recepcion import recibir_aporte
from consulta.aportes.flows.repetidos import publicado_antes
from consulta.aportes.models import Aporte, AporteVersion, Autoria

GRACIA = timedelta(hours=72)
"""How long the words stay after `PLAZO`, for whoever comes late to copy them."""

POR_VEZ = 500

CORREOS = 3
"""Mails with the link that one contribution may cause, the first included."""


@dataclass(frozen=True)
class Confirmacion:
    """What a guest takes away; `nuevo` is false when it had been confirmed before. `dudas` as in
    `Envio`."""

    aporte: Aporte
    codigo: str
    nuevo: bool
    dudas: tuple[PorPreguntar, ...] = ()


def vence_en(aporte: Aporte) -> datetime:
    """Until when a guest's contribution may be confirmed (UTC, that instant excluded)."""
    return aporte.enviado_en + PLAZO


def por_vale(vale: str) -> Aporte | None:
    """The contribution whose confirmation link this is; None when it is nobody's, or was deleted."""
    pk = aporte_del_vale(vale)
    if pk is None:
        return None
    aporte = (
        Aporte.objects.con_texto()
        .select_related("consulta__etapa__proceso")
        .filter(pk=pk, autoria__isnull=False)
        .first()
    )
    if aporte is None or not mismo_vale(vale, aporte_id=pk, sal=aporte.autoria.sal):
        return None
    return aporte


@transaction.atomic
def confirmar_aporte(
    *, vale: str, preguntas: Collection[Pregunta] = (), ahora: datetime | None = None
) -> Confirmacion:
    """Give a guest's contribution its folio, its receipt and its place. Idempotent.

    `ahora < enviado_en + 48 h`, also after the stage closed: it was sent before. Raises DatoInvalido
    when the link is nobody's, FueraDePlazo when it is too late, YaEnviado when `preguntas` asks
    about it and the same words of the same mailbox are public already.
    """
    ahora = ahora or timezone.now()
    aporte = por_vale(vale)
    if aporte is None:
        raise DatoInvalido(_("Este enlace no corresponde a un aporte por confirmar."))
    fila = Aporte.objects.select_for_update().filter(pk=aporte.pk).first()
    if fila is None:
        raise DatoInvalido(_("Este aporte no se confirmó a tiempo y ya fue eliminado."))
    codigo = codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)
    aporte.n, aporte.confirmado_en = fila.n, fila.confirmado_en
    if aporte.confirmado_en is not None:
        return Confirmacion(aporte, codigo, nuevo=False)
    if ahora >= vence_en(aporte):
        raise FueraDePlazo(
            _("Pasaron más de 48 horas desde que lo envió: ya no se puede confirmar.")
        )
    antes = publicado_antes(aporte)
    dudas = preguntar([YaEnviado(antes) if antes else None], preguntas)
    registrar(verbo="confirmar_aporte", objeto=aporte, por=None, ahora=ahora)
    recibir_aporte(aporte, ahora)
    return Confirmacion(aporte, codigo, nuevo=True, dudas=dudas)


def reenviar_confirmacion(*, aporte: Aporte, ahora: datetime | None = None) -> int:
    """Send a guest the link again, to the address they wrote; returns how many mails that makes.

    `CORREOS` at most for one contribution, and those of a day to one mailbox. Whoever asks has passed
    `comun.puerta`. Raises Conflicto (confirmed already, or no mail left), FueraDePlazo or
    DemasiadosIntentos.
    """
    ahora = ahora or timezone.now()
    autoria = Autoria.objects.filter(aporte=aporte.pk).first()
    if autoria is not None:
        gastar("invitado_correo", f"correo:{autoria.correo}", ahora)
    return volver_a_escribir(aporte, ahora)


@transaction.atomic
def volver_a_escribir(aporte: Aporte, ahora: datetime) -> int:
    """The mail itself, for who has counted it already. As `reenviar_confirmacion`."""
    fila = Aporte.objects.select_for_update().filter(pk=aporte.pk, confirmado_en=None).first()
    if fila is None:
        raise Conflicto(_("Este aporte ya se confirmó, o fue eliminado."))
    if ahora >= vence_en(fila):
        raise FueraDePlazo(
            _("Pasaron más de 48 horas desde que lo envió: ya no se puede confirmar.")
        )
    destino = f"aporte:{fila.pk}"
    van = Aviso.objects.filter(destino=destino, razon="confirmar").count()
    if van >= CORREOS:
        raise Conflicto(
            _("Ya enviamos %(n)s correos: si ninguno llega, revise la dirección y envíe de nuevo.")
            % {"n": van}
        )
    avisar(destino=destino, razon="confirmar", objeto=fila, version=van + 1, ahora=ahora)
    registrar(verbo="reenviar_confirmacion", objeto=fila, por=None, ahora=ahora)
    return van + 1


def eliminar_sin_confirmar(ahora: datetime) -> int:
    """Delete what nobody confirmed in 48 hours and 72 more, with all that named its author.

    Safe to repeat, and beside a confirmation: each row is taken under its lock. The event keeps that
    it was deleted, and nothing of the person. Returns how many.
    """
    viejos = Aporte.objects.filter(confirmado_en=None, enviado_en__lt=ahora - PLAZO - GRACIA)
    hechos = 0
    for pk in list(viejos.values_list("pk", flat=True)[:POR_VEZ]):
        with transaction.atomic():
            aporte = viejos.select_for_update().filter(pk=pk).first()
            if aporte is not None:
                _eliminar(aporte, ahora)
                hechos += 1
    return hechos


def _eliminar(aporte: Aporte, ahora: datetime) -> None:
    registrar(verbo="eliminar_sin_confirmar", objeto=aporte, por=None, ahora=ahora)
    archivos = [(a.archivo.storage, str(a.archivo.name)) for a in aporte.adjuntos.all()]
    aporte.adjuntos.all().delete()
    AporteVersion.objects.filter(aporte=aporte).delete()
    aporte.delete()
    for almacen, nombre in archivos:
        transaction.on_commit(partial(almacen.delete, nombre))
