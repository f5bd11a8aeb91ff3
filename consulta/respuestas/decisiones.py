"""Who decided what about an answer and when, as it is told: on pages, in mails, by the API."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from comun.fechas import dia_de
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import APRUEBAN, Sentido
from consulta.respuestas.models import (
    Cobertura,
    ConflictoDeInteres,
    Conformidad,
    RespuestaVersion,
)
from consulta.respuestas.sectores_sin_quien import SectorSinQuien, sectores_sin_quien
from foro.enums import Sector


@dataclass(frozen=True, slots=True)
class Decision:
    """One member's word. `suplente` is the public name of who acted for them, empty when they did.
    `cuenta` is false where they declared an interest afterwards."""

    sentido: str
    sentido_texto: str
    nota: str
    sector: str
    sector_texto: str
    nombre: str
    cargo: str
    organizacion: str
    suplente: str
    en: datetime
    cuenta: bool = True


@dataclass(frozen=True, slots=True)
class Impedido:
    """A member who did not decide, for the interest they declared."""

    nombre: str
    organizacion: str
    sector_texto: str
    motivo: str
    en: datetime
    toda_la_consulta: bool


@dataclass(frozen=True, slots=True)
class EstadoDeConformidad:
    """Where a sealed version stands: what each sector said, who is missing, and what comes next."""

    version: RespuestaVersion
    decisiones: list[Decision]
    faltan: list[str]
    pide_cambios: str
    en_lote: bool
    sin_quien: tuple[SectorSinQuien, ...] = ()
    impedidos: tuple[Impedido, ...] = ()

    @property
    def completa(self) -> bool:
        return not self.faltan


def decisiones_de(versiones: Iterable[int]) -> dict[int, list[Decision]]:
    """What was decided about each version (ids), oldest first; two queries."""
    ids = list(versiones)
    filas = (
        Conformidad.objects.filter(version__in=ids)
        .select_related("mandato__organizacion", "por", "version__respuesta")
        .order_by("en", "pk")
    )
    dichas: dict[int, list[Decision]] = defaultdict(list)
    todas = list(filas)
    impedidos = _con_conflicto(todas)
    for fila in todas:
        respuesta = fila.version.respuesta
        dichas[fila.version_id].append(
            _decision(fila, (fila.mandato_id, respuesta.consulta_id, respuesta.pk) not in impedidos)
        )
    return dichas


def impedidos_de(versiones: Iterable[RespuestaVersion]) -> dict[int, list[Impedido]]:
    """Declared interests about each version's response or its whole consultation, by the version's id;
    one query. The versions come with `respuesta`."""
    filas = list(versiones)
    declarados = list(
        ConflictoDeInteres.objects.filter(consulta__in={v.respuesta.consulta_id for v in filas})
        .select_related("mandato__organizacion")
        .order_by("en", "pk")
    )
    return {
        v.pk: [
            Impedido(
                nombre=c.mandato.nombre,
                organizacion=c.mandato.organizacion.nombre,
                sector_texto=c.mandato.get_sector_display(),
                motivo=c.motivo,
                en=c.en,
                toda_la_consulta=c.respuesta_id is None,
            )
            for c in declarados
            if c.consulta_id == v.respuesta.consulta_id and c.respuesta_id in (None, v.respuesta_id)
        ]
        for v in filas
    }


def publicas() -> QuerySet[Conformidad]:
    """Decisions about published answers of announced consultations, the latest first. Each knows the
    number of the first contribution it answers (`n_aporte`), `cuantos` in all, and whether newer
    versions took its place for all of them (`reemplazada`)."""
    generales = Cobertura.objects.filter(version=OuterRef("version"), punto=None)
    return (
        Conformidad.objects.filter(
            version__publicada_en__isnull=False, version__respuesta__consulta__publicada=True
        )
        .select_related(
            "mandato__organizacion", "por", "version__respuesta__institucion",
            "version__respuesta__consulta",
        )
        .annotate(
            n_aporte=Subquery(generales.order_by("aporte__n").values("aporte__n")[:1]),
            cuantos=Count(
                "version__coberturas", filter=Q(version__coberturas__punto=None), distinct=True
            ),
            reemplazada=~Exists(generales.vigentes()),
        )
        .order_by("-en", "-pk")
    )  # fmt: skip


def disensos_de(consulta: Consulta) -> QuerySet[Conformidad]:
    """Dissents published with an answer of `consulta`, as `publicas`."""
    return publicas().filter(version__respuesta__consulta=consulta, sentido=Sentido.CON_DISENSO)


def estado_de(version: RespuestaVersion) -> EstadoDeConformidad:
    """Of one sealed version, with `respuesta__consulta`. Two queries; while it waits for a sector also
    those of `impedidos_de` and of `sectores_sin_quien`."""
    dichas = decisiones_de([version.pk]).get(version.pk, [])
    ultima = {d.sector: d for d in dichas if d.cuenta}
    pedidos = version.respuesta.consulta.conformidades
    faltan = [s for s in pedidos if s not in ultima or ultima[s].sentido not in APRUEBAN]
    piden = [d for s in faltan if (d := ultima.get(s)) and d.sentido == Sentido.PIDE_CAMBIOS]
    espera = bool(faltan) and version.sin_efecto_en is None and version.publicada_en is None
    sin_quien = sectores_sin_quien([version], dia_de(timezone.now())) if espera else {}
    return EstadoDeConformidad(
        version=version,
        decisiones=dichas,
        sin_quien=tuple(sin_quien.get(version.pk, ())),
        impedidos=tuple(impedidos_de([version])[version.pk]) if espera else (),
        faltan=[str(Sector(s).label) for s in faltan],
        pide_cambios=piden[-1].nota if piden else "",
        en_lote=version.lote_id is not None,
    )


def _decision(fila: Conformidad, cuenta: bool) -> Decision:
    mandato = fila.mandato
    suple = fila.por is not None and fila.por_id != mandato.cuenta_id
    return Decision(
        sentido=fila.sentido,
        sentido_texto=fila.get_sentido_display(),
        nota=fila.nota,
        sector=mandato.sector,
        sector_texto=mandato.get_sector_display(),
        nombre=mandato.nombre,
        cargo=mandato.cargo,
        organizacion=mandato.organizacion.nombre,
        suplente=fila.por.firma if suple and fila.por is not None else "",
        en=fila.en,
        cuenta=cuenta,
    )


def _con_conflicto(filas: list[Conformidad]) -> set[tuple[int, int, int]]:
    """(member, consultation, response) of those rows whose member has an interest."""
    declarados = ConflictoDeInteres.objects.filter(mandato__in={f.mandato_id for f in filas})
    pares = set(declarados.values_list("mandato_id", "consulta_id", "respuesta_id"))
    return {
        clave
        for f in filas
        for clave in [(f.mandato_id, f.version.respuesta.consulta_id, f.version.respuesta_id)]
        if clave in pares or (*clave[:2], None) in pares
    }
