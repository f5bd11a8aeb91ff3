"""Processes, stages and consultations; the draft text, its versions and fragments."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.procesos.enums import (
    EstadoEtapa,
    Regimen,
    Regla,
    TipoCorrespondencia,
    TipoEtapa,
    TipoFragmento,
    Verbo,
)
from consulta.procesos.querysets import (
    ConsultaQuerySet,
    EtapaQuerySet,
    FragmentoQuerySet,
    ProcesoQuerySet,
    VersionBorradorQuerySet,
)


class Tema(models.Model):
    """A theme contributions are classified by."""

    nombre = models.CharField(_("nombre"), max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("tema")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Proceso(models.Model):
    """A co-creation or consultation process, made of dated stages."""

    titulo = models.CharField(_("título"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    regimen = models.CharField(
        _("régimen"), max_length=20, choices=Regimen.choices, default=Regimen.VIGENTE
    )
    resumen = models.TextField(_("resumen"), blank=True)
    nota_fuente = models.TextField(_("nota sobre la fuente"), blank=True)

    objects: ClassVar[ProcesoQuerySet] = ProcesoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("proceso")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("paginas:proceso", args=[self.slug])

    @property
    def es_historico(self) -> bool:
        return self.regimen == Regimen.HISTORICO

    @property
    def es_demostracion(self) -> bool:
        return self.regimen == Regimen.DEMOSTRACION


class Etapa(models.Model):
    """A stage: planned and actual dates. `[inicio, fin)` in UTC; null where the source has none."""

    proceso = models.ForeignKey(Proceso, on_delete=models.PROTECT, related_name="etapas")
    tipo = models.CharField(_("tipo"), max_length=20, choices=TipoEtapa.choices)
    orden = models.PositiveSmallIntegerField(_("orden"))
    titulo = models.CharField(_("título"), max_length=120, blank=True)
    descripcion = models.TextField(_("descripción"), blank=True)
    prevista_inicio = models.DateTimeField(_("inicio previsto"), null=True, blank=True)
    prevista_fin = models.DateTimeField(_("fin previsto"), null=True, blank=True)
    inicio = models.DateTimeField(_("inicio"), null=True, blank=True)
    fin = models.DateTimeField(_("fin"), null=True, blank=True)
    cifras = models.JSONField(
        _("cifras de la fuente"),
        default=dict,
        blank=True,
        help_text=_("Totales que da la fuente cuando no se conocen los textos."),
    )

    objects: ClassVar[EtapaQuerySet] = EtapaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("etapa")
        ordering = ["proceso", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["proceso", "orden"], name="etapa_orden_unico"),
            models.CheckConstraint(
                condition=Q(inicio=None) | Q(fin=None) | Q(fin__gt=F("inicio")),
                name="etapa_termina_despues_de_empezar",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def nombre(self) -> str:
        return self.titulo or self.get_tipo_display()

    def estado(self, ahora: datetime) -> EstadoEtapa:
        """Where the stage is at `ahora`, by the server's clock."""
        if self.inicio is None or self.fin is None:
            return EstadoEtapa.SIN_FECHA
        if ahora < self.inicio:
            return EstadoEtapa.FUTURA
        return EstadoEtapa.ABIERTA if ahora < self.fin else EstadoEtapa.CERRADA

    def permite(self, verbo: Verbo, ahora: datetime) -> bool:
        """Whether participants may do `verbo` here at `ahora`; never in a historical process."""
        return (
            not self.proceso.es_historico
            and self.estado(ahora) is EstadoEtapa.ABIERTA
            and verbo in TipoEtapa(self.tipo).permite
        )


