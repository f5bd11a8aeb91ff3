"""What a moderator does with contributions: each act by a person, with a reason, audited.

Nothing here is done by a program: no number of reports hides anything (decision 0017).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import nombre_de, registrar
from comun.avisos import avisar, avisar_a
from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio, SinPermiso
from comun.registro import Evento
from comun.textos import limpiar
from consulta.aportes.cuentas_de_campana import volver_a_contar
from consulta.aportes.enums import Causa, EstadoReporte, Situacion
from consulta.aportes.flows.quitar import bajo_llave, dejar_lapida
from consulta.aportes.models import Aporte, Reporte
from consulta.aportes.permissions import puede_moderar, puede_remover
from consulta.aportes.recuentos import contar_postura
from cuentas.models import User

LARGO_MOTIVO = 2_000


@dataclass
class Tanda:
    """What became of several acts asked for at once; `errores` names a folio and says why not."""

    hechos: list[Aporte] = field(default_factory=list)
    errores: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def remover_aporte(
    *, aporte: Aporte, por: User, causa: str, motivo: str = "", ahora: datetime | None = None
) -> Aporte:
    """A moderator removes it for a cause of the public list. A tombstone stays; open reports are upheld.

    `motivo` explains, in public; without it the cause speaks for itself. The author is told, and
    how to appeal. Raises SinPermiso, Conflicto (no longer published) or DatoInvalido.
    """
    ahora = ahora or timezone.now()
    aporte = bajo_llave(aporte)
    if not puede_remover(por, aporte):
        raise SinPermiso(_("Solo moderación puede remover aportes de otras personas."))
    if causa not in Causa.values:
        raise DatoInvalido(_("Elija la causa: quedará a la vista."), campo="causa")
    aporte.situacion = Situacion.REMOVIDO
    aporte.causa = causa
    aporte.motivo = _texto(motivo, "motivo") or str(Causa(causa).label)
    aporte.removido_por = por
    dejar_lapida(aporte, por, ahora)
    _resolver_reportes(aporte, EstadoReporte.ACOGIDO, por, "", ahora)
    _revisar([aporte.pk], ahora)
    avisar(
        destino=f"aporte:{aporte.pk}",
        razon="remocion",
        objeto=aporte,
        ahora=ahora,
        version=_cuantas_remociones(aporte),
    )
    return aporte


def remover_varios(
    *,
    aportes: Iterable[Aporte],
    por: User,
    causa: str,
    motivo: str = "",
    ahora: datetime | None = None,
) -> Tanda:
    """Remove each of `aportes` for the same cause, each in its own transaction and with its own event.

    One that cannot be removed stops nothing else. Raises DatoInvalido for the cause or the reason.
    """
    tanda = Tanda()
    if causa not in Causa.values:
        raise DatoInvalido(_("Elija la causa: quedará a la vista."), campo="causa")
    _texto(motivo, "motivo")
    for aporte in aportes:
        try:
            tanda.hechos.append(
                remover_aporte(aporte=aporte, por=por, causa=causa, motivo=motivo, ahora=ahora)
            )
        except ErrorDeDominio as error:
            tanda.errores.append((aporte.folio, error.mensaje))
    return tanda


@transaction.atomic
def desestimar_reportes(
    *, aporte: Aporte, por: User, nota: str, ahora: datetime | None = None
) -> int:
    """Say why what was reported stays published; returns how many reports that settles.

    Who reported is told, with the note. Raises SinPermiso, DatoInvalido, Conflicto (none is open).
    """
    ahora = ahora or timezone.now()
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.select_related("autoria", "consulta").get(pk=aporte.pk)
    if not puede_remover(por, aporte):
        raise SinPermiso(_("Solo moderación decide sobre reportes, y nunca de un aporte propio."))
    texto = _texto(nota, "nota")
    if not texto:
        raise DatoInvalido(_("Diga por qué sigue publicado: lo leerá quien reportó."), campo="nota")
    cuantos = _resolver_reportes(aporte, EstadoReporte.DESESTIMADO, por, texto, ahora)
    if not cuantos:
        raise Conflicto(_("Alguien ya resolvió estos reportes."))
    _revisar([aporte.pk], ahora)
    registrar(
        verbo="desestimar_reportes",
        objeto=aporte,
        por=por,
        ahora=ahora,
        despues={"reportes": cuantos, "nota": texto},
    )
    return cuantos


@transaction.atomic
def reponer_aporte(
    *, aporte: Aporte, por: User, razon: str, ahora: datetime | None = None
) -> Aporte:
    """Undo a removal that was a mistake, without waiting for an appeal. Where one waits, decide that.

    Raises SinPermiso, DatoInvalido (no reason), Conflicto (not removed, or an appeal is pending).
    """
    ahora = ahora or timezone.now()
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.select_related("autoria", "consulta").get(pk=aporte.pk)
    if not puede_remover(por, aporte):
        raise SinPermiso(_("Solo moderación puede reponer aportes de otras personas."))
    if aporte.apelaciones.filter(acogida=None).exists():
        raise Conflicto(_("Hay una apelación pendiente: resuélvala, y la razón quedará en ella."))
    repuesto = devolver(aporte, por=por, razon=razon, ahora=ahora)
    avisar(
        destino=f"aporte:{aporte.pk}",
        razon="reposicion",
        objeto=aporte,
        ahora=ahora,
        version=_cuantas_remociones(aporte),
    )
    return repuesto


def devolver(aporte: Aporte, *, por: User, razon: str, ahora: datetime) -> Aporte:
    """Publish again a removed contribution, whose row is locked. Its answer was never taken away.

    The cause leaves the row and stays in the audit trail; when and why it came back is public.
    """
    if aporte.situacion != Situacion.REMOVIDO:
        raise Conflicto(_("Este aporte no está removido."))
    texto = _texto(razon, "razon")
    if not texto:
        raise DatoInvalido(_("Escriba la razón: quedará a la vista."), campo="razon")
    antes = {"situacion": aporte.situacion, "causa": aporte.causa, "motivo": aporte.motivo}
    aporte.situacion = Situacion.VIGENTE
    aporte.causa = aporte.motivo = ""
    aporte.quitado_en = aporte.removido_por = None
    aporte.repuesto_en, aporte.repuesto_razon = ahora, texto
    try:
        with transaction.atomic():
            aporte.save(
                update_fields=[
                    "situacion", "causa", "motivo", "quitado_en", "removido_por", "repuesto_en",
                    "repuesto_razon",
                ]
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflicto(
            _("La organización envió después otro comentario al mismo párrafo: solo cabe uno.")
        ) from error
    contar_postura(aporte, cuanto=1)
    volver_a_contar(aporte.pk)
    registrar(
        verbo="reponer_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        antes=antes,
        despues={"situacion": Situacion.VIGENTE, "razon": texto},
    )
    buscador.proyectar([aporte])
    return aporte


@transaction.atomic
def marcar_revisados(*, aportes: Iterable[Aporte], por: User, ahora: datetime | None = None) -> int:
    """Say that a moderator read them and they stay; returns how many were not marked before."""
    if not puede_moderar(por):
        raise SinPermiso(_("Solo moderación marca aportes como revisados."))
    ahora = ahora or timezone.now()
    filas = list(
        Aporte.objects.select_for_update()
        .filter(pk__in=[a.pk for a in aportes], revisado_en=None, confirmado_en__isnull=False)
        .order_by("pk")
    )
    _revisar([fila.pk for fila in filas], ahora)
    for fila in filas:
        registrar(verbo="revisar_aporte", objeto=fila, por=por, ahora=ahora)
    return len(filas)


def _resolver_reportes(
    aporte: Aporte, estado: EstadoReporte, por: User, nota: str, ahora: datetime
) -> int:
    """Settle the open reports of a locked row, and tell each who reported; returns how many."""
    abiertos = list(Reporte.objects.filter(aporte=aporte, estado=EstadoReporte.ABIERTO))
    Reporte.objects.filter(pk__in=[r.pk for r in abiertos]).update(
        estado=estado, resuelto_por=por, resuelto_en=ahora, nota=nota
    )
    cuentas = sorted(r.cuenta_id for r in abiertos if r.cuenta_id is not None)
    avisar_a(
        destinos=[f"cuenta:{pk}" for pk in cuentas], razon="reporte", objeto=aporte, ahora=ahora
    )
    return len(abiertos)


def _revisar(ids: Iterable[int], ahora: datetime) -> None:
    Aporte.objects.filter(pk__in=list(ids), revisado_en=None).update(revisado_en=ahora)


def _cuantas_remociones(aporte: Aporte) -> int:
    """Each removal is told once: a second one, after it came back, is another."""
    return Evento.objects.filter(objeto=nombre_de(aporte), verbo="remover_aporte").count()


def _texto(texto: str, campo: str) -> str:
    limpio = limpiar(texto)
    if len(limpio) > LARGO_MOTIVO:
        raise DatoInvalido(_("El texto es muy largo: el máximo son 2.000 caracteres."), campo=campo)
    return limpio
