"""The way from an empty process to an announced consultation, and what is missing at each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consulta.procesos.anuncio import impedimentos
from consulta.procesos.enums import EstadoEtapa, TipoEtapa
from consulta.procesos.models import Consulta, Etapa, Proceso, VersionBorrador


@dataclass(frozen=True)
class TramoDeConsulta:
    """A consultation on its way: `faltas` is what keeps it from being announced."""

    consulta: Consulta
    faltas: list[str]
    publicada: VersionBorrador | None
    en_preparacion: VersionBorrador | None

    @property
    def pide_borrador(self) -> bool:
        return self.consulta.recibe_observaciones


@dataclass(frozen=True)
class TramoDeEtapa:
    """A stage and its consultations. `cuando` is the word of its state; `admite`, whether a
    consultation that is added now can still be announced."""

    etapa: Etapa
    cuando: str
    admite: bool
    consultas: list[TramoDeConsulta]


def camino_de(proceso: Proceso, ahora: datetime) -> list[TramoDeEtapa]:
    """Every stage of `proceso` in order, with what is missing in it at `ahora`. Three queries."""
    etapas = proceso.etapas.prefetch_related("consultas__versiones").order_by("orden")
    return [
        TramoDeEtapa(
            etapa=etapa,
            cuando=str(etapa.estado(ahora).label),
            admite=bool(TipoEtapa(etapa.tipo).permite)
            and etapa.estado(ahora) is not EstadoEtapa.CERRADA,
            consultas=[_tramo(c, etapa, ahora) for c in etapa.consultas.all()],
        )
        for etapa in etapas
    ]


def _tramo(consulta: Consulta, etapa: Etapa, ahora: datetime) -> TramoDeConsulta:
    consulta.etapa = etapa
    versiones = sorted(consulta.versiones.all(), key=lambda v: -v.n)
    publicada = _primera(v for v in versiones if v.publicada_en)
    consulta.tiene_borrador = publicada is not None
    return TramoDeConsulta(
        consulta=consulta,
        faltas=[] if consulta.publicada else impedimentos(consulta, ahora),
        publicada=publicada,
        en_preparacion=_primera(v for v in versiones if not v.publicada_en),
    )


def _primera(versiones: Iterable[VersionBorrador]) -> VersionBorrador | None:
    return next(iter(versiones), None)
