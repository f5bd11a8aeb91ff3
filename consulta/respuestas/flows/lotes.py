"""Batches: answers prepared at leisure, sealed, and published at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio, SinPermiso
from comun.textos import limpiar_linea
from consulta.procesos.models import Consulta
from consulta.respuestas.flows.publicar import (
    Publicadas,
    ensayar_publicacion,
    publicar_versiones,
)
from consulta.respuestas.flows.varios import FilasConReparos, sellar_borrador
from consulta.respuestas.models import Borrador, Lote, RespuestaVersion
from consulta.respuestas.permissions import puede_preparar, puede_redactar
from cuentas.models import Institucion, User

LARGO_NOMBRE = 120
DE_INMEDIATO = 50
"""Drafts that are sealed while one waits; more go to the worker."""


@dataclass(frozen=True)
class Detenido:
    """A draft of a batch that cannot be sealed as it is, and why."""

    borrador: Borrador
    motivo: str
    filas: int = 1


@dataclass
class Sellados:
    """What came out of sealing the drafts of a batch."""

    versiones: list[RespuestaVersion] = field(default_factory=list)
    detenidos: list[Detenido] = field(default_factory=list)


@transaction.atomic
def crear_lote(
    *,
    nombre: str,
    consulta: Consulta,
    por: User,
    institucion: Institucion | None = None,
    ahora: datetime | None = None,
) -> Lote:
    """A batch of one institution, or, of the secretariat, of any. Raises SinPermiso, DatoInvalido."""
    ahora = ahora or timezone.now()
    lote = Lote(consulta=consulta, institucion=institucion, creado_por=por, creado_en=ahora)
    if not puede_preparar(por, lote):
        raise SinPermiso(_("Su cuenta no puede preparar lotes de esa institución."))
    lote.nombre = limpiar_linea(nombre)
    if not lote.nombre:
        raise DatoInvalido(_("Póngale un nombre al lote."), campo="nombre")
    if len(lote.nombre) > LARGO_NOMBRE:
        raise DatoInvalido(
            _("El nombre admite %(m)s caracteres.") % {"m": LARGO_NOMBRE}, campo="nombre"
        )
    lote.save()
    registrar(
        verbo="crear_lote", objeto=lote, por=por, ahora=ahora, despues={"nombre": lote.nombre}
    )
    return lote


@transaction.atomic
def poner_en_lote(
    *,
    lote: Lote | None,
    borradores: Iterable[Borrador],
    por: User,
    ahora: datetime | None = None,
) -> int:
    """Put drafts in a batch, or out of any (`lote` None); returns how many moved.

    Raises SinPermiso, DatoInvalido (`lote`: another consultation or institution), Conflicto (published).
    """
    ids = sorted({b.pk for b in borradores})
    # Drafts before their batch: whoever seals one has it, and then asks for the batch.
    filas = list(
        Borrador.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("institucion")
        .order_by("pk")
    )
    if lote is not None:
        lote = abierto(lote, por)
    for borrador in filas:
        if not puede_redactar(por, borrador.institucion):
            raise SinPermiso(_("Este borrador es de otra institución."))
        if lote is not None and (
            borrador.consulta_id != lote.consulta_id
            or lote.institucion_id not in (None, borrador.institucion_id)
        ):
            raise DatoInvalido(
                _("Ese lote es de otra consulta o de otra institución."), campo="lote"
            )
    movidos = Borrador.objects.filter(pk__in=[b.pk for b in filas]).exclude(lote=lote) if lote else (
        Borrador.objects.filter(pk__in=[b.pk for b in filas], lote__isnull=False)
    )  # fmt: skip
    cuantos = movidos.update(lote=lote)
    if cuantos:
        registrar(
            verbo="poner_en_lote",
            objeto=lote or filas[0],
            por=por,
            ahora=ahora or timezone.now(),
            despues={"borradores": [b.pk for b in filas], "lote": lote.pk if lote else None},
        )
    return cuantos


def sellar_lote(
    *,
    lote: Lote,
    por: User,
    borradores: Iterable[int] | None = None,
    ahora: datetime | None = None,
) -> Sellados:
    """Seal the drafts of a batch, all or those with these ids, each in a short transaction of its own;
    those that cannot be stay drafts, with the reason. Safe to repeat and to interrupt.

    Raises SinPermiso, Conflicto (published).
    """
    with transaction.atomic():
        abierto(lote, por)
    hecho = Sellados()
    suyos = Borrador.objects.filter(lote=lote).order_by("pk")
    if borradores is not None:
        suyos = suyos.filter(pk__in=list(borradores))
    for borrador in suyos:
        try:
            hecho.versiones.append(sellar_borrador(borrador=borrador, por=por, ahora=ahora))
        except FilasConReparos as error:
            hecho.detenidos.append(Detenido(borrador, error.mensaje, len(error.reparos)))
        except ErrorDeDominio as error:
            hecho.detenidos.append(Detenido(borrador, error.mensaje))
    return hecho


@transaction.atomic
def programar_lote(
    *, lote: Lote, en: datetime | None, por: User, ahora: datetime | None = None
) -> Lote:
    """The clock will publish it at `en` (UTC) in the name of `por`; None takes that back.

    Raises SinPermiso, Conflicto (published), DatoInvalido (`publicar_en`: it is past).
    """
    ahora = ahora or timezone.now()
    lote = abierto(lote, por)
    if en is not None and en <= ahora:
        raise DatoInvalido(
            _("Esa hora ya pasó: elija una posterior, o publique ahora."), campo="publicar_en"
        )
    antes, lote.publicar_en = lote.publicar_en, en
    lote.programado_por = por if en is not None else None
    lote.suspendido_en, lote.suspendido_motivo = None, ""
    lote.save(update_fields=["publicar_en", "programado_por", "suspendido_en", "suspendido_motivo"])
    registrar(
        verbo="programar_lote",
        objeto=lote,
        por=por,
        ahora=ahora,
        antes={"publicar_en": antes.isoformat() if antes else None},
        despues={"publicar_en": en.isoformat() if en else None},
    )
    return lote


@transaction.atomic
def publicar_lote(*, lote: Lote, por: User, ahora: datetime | None = None) -> Publicadas:
    """Publish at one moment all that is sealed in a batch and ready; what is not is set aside with its
    reason and may be published later. Publishing again publishes nothing twice.

    A constant number of queries. Raises SinPermiso.
    """
    ahora = ahora or timezone.now()
    lote = _con_permiso(lote, por)
    pendientes = list(RespuestaVersion.objects.presentadas().filter(lote=lote))
    hecho = publicar_versiones(versiones=pendientes, por=por, ahora=ahora)
    # What a colleague published while this waited for its locks is no problem of the batch.
    hecho.apartadas = [a for a in hecho.apartadas if a.version.publicada_en is None]
    # The row of the batch comes after those of contributions and versions: that is the order of locks.
    lote = Lote.objects.select_for_update().get(pk=lote.pk)
    if hecho.versiones and lote.publicado_en is None:
        lote.publicado_en = ahora
    if hecho.versiones or lote.publicar_en is not None:
        lote.publicar_en = None
        if not hecho.apartadas:
            lote.suspendido_en, lote.suspendido_motivo = None, ""
        lote.save(
            update_fields=["publicado_en", "publicar_en", "suspendido_en", "suspendido_motivo"]
        )
        registrar(
            verbo="publicar_lote",
            objeto=lote,
            por=por,
            ahora=ahora,
            despues={
                "publicadas": [v.pk for v in hecho.versiones],
                "apartadas": {str(a.version.pk): a.motivo for a in hecho.apartadas},
            },
        )
    return hecho


def ensayar_lote(*, lote: Lote, por: User) -> Publicadas:
    """What publishing the batch now would publish and set aside. Writes nothing. Raises SinPermiso."""
    _con_permiso(lote, por)
    pendientes = RespuestaVersion.objects.presentadas().filter(lote=lote)
    return ensayar_publicacion(versiones=pendientes, por=por)


@transaction.atomic
def desechar_lote(*, lote: Lote, por: User, ahora: datetime | None = None) -> int:
    """Drop the drafts of a batch; what was sealed stays. Returns how many. Raises SinPermiso, Conflicto."""
    borradores = Borrador.objects.select_for_update().filter(lote=_con_permiso(lote, por))
    suyos = list(borradores.order_by("pk").values_list("pk", flat=True))
    lote = abierto(lote, por)
    Borrador.objects.filter(pk__in=suyos).delete()
    registrar(
        verbo="desechar_lote",
        objeto=lote,
        por=por,
        ahora=ahora or timezone.now(),
        antes={"borradores": len(suyos)},
    )
    return len(suyos)


def abierto(lote: Lote, por: User) -> Lote:
    """The batch, locked. Raises SinPermiso, Conflicto when it was published."""
    lote = Lote.objects.select_for_update(of=("self",)).get(pk=_con_permiso(lote, por).pk)
    if lote.publicado_en is not None:
        raise Conflicto(_("Ese lote ya se publicó: elija otro."))
    return lote


def _con_permiso(lote: Lote, por: User) -> Lote:
    if not puede_preparar(por, lote):
        raise SinPermiso(_("Este lote es de otra institución."))
    return lote
