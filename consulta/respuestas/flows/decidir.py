"""What a member of the forum says of sealed answers. The last approval publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar_varios
from comun.avisos import avisar_a
from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio, SinPermiso
from comun.fechas import dia_de
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.conformidad import sectores_que_faltan
from consulta.respuestas.encargadas import encargadas_de
from consulta.respuestas.enums import APRUEBAN, Sentido
from consulta.respuestas.flows.dejar import dejar, selladas_bajo_llave
from consulta.respuestas.flows.publicar import publicar_versiones
from consulta.respuestas.impedimentos import impedimentos
from consulta.respuestas.models import Cobertura, Conformidad, Lote, RespuestaVersion
from cuentas.models import User
from foro.asientos import asientos_de
from foro.models import Mandato

LARGO_NOTA = 2_000
JUNTAS = 50
"""Answers one may decide on in one go: each is read before."""


@dataclass
class Decididas:
    """What came of deciding on several: those written, which of them that published, and why not the
    others, by id of the version."""

    conformidades: list[Conformidad] = field(default_factory=list)
    publicadas: list[RespuestaVersion] = field(default_factory=list)
    rechazadas: dict[int, ErrorDeDominio] = field(default_factory=dict)


@transaction.atomic
def decidir_conformidad(
    *,
    version: RespuestaVersion,
    sha256: str,
    mandato: Mandato,
    sentido: str,
    por: User,
    nota: str = "",
    ahora: datetime | None = None,
) -> Decididas:
    """As `decidir_conformidades`, of one: what is in the way is raised."""
    hecho = decidir_conformidades(
        leidas={version.pk: sha256},
        mandato=mandato,
        sentido=sentido,
        por=por,
        nota=nota,
        ahora=ahora,
    )
    for error in hecho.rechazadas.values():
        raise error
    return hecho


@transaction.atomic
def decidir_conformidades(
    *,
    leidas: Mapping[int, str],
    mandato: Mandato,
    sentido: str,
    por: User,
    nota: str = "",
    ahora: datetime | None = None,
) -> Decididas:
    """Decide on each of `leidas` (id of the version → `sha256` of the text that was read), each with a
    row of its own; a refused one holds up no other. A constant number of queries.

    An answer that lacks no sector any more is published at once, unless it waits for the moment of its
    batch, which did not come yet. The officials in charge are told, once for all those of one go.

    Raises SinPermiso (no seat in force) and DatoInvalido, naming the field.
    """
    ahora = ahora or timezone.now()
    nota = _revisar(sentido, nota, len(leidas))
    asiento = next((m for m in asientos_de(por, dia_de(ahora)) if m.pk == mandato.pk), None)
    if asiento is None:
        raise SinPermiso(_("Hoy no integra el foro con ese mandato."))
    _bloquear_aportes(list(leidas))
    versiones = {v.pk: v for v in selladas_bajo_llave(list(leidas))}
    hecho = Decididas()
    for pk in leidas:
        if pk not in versiones:
            hecho.rechazadas[pk] = Conflicto(_("Esa respuesta no existe."))
    trabas = impedimentos(versiones.values(), asiento, por)
    for version in versiones.values():
        error = _reparo(version, leidas[version.pk], trabas[version.pk])
        if error is not None:
            hecho.rechazadas[version.pk] = error
    aceptadas = [v for v in versiones.values() if v.pk not in hecho.rechazadas]
    hecho.conformidades = Conformidad.objects.bulk_create(
        Conformidad(
            version=version,
            mandato=asiento,
            sentido=sentido,
            nota=nota,
            sha256=version.sha256,
            por=por,
            en=ahora,
        )
        for version in aceptadas
    )
    registrar_varios(
        verbo="decidir_conformidad",
        cambios=[
            (
                c.version,
                {"sentido": sentido, "nota": nota, "sha256": c.sha256, "mandato": asiento.pk},
            )
            for c in hecho.conformidades
        ],
        por=por,
        ahora=ahora,
    )
    if sentido in APRUEBAN:
        hecho.publicadas = _publicar_completas(aceptadas, ahora)
    _avisar(hecho.conformidades, ahora)
    return hecho


def _revisar(sentido: str, nota: str, cuantas: int) -> str:
    """The note, cleaned. Raises DatoInvalido."""
    if sentido not in Sentido.values:
        raise DatoInvalido(_("Elija qué decide."), campo="sentido")
    if not 0 < cuantas <= JUNTAS:
        raise DatoInvalido(
            _("Elija de 1 a %(m)s respuestas: cada una se lee antes.") % {"m": JUNTAS},
            campo="versiones",
        )
    nota = limpiar(nota)
    if len(nota) > LARGO_NOTA:
        raise DatoInvalido(_("La nota admite %(m)s caracteres.") % {"m": LARGO_NOTA}, campo="nota")
    if sentido == Sentido.CON_DISENSO and not nota:
        raise DatoInvalido(
            _("Escriba en qué disiente: su nota se publica con la respuesta."), campo="nota"
        )
    if sentido == Sentido.PIDE_CAMBIOS and not nota:
        raise DatoInvalido(
            _("Escriba qué debe cambiar: quien redactó la respuesta lo leerá."), campo="nota"
        )
    return nota


def _bloquear_aportes(versiones: list[int]) -> None:
    """Whoever withdraws or corrects what these answer waits, or was first."""
    cubiertos = Cobertura.objects.filter(version__in=versiones).values("aporte")
    filas = Aporte.objects.select_for_update().filter(pk__in=cubiertos).order_by("pk")
    list(filas.values_list("pk"))


def _reparo(version: RespuestaVersion, leido: str, traba: str) -> ErrorDeDominio | None:
    if version.publicada_en is not None:
        return Conflicto(_("Ya está publicada."))
    if version.sin_efecto_en is not None:
        return Conflicto(_("Quedó sin efecto: %(m)s") % {"m": version.sin_efecto_motivo})
    if leido != version.sha256:
        return Conflicto(_("No es el texto que usted leyó: léalo otra vez."))
    return SinPermiso(traba) if traba else None


def _publicar_completas(
    versiones: list[RespuestaVersion], ahora: datetime
) -> list[RespuestaVersion]:
    """Publish those that lack nothing and wait for no batch (one that was published left them behind);
    what cannot be any more is set aside."""
    faltan = sectores_que_faltan(versiones)
    lotes = {v.lote_id for v in versiones if v.lote_id is not None}
    esperan = Lote.objects.filter(pk__in=lotes, publicado_en=None).values_list("pk", flat=True)
    por_salir = set(esperan) if lotes else set()
    listas = [v for v in versiones if not faltan[v.pk] and v.lote_id not in por_salir]
    if not listas:
        return []
    hecho = publicar_versiones(versiones=listas, por=None, ahora=ahora)
    for apartada in hecho.apartadas:
        dejar(apartada.version, apartada.motivo, None, ahora)
    return hecho.versiones


def _avisar(conformidades: list[Conformidad], ahora: datetime) -> None:
    """One notice to each person in charge, about the last of their answers: the mail lists the rest."""
    ultima: dict[str, Conformidad] = {}
    for conformidad in conformidades:
        for destino in encargadas_de(conformidad.version):
            ultima[destino] = conformidad
    for destino, conformidad in ultima.items():
        avisar_a(destinos=[destino], razon="conformidad_decidida", objeto=conformidad, ahora=ahora)
