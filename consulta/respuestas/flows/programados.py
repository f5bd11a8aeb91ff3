"""A batch whose moment came: published in the name of whoever set it, who is told when it could not be."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comun.auditoria import registrar
from comun.avisos import avisar_a
from comun.errores import ErrorDeDominio
from consulta.respuestas.flows.lotes import publicar_lote
from consulta.respuestas.flows.publicar import Publicadas
from consulta.respuestas.models import Borrador, Lote
from cuentas.models import User
from cuentas.roles import Rol

RAZON = "lote_suspendido"


@transaction.atomic
def publicar_programado(*, lote: Lote, ahora: datetime) -> Publicadas:
    """Publish a batch at its moment. What keeps all or part of it back is written on it, and told to its
    owner, once. Safe to repeat: a moment that was not kept is taken back. Nothing where a person published
    it, or gave it another moment, since the clock looked."""
    vigente = Lote.objects.filter(pk=lote.pk, publicado_en=None, publicar_en__lte=ahora)
    if not vigente.exists():
        return Publicadas()
    por = lote.programado_por
    if por is None or not por.is_active:
        suspender_lote(lote=lote, motivo=_("La cuenta que lo programó ya no está."), ahora=ahora)
        return Publicadas()
    try:
        with transaction.atomic():
            hecho = publicar_lote(lote=lote, por=por, ahora=ahora)
    except ErrorDeDominio as error:
        suspender_lote(lote=lote, motivo=error.mensaje, ahora=ahora)
        return Publicadas()
    if not hecho.versiones and Lote.objects.filter(pk=lote.pk, publicado_en__isnull=False):
        return hecho  # a person published it while this waited for its locks
    if motivo := _que_falto(lote, hecho):
        suspender_lote(lote=lote, motivo=motivo, ahora=ahora)
    return hecho


@transaction.atomic
def suspender_lote(*, lote: Lote, motivo: str, ahora: datetime) -> None:
    """The system takes a moment back that it could not keep: the batch says why, its owner is told."""
    momento = lote.publicar_en or ahora
    Lote.objects.filter(pk=lote.pk).update(
        publicar_en=None, suspendido_en=ahora, suspendido_motivo=motivo
    )
    registrar(
        verbo="suspender_lote", objeto=lote, por=None, ahora=ahora, despues={"motivo": motivo}
    )
    avisar_a(
        destinos=[f"cuenta:{cuenta.pk}" for cuenta in duenos_de(lote)],
        razon=RAZON,
        objeto=lote,
        version=int(momento.timestamp()) // 60,
        ahora=ahora,
    )


def duenos_de(lote: Lote) -> list[User]:
    """Who set its moment; else who made it; else the officials of its institution, or the secretariat."""
    for cuenta in (lote.programado_por, lote.creado_por):
        if cuenta is not None and cuenta.is_active:
            return [cuenta]
    activas = User.objects.filter(is_active=True).order_by("pk")
    if lote.institucion_id is None:
        return list(activas.filter(groups__name=Rol.SECRETARIA))
    return list(activas.filter(institucion=lote.institucion_id, groups__name=Rol.OFICIAL))


def _que_falto(lote: Lote, hecho: Publicadas) -> str:
    """What did not come out and the first reason why; empty when all of it did."""
    salieron, fuera = len(hecho.versiones), len(hecho.apartadas)
    en_borrador = Borrador.objects.filter(lote=lote).count()
    partes = []
    if fuera:
        partes.append(
            ngettext(
                "%(n)s respuesta sellada no pudo publicarse: %(motivo)s",
                "%(n)s respuestas selladas no pudieron publicarse. La primera: %(motivo)s",
                fuera,
            )
            % {"n": fuera, "motivo": hecho.apartadas[0].motivo}
        )
    if en_borrador:
        partes.append(
            ngettext(
                "%(n)s seguía en borrador, sin sellar.",
                "%(n)s seguían en borrador, sin sellar.",
                en_borrador,
            )
            % {"n": en_borrador}
        )
    if not salieron and not partes:
        partes.append(_("No tenía respuestas selladas."))
    return " ".join(partes)
