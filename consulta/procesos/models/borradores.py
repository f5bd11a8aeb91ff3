"""The draft of a consultation: its versions, their fragments, and which became which."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.models.consultas import Consulta
from consulta.procesos.querysets import FragmentoQuerySet, VersionBorradorQuerySet


class VersionBorrador(models.Model):
    """One version of a consulted text. Immutable once published."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="versiones")
    n = models.PositiveSmallIntegerField(_("número"))
    titulo = models.CharField(_("título"), max_length=200, blank=True)
    publicada_en = models.DateTimeField(_("publicada en"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ultimo_cambio = models.JSONField(null=True, blank=True, editable=False)
    """What undoes the last correction (flows/tramos.py); null when there is nothing to undo."""

    objects: ClassVar[VersionBorradorQuerySet] = VersionBorradorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("versión del borrador")
        verbose_name_plural = _("versiones del borrador")
        ordering = ["consulta", "n"]
        constraints = [
            models.UniqueConstraint(fields=["consulta", "n"], name="version_n_unico"),
            models.CheckConstraint(
                condition=Q(publicada_en=None) | ~Q(sha256=""), name="version_publicada_con_sello"
            ),
        ]

    def __str__(self) -> str:
        return f"Versión {self.n}"

    def get_absolute_url(self) -> str:
        return reverse("paginas:borrador_version", args=[self.consulta.slug, self.n])

    def anterior(self) -> "VersionBorrador | None":
        """The published version that came before this one."""
        return (
            VersionBorrador.objects.publicadas()
            .filter(consulta=self.consulta_id, n__lt=self.n)
            .order_by("-n")
            .first()
        )


class Fragmento(models.Model):
    """A piece of one version that one may comment on. Immutable once its version is published."""

    version = models.ForeignKey(
        VersionBorrador, on_delete=models.PROTECT, related_name="fragmentos"
    )
    orden = models.PositiveIntegerField(_("orden"))
    tipo = models.CharField(_("tipo"), max_length=20, choices=TipoFragmento.choices)
    nivel = models.PositiveSmallIntegerField(_("nivel"), default=0)
    texto = models.TextField(_("texto"))
    sha256 = models.CharField(max_length=64)
    revisado = models.BooleanField(_("revisado"), default=False)
    """A person looked at where it comes from, before it was published."""

    objects: ClassVar[FragmentoQuerySet] = FragmentoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("fragmento")
        ordering = ["version", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["version", "orden"], name="fragmento_orden_unico")
        ]

    def __str__(self) -> str:
        return f"§{self.orden} {self.texto[:60]}"

    def get_absolute_url(self) -> str:
        return reverse(
            "paginas:fragmento", args=[self.version.consulta.slug, self.version.n, self.orden]
        )


class Correspondencia(models.Model):
    """Which fragment of one version became which of the next; splits and merges are several edges.

    `por` is the person who set or corrected it, null where the machine proposed it; `seguridad` is
    0–100. Frozen when the later version is published.
    """

    de = models.ForeignKey(Fragmento, on_delete=models.CASCADE, related_name="siguientes")
    a = models.ForeignKey(Fragmento, on_delete=models.CASCADE, related_name="anteriores")
    tipo = models.CharField(_("tipo"), max_length=8, choices=TipoCorrespondencia.choices)
    seguridad = models.PositiveSmallIntegerField(_("seguridad"), default=100)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("correspondencia")
        constraints = [
            models.UniqueConstraint(fields=["de", "a"], name="correspondencia_unica"),
            models.CheckConstraint(
                condition=Q(seguridad__lte=100), name="correspondencia_seguridad_en_cien"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.de_id} → {self.a_id} ({self.tipo})"


_PUBLICADA = (
    "EXISTS (SELECT 1 FROM procesos_versionborrador v "
    "WHERE v.id = {fila}.version_id AND v.publicada_en IS NOT NULL)"
)
_HACIA_PUBLICADA = (
    "EXISTS (SELECT 1 FROM procesos_fragmento f JOIN procesos_versionborrador v "
    "ON v.id = f.version_id WHERE f.id = {fila}.a_id AND v.publicada_en IS NOT NULL)"
)
_INTACTO = "El texto de una versión publicada no cambia: publique una nueva versión"
GATILLOS = [
    Gatillo(
        "version_u", "procesos_versionborrador", "UPDATE", "OLD.publicada_en IS NOT NULL", _INTACTO
    ),
    Gatillo(
        "version_d", "procesos_versionborrador", "DELETE", "OLD.publicada_en IS NOT NULL", _INTACTO
    ),
    Gatillo("fragmento_i", "procesos_fragmento", "INSERT", _PUBLICADA.format(fila="NEW"), _INTACTO),
    Gatillo("fragmento_u", "procesos_fragmento", "UPDATE", _PUBLICADA.format(fila="OLD"), _INTACTO),
    Gatillo("fragmento_d", "procesos_fragmento", "DELETE", _PUBLICADA.format(fila="OLD"), _INTACTO),
    *(
        Gatillo(
            f"correspondencia_{operacion[0].lower()}", "procesos_correspondencia", operacion,
            _HACIA_PUBLICADA.format(fila="NEW" if operacion == "INSERT" else "OLD"), _INTACTO,
        )
        for operacion in ("INSERT", "UPDATE", "DELETE")
    ),
]  # fmt: skip
