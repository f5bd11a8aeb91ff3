"""Sending a contribution: what is acknowledged is never lost, and what is sent twice counts once."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto
from consulta.aportes.codigos import codigo_de
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.admision import (
    YaParticipo,
    comprobar_donde,
    comprobar_que_no_hablo,
    comprobar_quien,
)
from consulta.aportes.flows.confirmar import volver_a_escribir
from consulta.aportes.flows.contenido import Contenido, revisar
from consulta.aportes.flows.filas import acompanar, crear_autoria, crear_fila, crear_version
from consulta.aportes.flows.invitados import Invitado, revisar_invitado
from consulta.aportes.flows.otro_correo import mudar, por_mudar
from consulta.aportes.flows.pedidos import Envio, Pedido
from consulta.aportes.flows.postura import comprobar_postura
from consulta.aportes.flows.preguntas import Pregunta, YaEnviado, preguntar, sobre_datos
from consulta.aportes.flows.recepcion import recibir_aporte
from consulta.aportes.flows.repetidos import enviado_antes, huella_de_envio
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor
from consulta.aportes.recibos import lo_escrito
from consulta.procesos.models import Asunto
from cuentas.models import User
from cuentas.representacion import organizacion_de

__all__ = ["Envio", "YaParticipo", "enviar_aporte"]


def enviar_aporte(
    *,
    asunto: Asunto,
    tipo: TipoAporte,
    contenido: Contenido,
    por: User | None,
    clave: UUID,
    invitado: Invitado | None = None,
    padre: Aporte | None = None,
    canal: Canal = Canal.FORMULARIO,
    institucional: bool = False,
    por_organizacion: bool = False,
    adjuntos: Sequence[Elegido] = (),
    preguntas: Collection[Pregunta] = (),
    espera: int | None = None,
    ahora: datetime | None = None,
) -> Envio:
    """Receive a contribution: of an account, which gets folio and receipt at once; or of a guest
    (`por` None, `invitado` given), which waits 48 hours to be confirmed by mail and shows nowhere.

    `clave` names this sending: repeating it (double click, reload, a retried request) returns the
    first contribution. `institucional` speaks for the institution of `por`, and asks no answer;
    `por_organizacion` for the organisation it represents, once per matter.
    `adjuntos` are files uploaded before (`subir_adjunto`). Each of `preguntas` is asked before anything
    is written, by raising what it doubts; the others are told in `Envio.dudas`. `espera` is the
    contribution this very guest sent and has not confirmed: the same `clave` with another address mends it.
    `ahora` is UTC and decides the window, `inicio <= ahora < fin` (INV-04).

    Raises SinPermiso, FueraDePlazo, DatoInvalido (naming the field), Conflicto, YaParticipo or
    PorPreguntar.
    """
    ahora = ahora or timezone.now()
    if por is None and invitado is not None:
        invitado = revisar_invitado(invitado)
    mudado = por_mudar(espera, clave, invitado, ahora) if por is None else None
    previo = _previo(clave, por, invitado) if mudado is None else None
    if previo is not None:
        return previo
    voz = por.institucion if por is not None and institucional else None
    organizacion = organizacion_de(por) if por is not None and por_organizacion else None
    pedido = Pedido(
        asunto, tipo, contenido, clave, por, invitado, padre, canal, voz, organizacion, ahora,
        adjuntos,
    )  # fmt: skip
    comprobar_quien(pedido, institucional=institucional, por_organizacion=por_organizacion)
    comprobar_donde(pedido)
    pedido = replace(pedido, contenido=revisar(contenido, tipo))
    comprobar_postura(pedido.contenido.postura, pedido.consulta, tipo)
    if mudado is not None:
        return mudar(mudado, pedido)
    antes = enviado_antes(huella_de_envio(pedido), ahora)
    if antes is not None and por is None:
        # That a guest sent it is told to their mailbox only: a guess of text and address tells nothing.
        if antes.confirmado_en is None and Pregunta.REPETIDO in preguntas and not adjuntos:
            return _otra_vez(antes, ahora)
        antes = None
    dudas = preguntar(
        [YaEnviado(antes) if antes else None, sobre_datos(pedido.contenido)], preguntas
    )
    try:
        with transaction.atomic():
            return replace(_escribir(pedido), dudas=dudas)
    except IntegrityError:
        # The twin of this very request won the race: the unique key tells, whatever the timing.
        previo = _previo(clave, por, invitado)
        if previo is not None:
            return previo
        comprobar_que_no_hablo(pedido)
        raise


def _previo(clave: UUID, por: User | None, invitado: Invitado | None) -> Envio | None:
    filas = Aporte.objects.filter(clave_idempotencia=clave)
    if not filas.exists():  # nearly always: the wide row is read only where there is one
        return None
    aporte = filas.select_related("autoria", "consulta").get()
    if por is not None and es_autor(por, aporte):
        return Envio(aporte, codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal), nuevo=False)
    autoria = getattr(aporte, "autoria", None)
    if invitado is not None and autoria is not None and autoria.correo == invitado.correo:
        return Envio(aporte, "", nuevo=False)
    raise Conflicto(
        _("Este formulario ya se usó, con otra cuenta u otro correo. Envíelo otra vez si quiere.")
    )


def _otra_vez(aporte: Aporte, ahora: datetime) -> Envio:
    """A guest who sends again what still waits gets the link once more, while mails are left."""
    with suppress(Conflicto):
        volver_a_escribir(aporte, ahora)
    return Envio(aporte, "", nuevo=False)


def _escribir(pedido: Pedido) -> Envio:
    """The row; its words; its author; what hangs from it; the event; and then it counts, or waits.

    Each step has one place, in this order: what another module adds goes in `acompanar`.
    """
    aporte = crear_fila(pedido)
    version = crear_version(aporte, pedido)
    codigo = crear_autoria(aporte, pedido)
    acompanar(aporte, pedido)
    registrar(
        verbo="enviar_aporte",
        objeto=aporte,
        por=pedido.por,
        ahora=pedido.ahora,
        despues={
            "tipo": pedido.tipo,
            "consulta": pedido.consulta.sigla,
            "canal": pedido.canal,
            **lo_escrito(version),
        },
    )
    if pedido.por is None:
        avisar(destino=f"aporte:{aporte.pk}", razon="confirmar", objeto=aporte, ahora=pedido.ahora)
        return Envio(aporte, "", nuevo=True)
    recibir_aporte(aporte, pedido.ahora)
    return Envio(aporte, codigo, nuevo=True)
