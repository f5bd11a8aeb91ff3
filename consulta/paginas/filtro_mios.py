"""The filters of «Mis aportes», the same for the page and the API, and how many each leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from consulta.aportes.enums import Situacion
from consulta.aportes.querysets import (
    PENDIENTE,
    RESPONDIDO,
    VIGENTE,
    AporteQuerySet,
    Balance,
    vencido_q,
)

SIN_CONFIRMAR = "sin_confirmar"
VENCIDO = "vencido"

ESTADOS: dict[str, str] = {
    "pendiente": "Pendientes de respuesta",
    VENCIDO: "Con respuesta atrasada",
    "respondido": "Respondidos",
    SIN_CONFIRMAR: "Por confirmar",
    "retirado": "Retirados",
    "removido": "Removidos",
    "sin_exigencia": "Que no esperan respuesta",
}
"""Values of `estado`, and how each reads on the page. All but `vencido`, which is a part of
`pendiente`, share the rows out: what is not confirmed is nothing else."""


def estado_q(estado: str, hoy: date) -> Q:
    """What `estado` asks of a row on `hoy`; nothing where it is empty."""
    confirmado = Q(confirmado_en__isnull=False)
    return {
        "": Q(),
        "pendiente": PENDIENTE,
        VENCIDO: vencido_q(hoy),
        "respondido": RESPONDIDO,
        SIN_CONFIRMAR: ~confirmado,
        "retirado": confirmado & Q(situacion=Situacion.RETIRADO),
        "removido": confirmado & Q(situacion=Situacion.REMOVIDO),
        "sin_exigencia": confirmado & VIGENTE & Q(exige_respuesta=False),
    }[estado]


@dataclass(frozen=True)
class DeConsulta:
    """What one person sent to one consultation: how many in each state; under «», in any."""

    slug: str
    titulo: str
    cuantos: dict[str, int]


@dataclass(frozen=True)
class Cuentas:
    """All of one person's, by consultation, in the order of their titles."""

    consultas: tuple[DeConsulta, ...]

    def cuantos(self, estado: str = "", consulta: str = "") -> int:
        """How many are in `estado` (empty: any), in `consulta` (its slug; empty: all)."""
        return sum(c.cuantos[estado] for c in self.consultas if consulta in ("", c.slug))

    @property
    def frase(self) -> str:
        """The line of the ledger over all of them."""
        respondidos, pendientes = self.cuantos("respondido"), self.cuantos("pendiente")
        return Balance(respondidos=respondidos, pendientes=pendientes).frase


def cuentas_de(todos: AporteQuerySet, hoy: date) -> Cuentas:
    """How many of `todos` each filter leaves on `hoy`: one query, which reads no row out."""
    filas: Iterable[Any] = (
        todos.order_by("consulta__titulo", "consulta__slug")
        .values("consulta__slug", "consulta__titulo")
        .annotate(
            n_=Count("pk"), **{f"n_{e}": Count("pk", filter=estado_q(e, hoy)) for e in ESTADOS}
        )
    )
    return Cuentas(
        tuple(
            DeConsulta(
                slug=f["consulta__slug"],
                titulo=f["consulta__titulo"],
                cuantos={e: f[f"n_{e}"] for e in ("", *ESTADOS)},
            )
            for f in filas
        )
    )
