"""The vocabulary of processes: windows are half-open, `inicio <= ahora < fin`, in UTC (INV-04)."""

from datetime import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When

from consulta.procesos.enums import Regimen


def abierta_q(ahora: datetime, prefijo: str = "") -> Q:
    """Stages open at `ahora`; `prefijo` reaches them from another table («etapa__»)."""
    return Q(**{f"{prefijo}inicio__lte": ahora, f"{prefijo}fin__gt": ahora})


class ProcesoQuerySet(models.QuerySet["Proceso"]):
    def vivos(self) -> "ProcesoQuerySet":
        """Processes one may still take part in some day: not historical."""
        return self.exclude(regimen=Regimen.HISTORICO)

    def con_etapas(self) -> "ProcesoQuerySet":
        """With their stages and consultations, in two more queries."""
        return self.prefetch_related("etapas__consultas")


class EtapaQuerySet(models.QuerySet["Etapa"]):
    def abiertas(self, ahora: datetime) -> "EtapaQuerySet":
        return self.filter(abierta_q(ahora))


class ConsultaQuerySet(models.QuerySet["Consulta"]):
    def publicadas(self) -> "ConsultaQuerySet":
        """Announced: the public may see them."""
        return self.filter(publicada=True)

    def abiertas(self, ahora: datetime) -> "ConsultaQuerySet":
        return self.publicadas().filter(abierta_q(ahora, "etapa__"))

    def con_contexto(self) -> "ConsultaQuerySet":
        """With stage, process, and whether its draft may be read, in the same query."""
        versiones = self.model._meta.get_field("versiones").related_model
        publicadas = versiones.objects.publicadas().filter(consulta=OuterRef("pk"))
        return self.select_related("etapa__proceso").annotate(tiene_borrador=Exists(publicadas))


class VersionBorradorQuerySet(models.QuerySet["VersionBorrador"]):
    def publicadas(self) -> "VersionBorradorQuerySet":
        return self.filter(publicada_en__isnull=False)


class FragmentoQuerySet(models.QuerySet["Fragmento"]):
    def publicos(self) -> "FragmentoQuerySet":
        """Fragments of published versions of announced consultations."""
        return self.filter(version__publicada_en__isnull=False, version__consulta__publicada=True)

    def donde_quedo(self, consulta_id: int | None) -> "FragmentoQuerySet":
        """Where what is said in a consultation may have landed: public fragments of those of its process,
        since proposals of one stage shape the draft of another. Its own first, then the newest version."""
        suyo = Case(When(version__consulta=consulta_id, then=0), default=1)
        return (
            self.publicos()
            .filter(version__consulta__etapa__proceso__etapas__consultas=consulta_id)
            .select_related("version__consulta")
            .order_by(suyo, "version__consulta__sigla", "-version__n", "orden")
        )