class Consulta(models.Model):
    """A call to contribute, inside one stage, which gives it its window."""

    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="consultas")
    titulo = models.CharField(_("título"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    sigla = models.CharField(
        _("sigla"),
        max_length=12,
        unique=True,
        help_text=_("Encabeza los folios: P7B da P7B-0001. Letras mayúsculas y números."),
    )
    resumen = models.TextField(_("resumen"))
    que_se_puede_cambiar = models.TextField(_("qué se puede cambiar"))
    que_no_se_puede_cambiar = models.TextField(_("qué no se puede cambiar"), blank=True)
    quien_decide = models.TextField(_("quién decide"))
    responder_antes_de = models.DateField(_("responder antes de"), null=True, blank=True)
    publicada = models.BooleanField(_("publicada"), default=False)
    anunciada_en = models.DateTimeField(_("anunciada"), null=True, blank=True, editable=False)
    pide_postura = models.BooleanField(
        _("pide postura"),
        default=False,
        help_text=_("Cada comentario dice si está a favor, neutral o en contra."),
    )
    acepta_invitados = models.BooleanField(
        _("acepta aportes sin cuenta"),
        default=True,
        help_text=_("Quien no tiene cuenta confirma su aporte por correo, en 48 horas."),
    )
    acepta_adjuntos = models.BooleanField(_("acepta archivos adjuntos"), default=True)
    config = models.JSONField(_("configuración"), default=dict, blank=True)

    objects: ClassVar[ConsultaQuerySet] = ConsultaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("consulta")
        ordering = ["-etapa__inicio", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sigla__regex=r"^[A-Z][A-Z0-9]{1,11}$"), name="consulta_sigla_valida"
            )
        ]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("paginas:consulta", args=[self.slug])

    @property
    def recibe_propuestas(self) -> bool:
        return Verbo.PROPONER in TipoEtapa(self.etapa.tipo).permite

    @property
    def recibe_observaciones(self) -> bool:
        return Verbo.OBSERVAR in TipoEtapa(self.etapa.tipo).permite

    @cached_property
    def tiene_borrador(self) -> bool:
        """Whether a version of its draft is published. `con_contexto()` brings it along."""
        return self.versiones.publicadas().exists()

    @property
    def espera_borrador(self) -> bool:
        """It is about a draft that nobody can read yet."""
        return self.recibe_observaciones and not self.tiene_borrador


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


class Prorroga(models.Model):
    """The announced end of a stage moved forward, before it came, for a published reason (INV-04)."""

    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="prorrogas")
    fin_anterior = models.DateTimeField(_("terminaba"))
    fin_nuevo = models.DateTimeField(_("termina"))
    razon = models.TextField(_("razón"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("decidida"))

    class Meta:
        verbose_name = _("prórroga")
        ordering = ["etapa", "en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin_nuevo__gt=F("fin_anterior")), name="prorroga_hacia_adelante"
            ),
            models.CheckConstraint(condition=~Q(razon=""), name="prorroga_con_razon"),
        ]

    def __str__(self) -> str:
        return f"prórroga de {self.etapa_id}"


class Excepcion(models.Model):
    """A rule of the calendar set aside in public: who, when, why (INV-03)."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="excepciones")
    regla = models.CharField(_("regla"), max_length=20, choices=Regla.choices)
    dias = models.SmallIntegerField(_("días de anticipación"), null=True, blank=True)
    razon = models.TextField(_("razón"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("decidida"))

    class Meta:
        verbose_name = _("excepción")
        verbose_name_plural = _("excepciones")
        constraints = [
            models.UniqueConstraint(fields=["consulta", "regla"], name="excepcion_una_por_regla"),
            models.CheckConstraint(condition=~Q(razon=""), name="excepcion_con_razon"),
        ]

    def __str__(self) -> str:
        return f"{self.regla} en {self.consulta_id}"


class Asunto(models.Model):
    """That which one may speak of: a consultation as a whole, or one fragment of its draft."""

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="asuntos")
    fragmento = models.OneToOneField(
        Fragmento, on_delete=models.PROTECT, null=True, blank=True, related_name="asunto"
    )

    class Meta:
        verbose_name = _("asunto")
        constraints = [
            models.UniqueConstraint(
                fields=["consulta"], condition=Q(fragmento=None), name="asunto_general_unico"
            )
        ]

    def __str__(self) -> str:
        return str(self.fragmento or self.consulta)

    def get_absolute_url(self) -> str:
        return (self.fragmento or self.consulta).get_absolute_url()


_PUBLICADA = (
    "EXISTS (SELECT 1 FROM procesos_versionborrador v "
    "WHERE v.id = {fila}.version_id AND v.publicada_en IS NOT NULL)"
)
_HACIA_PUBLICADA = (
    "EXISTS (SELECT 1 FROM procesos_fragmento f JOIN procesos_versionborrador v "
    "ON v.id = f.version_id WHERE f.id = {fila}.a_id AND v.publicada_en IS NOT NULL)"
)
_OTRA_PRORROGA = (
    "NEW.etapa_id IS DISTINCT FROM OLD.etapa_id OR NEW.en IS DISTINCT FROM OLD.en "
    "OR NEW.fin_anterior IS DISTINCT FROM OLD.fin_anterior "
    "OR NEW.fin_nuevo IS DISTINCT FROM OLD.fin_nuevo OR NEW.razon IS DISTINCT FROM OLD.razon"
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
    Gatillo("prorroga_u", "procesos_prorroga", "UPDATE", _OTRA_PRORROGA, "Una prórroga no se modifica"),
    Gatillo("prorroga_d", "procesos_prorroga", "DELETE", "1 = 1", "Una prórroga no se borra"),
    Gatillo("excepcion_d", "procesos_excepcion", "DELETE", "1 = 1", "Una excepción no se borra"),
]  # fmt: skip
