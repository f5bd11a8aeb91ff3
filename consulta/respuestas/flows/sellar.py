"""Sealing a response: from here on its text, what it covers and where it landed cannot change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.coberturas import (
    DestinoElegido,
    LineaDeCobertura,
    LineaDePunto,
    bajo_llave,
    comprobar,
    revisar,
)
from consulta.respuestas.flows.puntos import con_puntos
from consulta.respuestas.flows.redaccion import exigir_misma_decision
from consulta.respuestas.models import Cobertura, Destino, Lote, Respuesta, RespuestaVersion
from consulta.respuestas.permissions import puede_responder
from consulta.respuestas.sello import huella_de_texto, sello_de
from cuentas.models import Institucion, User


@dataclass(frozen=True)
class Rama:
    """A branch of a thread, from its head down, up to an instant (UTC, included)."""

    cabeza: Aporte
    hasta: datetime


@transaction.atomic
def sellar_respuesta(
    *,
    coberturas: Sequence[LineaDeCobertura],
    razon: str,
    institucion: Institucion,
    por: User,
    respuesta: Respuesta | None = None,
    motivo_cambio: str = "",
    solo_redaccion: bool = False,
    lote: Lote | None = None,
    rama: Rama | None = None,
    ahora: datetime | None = None,
) -> RespuestaVersion:
    """Seal the next version of a response, unpublished; without `respuesta`, the first of a new one.

    A version after the first is of the institution that gave the first, whatever `institucion` says, and
    needs `motivo_cambio`; with `solo_redaccion` it decides what the published one decided, in other
    words, and its authors are told in a line. A divided contribution needs an
    answer to each of its points, or one that holds for all. `rama` says that it answers a branch of a thread.
    `publicar_versiones` publishes it, once it has the approvals the consultation asks.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (withdrawn or removed meanwhile,
    answered by another response, sealed already; TextoCorregido when it says something else by now).
    """
    ahora = ahora or timezone.now()
    lineas = con_puntos([revisar(linea) for linea in coberturas])
    razon, motivo_cambio = limpiar(razon), limpiar(motivo_cambio)
    comprobar(lineas, razon, motivo_cambio, respuesta)
    aportes = bajo_llave(lineas, respuesta)
    institucion = de_quien_es(respuesta, institucion)
    for aporte in aportes.values():
        if not puede_responder(por, aporte, institucion):
            raise SinPermiso(
                _("%(folio)s está a cargo de otra institución, o es un aporte suyo.")
                % {"folio": aporte.folio}
            )
    lote = lote_abierto(lote, next(iter(aportes.values())).consulta_id)
    if solo_redaccion:
        exigir_misma_decision(lineas, respuesta)
    if respuesta is None:
        respuesta = Respuesta.objects.create(
            consulta_id=next(iter(aportes.values())).consulta_id,
            institucion=institucion,
            creada_en=ahora,
            modificada_en=ahora,
        )
    version = RespuestaVersion(
        respuesta=respuesta,
        razon=razon,
        motivo_cambio=motivo_cambio,
        solo_redaccion=solo_redaccion,
        lote=lote,
        presentada_por=por,
        rama=rama.cabeza if rama else None,
        rama_hasta=rama.hasta if rama else None,
        rama_n=len(lineas) if rama else None,
    )
    _sellar(version, lineas, aportes, ahora)
    registrar(
        verbo="sellar_respuesta",
        objeto=version,
        por=por,
        ahora=ahora,
        despues={"aportes": sorted(aportes), "sha256": version.sha256, "n": version.n},
    )
    return version


def de_quien_es(respuesta: Respuesta | None, institucion: Institucion) -> Institucion:
    """Who answers: whoever gave `respuesta`, where there is one already, else `institucion`."""
    if respuesta is None or respuesta.institucion_id == institucion.pk:
        return institucion
    return respuesta.institucion


def lote_abierto(lote: Lote | None, consulta_id: int) -> Lote | None:
    """The batch, locked. Raises DatoInvalido (of another consultation) or Conflicto (published)."""
    if lote is None:
        return None
    lote = Lote.objects.select_for_update().get(pk=lote.pk)
    if lote.consulta_id != consulta_id:
        raise DatoInvalido(_("Ese lote es de otra consulta."), campo="lote")
    if lote.publicado_en is not None:
        raise Conflicto(_("Ese lote ya se publicó: elija otro."))
    return lote


def _sellar(
    version: RespuestaVersion,
    lineas: list[LineaDeCobertura],
    aportes: dict[int, Aporte],
    ahora: datetime,
) -> None:
    """Number it, write it with what it covers, and freeze the three."""
    respuesta = version.respuesta
    Respuesta.objects.select_for_update().get(pk=respuesta.pk)
    ultima = respuesta.versiones.order_by("-n").values_list("n", flat=True).first() or 0
    version.n = ultima + 1
    version.motivo_cambio = version.motivo_cambio if ultima else ""
    version.save(force_insert=True)
    dichas: list[tuple[Cobertura, DestinoElegido]] = list(
        chain.from_iterable(_filas(version, linea, aportes[linea.aporte.pk]) for linea in lineas)
    )
    coberturas = Cobertura.objects.bulk_create([cobertura for cobertura, _destino in dichas])
    destinos = Destino.objects.bulk_create(
        Destino(
            cobertura=cobertura,
            fragmento=elegido.fragmento,
            compromiso=elegido.compromiso,
            evento=elegido.evento,
            porque_nada=elegido.porque_nada,
        )
        for cobertura, (_fila, elegido) in zip(coberturas, dichas, strict=True)
    )
    for cobertura, destino in zip(coberturas, destinos, strict=True):
        cobertura.destino = destino
    version.sha256 = sello_de(version, coberturas)
    version.sellada_en = ahora
    version.save(update_fields=["sha256", "sellada_en"])


def _filas(
    version: RespuestaVersion, linea: LineaDeCobertura, aporte: Aporte
) -> list[tuple[Cobertura, DestinoElegido]]:
    """The general row of a contribution, then one per point."""
    dichas: list[LineaDeCobertura | LineaDePunto] = [linea, *linea.puntos]
    return [
        (
            Cobertura(
                version=version,
                aporte=aporte,
                punto=dicha.punto if isinstance(dicha, LineaDePunto) else None,
                resultado=dicha.resultado,
                linea=dicha.linea,
                version_leida=aporte.version,
                huella=huella_de_texto(version.razon, dicha.linea),
            ),
            dicha.destino,
        )
        for dicha in dichas
    ]
