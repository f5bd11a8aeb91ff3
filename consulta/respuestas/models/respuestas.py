"""The reasoned response: its versions, what each covers with which outcome, and where it landed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.aportes.models import Aporte, Punto
from consulta.procesos.models import Consulta, Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.querysets import CoberturaQuerySet, RespuestaVersionQuerySet
from consulta.seguimiento.models import Compromiso
from cuentas.models import Institucion


class Respuesta(models.Model):
    """One response of one institution. What was published lies in its versions and never changes;
    what is being written is a `Borrador`."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="respuestas")
    institucion = models.ForeignKey(
        Institucion,
        verbose_name=_("institución"),
        on_delete=models.PROTECT,
        related_name="respuestas",
    )
    creada_en = models.DateTimeField(_("creada"))
    modificada_en = models.DateTimeField(_("modificada"))

    class Meta:
        verbose_name = _("respuesta")
        ordering = ["-modificada_en"]

    def __str__(self) -> str:
        return f"Respuesta {self.pk}"


class Lote(models.Model):
    """Responses that are prepared at leisure and published at one moment.

    `publicar_en` is when the clock publishes it in the name of `programado_por`. `publicado_en` is when
    its first version was: what was set aside then may follow. `sellando_desde` is set while the worker
    seals its drafts; `detenidos` has those it could not seal, (id of the draft, why). `suspendido_en`
    is when the clock could not keep its moment, `suspendido_motivo` why: who set it was told.
    """

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="lotes")
    nombre = models.CharField(_("nombre"), max_length=120)
    institucion = models.ForeignKey(
        Institucion,
        verbose_name=_("institución"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lotes",
    )
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(_("creado"))
    publicar_en = models.DateTimeField(_("publicar en"), null=True, blank=True)
    programado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sellando_desde = models.DateTimeField(_("sellando desde"), null=True, blank=True)
    detenidos = models.JSONField(_("no se sellaron"), default=list, blank=True, editable=False)
    suspendido_en = models.DateTimeField(_("no se publicó a su hora"), null=True, blank=True)
    suspendido_motivo = models.TextField(_("por qué no se publicó"), blank=True)
    publicado_en = models.DateTimeField(_("publicado"), null=True, blank=True)

    class Meta:
        verbose_name = _("lote de respuestas")
        verbose_name_plural = _("lotes de respuestas")
        ordering = ["-creado_en", "-pk"]

    def __str__(self) -> str:
        return self.nombre


class RespuestaVersion(models.Model):
    """A sealed text with its coverages and destinations: `sha256` is over the three.

    Sealed and not published it waits for its approvals, or for the moment of its `lote`. One that will
    not be published after all keeps when (`sin_efecto_en`) and why. One that answers a branch of a
    thread keeps its head (`rama`), the instant up to which replies were taken (`rama_hasta`, UTC,
    included) and how many there were.
    """

    respuesta = models.ForeignKey(Respuesta, on_delete=models.PROTECT, related_name="versiones")
    n = models.PositiveSmallIntegerField(_("número"))
    razon = models.TextField(_("razón"))
    motivo_cambio = models.TextField(_("motivo del cambio"), blank=True)
    solo_redaccion = models.BooleanField(
        _("solo cambia la redacción"),
        default=False,
        help_text=_(
            "La decisión es la misma: a quien escribió el aporte se le cuenta en una línea."
        ),
    )
    sha256 = models.CharField(max_length=64, blank=True)
    sellada_en = models.DateTimeField(_("sellada"), null=True, blank=True)
    publicada_en = models.DateTimeField(_("publicada"), null=True, blank=True)
    presentada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lote = models.ForeignKey(
        Lote, on_delete=models.PROTECT, null=True, blank=True, related_name="versiones"
    )
    rama = models.ForeignKey(
        Aporte, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rama_hasta = models.DateTimeField(_("comentarios hasta"), null=True, blank=True)
    rama_n = models.PositiveIntegerField(_("comentarios de la rama"), null=True, blank=True)
    sin_efecto_en = models.DateTimeField(_("sin efecto"), null=True, blank=True)
    sin_efecto_motivo = models.TextField(_("por qué quedó sin efecto"), blank=True)

    objects: ClassVar[RespuestaVersionQuerySet] = RespuestaVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("versión de la respuesta")
        verbose_name_plural = _("versiones de la respuesta")
        ordering = ["respuesta", "n"]
        constraints = [
            models.UniqueConstraint(fields=["respuesta", "n"], name="respuestaversion_n_unico"),
            models.CheckConstraint(condition=~Q(razon=""), name="respuesta_con_razon"),
            models.CheckConstraint(
                condition=Q(n=1) | ~Q(motivo_cambio=""), name="respuesta_cambia_con_motivo"
            ),
            models.CheckConstraint(
                condition=Q(publicada_en=None) | (Q(sellada_en__isnull=False) & ~Q(sha256="")),
                name="respuesta_publicada_sellada",
            ),
            models.CheckConstraint(
                condition=Q(sin_efecto_en=None) | (Q(publicada_en=None) & ~Q(sin_efecto_motivo="")),
                name="respuesta_sin_efecto_con_motivo",
            ),
            models.CheckConstraint(
                condition=Q(rama=None, rama_hasta=None, rama_n=None)
                | Q(rama__isnull=False, rama_hasta__isnull=False, rama_n__isnull=False),
                name="respuesta_a_rama_entera",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sellada_en"],
                condition=Q(publicada_en=None, sin_efecto_en=None, sellada_en__isnull=False),
                name="respuesta_presentadas",
            ),
            models.Index(
                fields=["-publicada_en", "-id"],
                condition=Q(publicada_en__isnull=False),
                name="respuesta_publicadas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respuesta_id} v{self.n}"


class Cobertura(models.Model):
    """That one version answers one contribution, with which outcome, and a personal line.

    Of a contribution divided into points there is this general row, with the outcome of the whole, and
    one more per `punto`. `version_leida` is the version of its words that was answered. `huella` is
    the SHA-256 of reason and line as bare words: equal texts are counted by it.
    """

    version = models.ForeignKey(
        RespuestaVersion, on_delete=models.PROTECT, related_name="coberturas"
    )
    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="coberturas")
    punto = models.ForeignKey(
        Punto, on_delete=models.PROTECT, null=True, blank=True, related_name="coberturas"
    )
    resultado = models.CharField(_("resultado"), max_length=20, choices=Resultado.choices)
    linea = models.TextField(_("línea personal"), blank=True)
    version_leida = models.PositiveSmallIntegerField(_("versión leída"), default=1)
    huella = models.CharField(_("huella del texto"), max_length=64, blank=True, db_index=True)

    objects: ClassVar[CoberturaQuerySet] = CoberturaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("cobertura")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "aporte"], condition=Q(punto=None), name="cobertura_unica"
            ),
            models.UniqueConstraint(
                fields=["version", "punto"],
                condition=Q(punto__isnull=False),
                name="cobertura_de_punto_unica",
            ),
            models.CheckConstraint(
                condition=Q(resultado__in=Resultado.values), name="cobertura_resultado_valido"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.aporte_id}: {self.resultado}"

    @cached_property
    def puntos_dichos(self) -> "list[Cobertura]":
        """What the same version says of each point of the contribution, in order; empty when it is not
        divided. One query for a divided one, none after `con_respuesta()` for the others."""
        if not getattr(self, "dividida", True):
            return []
        return list(Cobertura.objects.puntos_de([self]))


class Destino(models.Model):
    """Where it landed: a fragment of the next draft, a commitment, an event, or why nothing changes."""

    cobertura = models.OneToOneField(
        Cobertura, on_delete=models.PROTECT, primary_key=True, related_name="destino"
    )
    fragmento = models.ForeignKey(
        Fragmento, on_delete=models.PROTECT, null=True, blank=True, related_name="destinos"
    )
    compromiso = models.ForeignKey(
        Compromiso, on_delete=models.PROTECT, null=True, blank=True, related_name="destinos"
    )
    evento = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    porque_nada = models.TextField(_("por qué nada cambia"), blank=True)

    class Meta:
        verbose_name = _("destino")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(fragmento__isnull=False, compromiso=None, evento=None, porque_nada="")
                    | Q(fragmento=None, compromiso__isnull=False, evento=None, porque_nada="")
                    | Q(fragmento=None, compromiso=None, evento__isnull=False, porque_nada="")
                    | (Q(fragmento=None, compromiso=None, evento=None) & ~Q(porque_nada=""))
                ),
                name="destino_exactamente_uno",
            )
        ]

    def __str__(self) -> str:
        return self.texto

    @property
    def texto(self) -> str:
        """The destination in words. A paragraph says of what draft: it may be another stage's."""
        if self.fragmento is not None:
            version = self.fragmento.version
            return f"{version}, párrafo {self.fragmento.orden} de «{version.consulta.titulo}»"
        if self.compromiso is not None:
            return f"Compromiso {self.compromiso}"
        return self.evento.title if self.evento is not None else self.porque_nada

    @property
    def url(self) -> str:
        """Address of the destination; empty when nothing changed."""
        destino = self.fragmento or self.compromiso
        if destino is not None:
            return destino.get_absolute_url()
        return self.evento.url if self.evento is not None else ""


