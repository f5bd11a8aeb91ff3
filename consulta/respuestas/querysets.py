"""The vocabulary of responses. The current answer is the latest published coverage."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from consulta.respuestas.enums import Resultado

if TYPE_CHECKING:
    from consulta.aportes.models import Aporte
    from consulta.procesos.models import VersionBorrador
    from consulta.respuestas.models import Cobertura


class RespuestaVersionQuerySet(models.QuerySet["RespuestaVersion"]):
    def publicadas(self) -> "RespuestaVersionQuerySet":
        return self.filter(publicada_en__isnull=False)

    def presentadas(self) -> "RespuestaVersionQuerySet":
        """Sealed, neither published nor without effect."""
        return self.filter(sellada_en__isnull=False, publicada_en=None, sin_efecto_en=None)


class CoberturaQuerySet(models.QuerySet["Cobertura"]):
    def publicadas(self) -> "CoberturaQuerySet":
        """One row per contribution and published version: those of points are in `de_puntos`."""
        return self.filter(version__publicada_en__isnull=False, punto=None)

    def de_puntos(self) -> "CoberturaQuerySet":
        """What published versions say of single points of divided contributions."""
        return self.filter(version__publicada_en__isnull=False, punto__isnull=False)

    def presentadas(self) -> "CoberturaQuerySet":
        """Sealed, not published yet: they wait for approvals or for the moment of their batch."""
        return self.filter(
            version__sellada_en__isnull=False,
            version__publicada_en=None,
            version__sin_efecto_en=None,
            punto=None,
        )

    def con_respuesta(self) -> "CoberturaQuerySet":
        """With response, institution and destination, in the same query."""
        return self.select_related(
            "version__respuesta__institucion",
            "destino__fragmento__version__consulta",
            "destino__compromiso__plan",
            "destino__evento",
        )

    def vigentes_de(self, aportes: "Iterable[Aporte]") -> "dict[int, Cobertura]":
        """The current answer of each of `aportes` that has one, by the contribution's id; one query."""
        return self.vigentes_de_ids([a.pk for a in aportes])

    def vigentes_de_ids(self, ids: "Iterable[int]") -> "dict[int, Cobertura]":
        """As `vigentes_de`, by the ids of the contributions."""
        filas = (
            self.publicadas()
            .filter(aporte__in=list(ids))
            .con_respuesta()
            .order_by("version__publicada_en", "version_id")
        )
        return {cobertura.aporte_id: cobertura for cobertura in filas}

    def que_cambiaron(self, versiones: "Iterable[VersionBorrador]") -> "CoberturaQuerySet":
        """Current answers that brought a contribution into the text of `versiones`, with their folio and
        the fragment they changed. «Ya estaba contemplada» points to a fragment and changed nothing."""
        posteriores = (
            self.model._default_manager.filter(
                aporte=OuterRef("aporte"), version__publicada_en__isnull=False
            )
            .filter(
                Q(version__publicada_en__gt=OuterRef("version__publicada_en"))
                | Q(
                    version__publicada_en=OuterRef("version__publicada_en"),
                    version__gt=OuterRef("version"),
                )
            )
            .order_by()
        )
        return (
            self.publicadas()
            .filter(
                destino__fragmento__version__in=[v.pk for v in versiones],
                resultado__in=(Resultado.INCORPORADA, Resultado.PARCIAL),
                aporte__confirmado_en__isnull=False,
            )
            .exclude(Exists(posteriores))
            .select_related("aporte__consulta", "destino")
            .order_by("aporte__n")
        )
