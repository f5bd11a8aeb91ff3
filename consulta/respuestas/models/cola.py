"""How institutions work through the ledger: referrals, rules, notes, saved views."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comun.regiones import Region
from consulta.aportes.enums import TipoAporte, TipoAutor
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta, Tema
from cuentas.models import Institucion


class Regla(models.Model):
    """Rows of one consultation that nobody has in hand go to `institucion` when they fit every
    condition given; the first rule by `orden` that fits decides.

    The clock gives it what was confirmed since `vale_desde` (UTC), when it was last written or looked
    at; older rows are taken when a person applies the rules."""

    consulta = models.ForeignKey(Consulta, on_delete=models.CASCADE, related_name="reglas")
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)
    tema = models.ForeignKey(
        Tema, verbose_name=_("tema"), on_delete=models.CASCADE, null=True, blank=True
    )
    region = models.CharField(_("región"), max_length=2, choices=Region.choices, blank=True)
    tipo = models.CharField(_("tipo"), max_length=12, choices=TipoAporte.choices, blank=True)
    tipo_autor = models.CharField(
        _("tipo de autor"), max_length=20, choices=TipoAutor.choices, blank=True
    )
    palabras = models.CharField(
        _("palabras"),
        max_length=200,
        blank=True,
        help_text=_("El texto las dice todas, con o sin tildes."),
    )
    desde_parrafo = models.PositiveIntegerField(_("desde el párrafo"), null=True, blank=True)
    hasta_parrafo = models.PositiveIntegerField(_("hasta el párrafo"), null=True, blank=True)
    institucion = models.ForeignKey(
        Institucion, verbose_name=_("institución"), on_delete=models.CASCADE, related_name="+"
    )
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsable"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    activa = models.BooleanField(_("activa"), default=True)
    vale_desde = models.DateTimeField(_("vale desde"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("regla de asignación")
        verbose_name_plural = _("reglas de asignación")
        ordering = ["consulta", "orden", "pk"]

    def __str__(self) -> str:
        return f"{self.orden}: {self.institucion}"


class Derivacion(models.Model):
    """A row changed hands: by a person with a reason, or by a rule. The clock ran on.

    Rows that changed hands in one act share `tanda`; one that was undone says when. `responsable` is
    who got it, `de_responsable` who had it."""

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="derivaciones")
    de = models.ForeignKey(
        Institucion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    a = models.ForeignKey(Institucion, on_delete=models.PROTECT, related_name="+")
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    de_responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    razon = models.TextField(_("razón"), blank=True)
    tanda = models.UUIDField(default=uuid4, editable=False)
    deshecha_en = models.DateTimeField(_("deshecha"), null=True, blank=True)
    regla = models.ForeignKey(
        Regla, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("derivación")
        verbose_name_plural = _("derivaciones")
        ordering = ["-en", "-pk"]
        indexes = [models.Index(fields=["tanda"], name="derivacion_tanda")]
        constraints = [
            models.CheckConstraint(
                condition=Q(de=None) | Q(de=models.F("a")) | ~Q(razon=""),
                name="derivacion_con_razon",
            )
        ]

    def __str__(self) -> str:
        return f"{self.aporte_id}: {self.de_id} → {self.a_id}"


class Nota(models.Model):
    """What officials tell each other about a contribution; never public.

    Of the institution that wrote it, and of the one asked (`para`), which answers with a note that
    `contesta` it.
    """

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="notas")
    institucion = models.ForeignKey(
        Institucion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    para = models.ForeignKey(
        Institucion,
        verbose_name=_("pregunta a"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="preguntas",
    )
    contesta = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="contestaciones"
    )
    texto = models.TextField(_("texto"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("nota interna")
        verbose_name_plural = _("notas internas")
        ordering = ["en", "pk"]
        indexes = [
            models.Index(
                fields=["para", "aporte"], condition=Q(para__isnull=False), name="nota_preguntas"
            )
        ]
        constraints = [models.CheckConstraint(condition=~Q(texto=""), name="nota_con_texto")]

    def __str__(self) -> str:
        return f"nota {self.pk} de {self.aporte_id}"


class VistaGuardada(models.Model):
    """Filters of the queue that an account keeps under a name; `filtros` is their query string."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vistas_guardadas"
    )
    nombre = models.CharField(_("nombre"), max_length=80)
    filtros = models.CharField(_("filtros"), max_length=500, blank=True)
    creada_en = models.DateTimeField(_("creada"))

    class Meta:
        verbose_name = _("vista guardada")
        verbose_name_plural = _("vistas guardadas")
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(fields=["cuenta", "nombre"], name="vista_guardada_unica")
        ]

    def __str__(self) -> str:
        return self.nombre
