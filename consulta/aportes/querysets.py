"""The vocabulary of the ledger. received = answered + pending + withdrawn + removed (INV-02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Prefetch, Q

from consulta.aportes.enums import Situacion, TipoAporte

if TYPE_CHECKING:
    from consulta.aportes.models import Aporte
    from consulta.procesos.models import Asunto, Consulta

RECIBIDO = Q(confirmado_en__isnull=False, exige_respuesta=True)
VIGENTE = Q(situacion=Situacion.VIGENTE)
RESPONDIDO = RECIBIDO & VIGENTE & Q(respondido_en__isnull=False)
PENDIENTE = RECIBIDO & VIGENTE & Q(respondido_en__isnull=True)


def vencido_q(hoy: date) -> Q:
    """Pending after the day they were due (that day included is still in time)."""
    return PENDIENTE & Q(vence_el__lt=hoy)


@dataclass(frozen=True)
class Balance:
    """The ledger's sums at one instant; `vencidos` is a part of `pendientes`."""

    recibidos: int = 0
    respondidos: int = 0
    pendientes: int = 0
    retirados: int = 0
    removidos: int = 0
    vencidos: int = 0

    @property
    def por_responder(self) -> int:
        """Those that are owed an answer, given or not: the M of «N respondidos de M»."""
        return self.respondidos + self.pendientes

    @property
    def cuadra(self) -> bool:
        return self.recibidos == (
            self.respondidos + self.pendientes + self.retirados + self.removidos
        )

    @property
    def frase(self) -> str:
        """The public line."""
        if not self.por_responder:
            return "Aún no hay aportes por responder"
        respondidos = "respondido" if self.respondidos == 1 else "respondidos"
        pendientes = "pendiente" if self.pendientes == 1 else "pendientes"
        return (
            f"{self.respondidos} {respondidos} de {self.por_responder} · "
            f"{self.pendientes} {pendientes}"
        )


class AporteQuerySet(models.QuerySet["Aporte"]):
    def confirmados(self) -> "AporteQuerySet":
        """Those that count: signed in, or a guest who confirmed."""
        return self.filter(confirmado_en__isnull=False)

    def publicos(self) -> "AporteQuerySet":
        """Those a visitor may find: confirmed, in an announced consultation. Tombstones included."""
        return self.confirmados().filter(consulta__publicada=True)

    def vigentes(self) -> "AporteQuerySet":
        """Neither withdrawn nor removed: their text may be shown."""
        return self.filter(VIGENTE)

    def recibidos(self) -> "AporteQuerySet":
        return self.filter(RECIBIDO)

    def respondidos(self) -> "AporteQuerySet":
        return self.filter(RESPONDIDO)

    def pendientes(self) -> "AporteQuerySet":
        return self.filter(PENDIENTE)

    def vencidos(self, hoy: date) -> "AporteQuerySet":
        return self.filter(vencido_q(hoy))

    def raices(self) -> "AporteQuerySet":
        return self.filter(raiz__isnull=True)

    def propuestas(self) -> "AporteQuerySet":
        return self.filter(tipo=TipoAporte.PROPUESTA)

    def de_asunto(self, asunto: "Asunto") -> "AporteQuerySet":
        return self.filter(asunto=asunto)

    def de_consulta(self, consulta: "Consulta") -> "AporteQuerySet":
        return self.filter(consulta=consulta)

    def de_cuenta(self, cuenta: Any) -> "AporteQuerySet":
        """Those this account wrote, or entered as official voice."""
        return self.filter(autoria__cuenta=cuenta)

    def descendientes(self, raices: Iterable["Aporte"]) -> "AporteQuerySet":
        """Every confirmed reply below `raices`, oldest first, in one query."""
        return (
            self.confirmados().filter(raiz__in=[r.pk for r in raices]).order_by("enviado_en", "pk")
        )

    def con_palabras(self) -> "AporteQuerySet":
        """With consultation, author, institution and current text: what a mail says; two queries."""
        return self.select_related("consulta", "autoria", "en_nombre_de").prefetch_related(
            self._actual()
        )

    def con_texto(self) -> "AporteQuerySet":
        """With author, institution, theme and current text: a constant number of queries."""
        return self.select_related(
            "consulta__etapa__proceso",
            "asunto__fragmento__version__consulta",
            "autoria",
            "en_nombre_de",
            "tema",
        ).prefetch_related(self._actual())

    @staticmethod
    def _actual() -> Prefetch:
        version = apps.get_model("aportes", "AporteVersion")
        actual = version._default_manager.filter(n=F("aporte__version"))
        return Prefetch("versiones", queryset=actual, to_attr="actuales")

    def balance(self, hoy: date) -> Balance:
        """The sums over this queryset, in one query."""
        return Balance(
            **self.aggregate(
                recibidos=Count("pk", filter=RECIBIDO),
                respondidos=Count("pk", filter=RESPONDIDO),
                pendientes=Count("pk", filter=PENDIENTE),
                retirados=Count("pk", filter=RECIBIDO & Q(situacion=Situacion.RETIRADO)),
                removidos=Count("pk", filter=RECIBIDO & Q(situacion=Situacion.REMOVIDO)),
                vencidos=Count("pk", filter=vencido_q(hoy)),
            )
        )
