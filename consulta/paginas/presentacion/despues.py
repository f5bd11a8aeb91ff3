"""After the answer: what its author says of it, and the one review, as the pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Cobertura, Opinion, Revision
from consulta.respuestas.revisiones import se_pide_hasta

DICHO = {
    Responde.SI: "le responde",
    Responde.EN_PARTE: "le responde en parte",
    Responde.NO: "no le responde",
}
"""How an opinion reads after «a quien lo escribió»."""


@dataclass(frozen=True, slots=True)
class VistaRevision:
    """The review, open or resolved. `texto` is None where its words were taken off."""

    texto: str | None
    pedida_en: datetime
    vence_el: date | None
    resuelta_en: datetime | None
    se_mantiene: bool
    antes: str
    ahora: str


@dataclass(frozen=True, slots=True)
class VistaDespues:
    """What is said of an answer after it was given, and what its author may still say."""

    folio: str
    version: int
    opinion: str
    dicho: str
    opinion_en: datetime | None
    de_otra_version: bool
    revision: VistaRevision | None
    es_suyo: bool
    revisar_hasta: date | None
    url_opinar: str
    url_revision: str
    opciones: list[tuple[str, str]]

    @property
    def hay(self) -> bool:
        """Whether there is anything to show to whoever reads."""
        return self.es_suyo or bool(self.dicho) or self.revision is not None


def despues_de(
    aportes: Iterable[Aporte],
    vigentes: Mapping[int, Cobertura],
    ahora: datetime,
    *,
    suyos: bool,
) -> dict[int, VistaDespues]:
    """By contribution, for those of `aportes` that stand and have an answer in `vigentes`; three queries
    at most. `suyos`: they are shown to whoever wrote them."""
    filas = [a for a in aportes if a.es_visible and a.pk in vigentes]
    ids = [a.pk for a in filas]
    if not ids:
        return {}
    opiniones = Opinion.objects.in_bulk(ids)
    revisiones = Revision.objects.in_bulk(ids)
    resultados = _resultados(revisiones.values())
    return {
        a.pk: _vista(
            a, vigentes[a.pk], opiniones.get(a.pk), revisiones.get(a.pk), resultados, ahora, suyos
        )
        for a in filas
    }


def despues_de_uno(aporte: Aporte, ahora: datetime, *, suyo: bool) -> VistaDespues | None:
    """As `despues_de`, of one; None before its answer. One query more, for the answer."""
    vigentes = Cobertura.objects.vigentes_de([aporte])
    return despues_de([aporte], vigentes, ahora, suyos=suyo).get(aporte.pk)


def _resultados(revisiones: Iterable[Revision]) -> dict[tuple[int, int], str]:
    """The outcome of each version under or after review, by version and contribution; none asked for
    where nothing was reviewed."""
    dichas = list(revisiones)
    if not dichas:
        return {}
    versiones = {r.version_id for r in dichas} | {r.resuelta_por_id for r in dichas} - {None}
    filas = Cobertura.objects.filter(
        version__in=versiones, aporte__in=[r.aporte_id for r in dichas], punto=None
    )
    return {(c.version_id, c.aporte_id): c.get_resultado_display() for c in filas}


def _vista(
    aporte: Aporte,
    vigente: Cobertura,
    opinion: Opinion | None,
    revision: Revision | None,
    resultados: Mapping[tuple[int, int], str],
    ahora: datetime,
    suyos: bool,
) -> VistaDespues:
    hasta = se_pide_hasta(vigente.version)
    puede = suyos and aporte.exige_respuesta and revision is None and dia_de(ahora) <= hasta
    responde = Responde(opinion.responde) if opinion is not None else None
    return VistaDespues(
        folio=aporte.folio,
        version=vigente.version.n,
        opinion=responde.value if responde else "",
        dicho=DICHO[responde] if responde else "",
        opinion_en=opinion.en if opinion else None,
        de_otra_version=opinion is not None and opinion.version_id != vigente.version_id,
        revision=_de_revision(aporte, revision, resultados) if revision else None,
        es_suyo=suyos,
        revisar_hasta=hasta if puede else None,
        url_opinar=reverse("paginas:opinion", args=[aporte.folio]),
        url_revision=reverse("paginas:revision", args=[aporte.folio]),
        opciones=[(str(r.value), str(r.label)) for r in Responde],
    )


def _de_revision(
    aporte: Aporte, revision: Revision, resultados: Mapping[tuple[int, int], str]
) -> VistaRevision:
    antes = resultados.get((revision.version_id, aporte.pk), "")
    despues = resultados.get((revision.resuelta_por_id or 0, aporte.pk), "")
    return VistaRevision(
        texto=revision.texto,
        pedida_en=revision.pedida_en,
        vence_el=aporte.vence_el,
        resuelta_en=revision.resuelta_en,
        se_mantiene=bool(despues) and antes == despues,
        antes=antes,
        ahora=despues,
    )