_SELLADA = (
    "EXISTS (SELECT 1 FROM respuestas_respuestaversion v "
    "WHERE v.id = {fila}.version_id AND v.sellada_en IS NOT NULL)"
)
_SELLADO_DESTINO = (
    "EXISTS (SELECT 1 FROM respuestas_cobertura c JOIN respuestas_respuestaversion v "
    "ON v.id = c.version_id WHERE c.id = {fila}.cobertura_id AND v.sellada_en IS NOT NULL)"
)
_INTACTA = "Una respuesta publicada no se reescribe: una corrección es una nueva versión"
_SOLO_PUBLICAR = (
    "OLD.sellada_en IS NOT NULL AND (OLD.publicada_en IS NOT NULL "
    "OR NEW.razon IS DISTINCT FROM OLD.razon OR NEW.n IS DISTINCT FROM OLD.n "
    "OR NEW.motivo_cambio IS DISTINCT FROM OLD.motivo_cambio "
    "OR NEW.respuesta_id IS DISTINCT FROM OLD.respuesta_id "
    "OR NEW.rama_id IS DISTINCT FROM OLD.rama_id OR NEW.rama_n IS DISTINCT FROM OLD.rama_n "
    "OR NEW.rama_hasta IS DISTINCT FROM OLD.rama_hasta "
    "OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.sellada_en IS DISTINCT FROM OLD.sellada_en "
    "OR NEW.solo_redaccion IS DISTINCT FROM OLD.solo_redaccion "
    # An erased account leaves the row; nobody takes another's place in it.
    "OR (NEW.presentada_por_id IS NOT NULL "
    "AND NEW.presentada_por_id IS DISTINCT FROM OLD.presentada_por_id))"
)
_VUELVE = (
    "OLD.sin_efecto_en IS NOT NULL AND (NEW.sin_efecto_en IS DISTINCT FROM OLD.sin_efecto_en "
    "OR NEW.sin_efecto_motivo IS DISTINCT FROM OLD.sin_efecto_motivo "
    "OR NEW.publicada_en IS NOT NULL)"
)
GATILLOS = [
    Gatillo("version_resp_u", "respuestas_respuestaversion", "UPDATE", _SOLO_PUBLICAR, _INTACTA),
    Gatillo(
        "version_resp_v", "respuestas_respuestaversion", "UPDATE", _VUELVE,
        "Lo que quedó sin efecto no se publica ni cambia de motivo",
    ),
    Gatillo(
        "version_resp_d", "respuestas_respuestaversion", "DELETE",
        "OLD.sellada_en IS NOT NULL", _INTACTA,
    ),
    *(
        Gatillo(
            f"cobertura_{operacion[0].lower()}", "respuestas_cobertura", operacion,
            _SELLADA.format(fila=fila), _INTACTA,
        )
        for operacion, fila in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    *(
        Gatillo(
            f"destino_{operacion[0].lower()}", "respuestas_destino", operacion,
            _SELLADO_DESTINO.format(fila=fila), _INTACTA,
        )
        for operacion, fila in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    *(
        Gatillo(
            f"punto_{operacion[0].lower()}", "aportes_punto", operacion,
            "EXISTS (SELECT 1 FROM respuestas_cobertura c JOIN respuestas_respuestaversion v "
            "ON v.id = c.version_id WHERE c.punto_id = OLD.id AND v.sellada_en IS NOT NULL)",
            "Un punto que ya se respondió no cambia",
        )
        for operacion in ("UPDATE", "DELETE")
    ),
]  # fmt: skip
