"""The vocabulary of responses. The current answer is the latest published coverage."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from consulta.aportes.enums import Situacion
from consulta.respuestas.enums import EXIGEN_CAMBIO

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

    def vigentes(self) -> "CoberturaQuerySet":
        """Those of contributions of which no later published version speaks."""
        posteriores = self.model._default_manager.filter(
            aporte=OuterRef("aporte"),
            punto=None,
            version__publicada_en__isnull=False,
            version__gt=OuterRef("version"),
        )
        return self.exclude(Exists(posteriores.order_by()))

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

    def con_destino(self) -> "CoberturaQuerySet":
        return self.select_related(
            "destino__fragmento__version__consulta", "destino__compromiso__plan", "destino__evento"
        )

    def con_respuesta(self) -> "CoberturaQuerySet":
        """With response, institution, destination and whether it has points, in the same query."""
        de_puntos = self.model._default_manager.filter(
            version=OuterRef("version"), aporte=OuterRef("aporte"), punto__isnull=False
        )
        return (
            self.con_destino()
            .select_related("version__respuesta__institucion")
            .annotate(dividida=Exists(de_puntos.order_by()))
        )

    def puntos_de(self, coberturas: "Iterable[Cobertura]") -> "CoberturaQuerySet":
        """What the versions of `coberturas` say of each point of the same contributions, in order."""
        dichas = list(coberturas)
        return (
            self.filter(
                version__in={c.version_id for c in dichas},
                aporte__in={c.aporte_id for c in dichas},
                punto__isnull=False,
            )
            .con_destino()
            .select_related("punto")
            .order_by("punto__n")
        )

    def poner_puntos(self, coberturas: "Iterable[Cobertura]") -> None:
        """Give each of `coberturas`, which came `con_respuesta()`, its `puntos_dichos`; one query, and
        none where nothing is divided."""
        divididas = {(c.version_id, c.aporte_id): c for c in coberturas if c.dividida}  # type: ignore[attr-defined]
        for cobertura in divididas.values():
            cobertura.puntos_dichos = []
        for punto in self.puntos_de(divididas.values()) if divididas else ():
            if (punto.version_id, punto.aporte_id) in divididas:
                divididas[punto.version_id, punto.aporte_id].puntos_dichos.append(punto)

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
        vigentes = {cobertura.aporte_id: cobertura for cobertura in filas}
        self.model._default_manager.all().poner_puntos(vigentes.values())
        return vigentes

    def que_cambiaron(self, versiones: "Iterable[VersionBorrador]") -> "CoberturaQuerySet":
        """Current answers that brought a contribution into the text of `versiones`, with their folio and
        the fragment they changed. «Ya estaba contemplada» points to a fragment and changed nothing."""
        posteriores = (
            self.model._default_manager.filter(
                aporte=OuterRef("aporte"), punto=None, version__publicada_en__isnull=False
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
        todas = self.model._default_manager.filter(resultado__in=EXIGEN_CAMBIO)
        mismas = todas.filter(version=OuterRef("version"), aporte=OuterRef("aporte")).order_by()
        del_mismo_texto = mismas.filter(
            destino__fragmento=OuterRef("destino__fragmento"), pk__lt=OuterRef("pk")
        )
        return (
            self.filter(
                version__publicada_en__isnull=False,
                destino__fragmento__version__in=[v.pk for v in versiones],
                resultado__in=EXIGEN_CAMBIO,
                aporte__confirmado_en__isnull=False,
            )
            .exclude(Exists(posteriores))
            # Of a divided contribution each point may have changed another fragment: it is told once
            # for each.
            .exclude(Exists(del_mismo_texto))
            .select_related("aporte__consulta", "destino")
            .order_by("aporte__n")
        )


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def publicas(self) -> "OpinionQuerySet":
        """Those of contributions that stand, in announced consultations."""
        return self.filter(
            aporte__confirmado_en__isnull=False,
            aporte__situacion=Situacion.VIGENTE,
            aporte__consulta__publicada=True,
        )

    def vigentes(self) -> "OpinionQuerySet":
        """Those about the newest published version: a newer one asks again."""
        coberturas = apps.get_model("respuestas", "Cobertura")._default_manager
        posteriores = coberturas.filter(
            punto=None, aporte=OuterRef("aporte"), version__publicada_en__isnull=False
        ).filter(
            Q(version__publicada_en__gt=OuterRef("version__publicada_en"))
            | Q(
                version__publicada_en=OuterRef("version__publicada_en"),
                version__gt=OuterRef("version"),
            )
        )
        return self.publicas().exclude(Exists(posteriores.order_by()))
