"""Publishing what was sealed: shown in the thread, counted in the ledger, told to each author."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar_varios
from comun.errores import Conflicto, SinPermiso
from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.conformidad import sectores_que_faltan
from consulta.respuestas.difusion import difundir, difundir_ahora
from consulta.respuestas.flows.coberturas import LineaDeCobertura
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Cobertura, Respuesta, RespuestaVersion, Revision
from consulta.respuestas.permissions import puede_publicar
from consulta.respuestas.revisiones import pedidas_despues
from cuentas.models import Institucion, User

DE_INMEDIATO = 20
"""Contributions whose answers are told and indexed in the transaction itself; more go to the worker."""


@dataclass(frozen=True)
class Apartada:
    """A version that was not published, and why."""

    version: RespuestaVersion
    motivo: str


@dataclass
class Publicadas:
    """What came out of publishing several."""

    versiones: list[RespuestaVersion] = field(default_factory=list)
    apartadas: list[Apartada] = field(default_factory=list)


class FaltaConformidad(Conflicto):
    """The consultation asks for approvals that this version does not have."""


@transaction.atomic
def publicar_respuesta(
    *,
    coberturas: Sequence[LineaDeCobertura],
    razon: str,
    institucion: Institucion,
    por: User,
    respuesta: Respuesta | None = None,
    motivo_cambio: str = "",
    solo_redaccion: bool = False,
    ahora: datetime | None = None,
) -> RespuestaVersion:
    """Seal and publish in one go, where the consultation asks for no approvals.

    Raises what `sellar_respuesta` raises, and FaltaConformidad.
    """
    ahora = ahora or timezone.now()
    version = sellar_respuesta(
        coberturas=coberturas,
        razon=razon,
        institucion=institucion,
        por=por,
        respuesta=respuesta,
        motivo_cambio=motivo_cambio,
        solo_redaccion=solo_redaccion,
        ahora=ahora,
    )
    return publicar_version(version=version, por=por, ahora=ahora)


@transaction.atomic
def publicar_version(
    *, version: RespuestaVersion, por: User, ahora: datetime | None = None
) -> RespuestaVersion:
    """Publish one sealed version. Raises SinPermiso, FaltaConformidad, or Conflicto saying what is off."""
    hecho = publicar_versiones(versiones=[version], por=por, ahora=ahora)
    if hecho.apartadas:
        if sectores_que_faltan([version])[version.pk]:
            raise FaltaConformidad(hecho.apartadas[0].motivo)
        raise Conflicto(hecho.apartadas[0].motivo)
    return hecho.versiones[0]


@transaction.atomic
def publicar_versiones(
    *, versiones: Iterable[RespuestaVersion], por: User | None, ahora: datetime | None = None
) -> Publicadas:
    """Publish sealed versions at one moment, in a constant number of queries.

    Each contribution covered becomes answered, an open review of it resolved, its author told once
    per version. What was withdrawn or removed meanwhile stays so: it is not answered and nobody is
    told. A version is set aside, saying why, when it lacks an approval, when one of its contributions
    was corrected since, its author asked for a review since, or it was answered by another response, or
    when nothing it covers stands any more.

    `por` None is the portal itself: the last approval arrived, the moment of a batch came. Raises
    SinPermiso when one of them is not theirs to publish.
    """
    ahora = ahora or timezone.now()
    ids = sorted({version.pk for version in versiones})
    hecho, responde = _examinar(ids, por)
    _escribir(hecho.versiones, responde, ahora)
    registrar_varios(
        verbo="publicar_respuesta",
        cambios=[
            (v, {"aportes": responde[v.pk], "sha256": v.sha256, "n": v.n}) for v in hecho.versiones
        ],
        por=por,
        ahora=ahora,
    )
    _difundir(hecho.versiones, responde)
    return hecho


@transaction.atomic
def ensayar_publicacion(*, versiones: Iterable[RespuestaVersion], por: User) -> Publicadas:
    """What publishing `versiones` now would publish and set aside, and why. Writes nothing."""
    return _examinar(sorted({version.pk for version in versiones}), por)[0]


def _examinar(ids: list[int], por: User | None) -> tuple[Publicadas, dict[int, list[int]]]:
    """Which of the versions can be published, under lock, and what each of them answers."""
    cubre = defaultdict(list)
    filas = Cobertura.objects.filter(version__in=ids, punto=None).order_by("aporte", "pk")
    for cobertura in filas:
        cubre[cobertura.version_id].append(cobertura)
    aporte_ids = sorted({c.aporte_id for suyas in cubre.values() for c in suyas})
    list(Aporte.objects.select_for_update().filter(pk__in=aporte_ids).order_by("pk").values("pk"))
    aportes = Aporte.objects.select_related("consulta").in_bulk(aporte_ids)
    selladas = list(
        RespuestaVersion.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("respuesta__institucion", "respuesta__consulta")
        .order_by("pk")
    )
    for version in selladas:
        if por is not None and not puede_publicar(por, version.respuesta):
            raise SinPermiso(_("Esta respuesta es de otra institución."))
    faltan = sectores_que_faltan(selladas)
    ajenas = _respondidas_por(aporte_ids)
    divididos, pedidas = _divididos_despues(ids), pedidas_despues(ids)
    hecho = Publicadas()
    responde: dict[int, list[int]] = {}
    for version in selladas:
        vivas = [c for c in cubre[version.pk] if _espera(aportes[c.aporte_id])]
        motivo = _reparo(version, vivas, aportes, ajenas, divididos, pedidas, faltan[version.pk])
        if motivo:
            hecho.apartadas.append(Apartada(version, motivo))
            continue
        responde[version.pk] = [c.aporte_id for c in vivas]
        for cobertura in vivas:
            ajenas[cobertura.aporte_id] = version.respuesta_id
        hecho.versiones.append(version)
    return hecho, responde


def _divididos_despues(versiones: list[int]) -> set[tuple[int, int]]:
    """(version, contribution) where points were named after the version was sealed."""
    suyos = Cobertura.objects.filter(version=OuterRef("version"), aporte=OuterRef("aporte"))
    filas = (
        Cobertura.objects.filter(version__in=versiones, punto=None)
        .filter(Exists(Punto.objects.filter(aporte=OuterRef("aporte"))))
        .exclude(Exists(suyos.exclude(punto=None)))
    )
    return set(filas.values_list("version_id", "aporte_id"))


def _espera(aporte: Aporte) -> bool:
    return aporte.es_visible and aporte.exige_respuesta


def _respondidas_por(aportes: list[int]) -> dict[int, int]:
    """Which response has answered each of `aportes`."""
    filas = Cobertura.objects.publicadas().filter(aporte__in=aportes)
    return dict(filas.values_list("aporte_id", "version__respuesta_id"))


def _reparo(
    version: RespuestaVersion,
    vivas: list[Cobertura],
    aportes: dict[int, Aporte],
    ajenas: dict[int, int],
    divididos: set[tuple[int, int]],
    pedidas: set[tuple[int, int]],
    faltan: list[str],
) -> str:
    """Why `version` cannot be published now; empty when it can."""
    if version.publicada_en is not None:
        return _("Ya estaba publicada.")
    if version.sellada_en is None:
        return _("Aún no está sellada.")
    if version.sin_efecto_en is not None:
        return _("Quedó sin efecto: %(motivo)s") % {"motivo": version.sin_efecto_motivo}
    if not vivas:
        return _("Lo que responde fue retirado o removido: ya no hay a quién responder.")
    if faltan:
        return _("Falta la conformidad de: %(sectores)s.") % {"sectores": ", ".join(faltan)}
    for cobertura in vivas:
        aporte = aportes[cobertura.aporte_id]
        if ajenas.get(aporte.pk, version.respuesta_id) != version.respuesta_id:
            return _("%(folio)s ya fue respondido por otra respuesta.") % {"folio": aporte.folio}
        if (version.pk, aporte.pk) in divididos:
            return _(
                "%(folio)s se dividió en puntos después de sellada la respuesta: respóndalos y "
                "séllela otra vez."
            ) % {"folio": aporte.folio}
        if (version.pk, aporte.pk) in pedidas:
            return _(
                "Su autor o autora pidió revisar la respuesta a %(folio)s, y esta no contesta lo que "
                "pide: léalo y selle otra."
            ) % {"folio": aporte.folio}
        if aporte.version != cobertura.version_leida:
            return _(
                "Su autor o autora corrigió %(folio)s después de sellada la respuesta: léalo y "
                "séllela otra vez."
            ) % {"folio": aporte.folio}
    return ""


def _escribir(
    versiones: list[RespuestaVersion], responde: dict[int, list[int]], ahora: datetime
) -> None:
    RespuestaVersion.objects.filter(pk__in=responde).update(publicada_en=ahora)
    por_institucion: dict[int, list[int]] = defaultdict(list)
    por_aporte = {}
    for version in versiones:
        version.publicada_en = ahora
        por_institucion[version.respuesta.institucion_id] += responde[version.pk]
        por_aporte.update(dict.fromkeys(responde[version.pk], version))
    for institucion, ids in por_institucion.items():
        # Who had it in hand elsewhere has it no more: a review of it is of the institution that answered.
        suya = Case(When(institucion=institucion, then=F("responsable")), default=Value(None))
        Aporte.objects.filter(pk__in=ids).update(
            respondido_en=ahora, institucion=institucion, responsable=suya
        )
    Respuesta.objects.filter(versiones__in=responde).update(modificada_en=ahora)
    abiertas = list(Revision.objects.filter(aporte__in=por_aporte, resuelta_en=None))
    for revision in abiertas:
        revision.resuelta_en, revision.resuelta_por = ahora, por_aporte[revision.aporte_id]
    Revision.objects.bulk_update(abiertas, ["resuelta_en", "resuelta_por"], batch_size=500)


def _difundir(versiones: list[RespuestaVersion], responde: dict[int, list[int]]) -> None:
    """Tell the authors and the archive: at once when they are few, else by the worker."""
    if len(versiones) == 1 and len(responde[versiones[0].pk]) <= DE_INMEDIATO:
        difundir_ahora(versiones[0])
    elif versiones:
        difundir([version.pk for version in versiones])
