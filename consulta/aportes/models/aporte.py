"""Contributions: the row of the ledger, its text in versions, and its author kept apart."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from comun.regiones import Region
from consulta.aportes.enums import Canal, Causa, Postura, Situacion, TipoAporte, TipoAutor
from consulta.aportes.querysets import AporteQuerySet
from consulta.procesos.models import Asunto, Consulta, Tema
from cuentas.models import Institucion

ANCHO_FOLIO = 4


class Contador(models.Model):
    """Last folio given in a consultation. Taken last, under a lock, so that folios have no gaps."""

    consulta = models.OneToOneField(Consulta, on_delete=models.PROTECT, primary_key=True)
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("contador de folios")
        verbose_name_plural = _("contadores de folios")

    def __str__(self) -> str:
        return f"{self.consulta_id}: {self.ultimo}"


class Aporte(models.Model):
    """One contribution, which is also the row of the ledger: state, owner and due date live here.

    It counts, shows and has a folio from the moment it is confirmed (`confirmado_en`), dated when
    it was sent (`enviado_en`, UTC). `raiz` is the head of its thread, `padre` what it replies to.

    `quitado_en` is when it became a tombstone. One that came back keeps when and why in `repuesto_…`,
    which are public. `revisado_en` says that a moderator saw it: nothing waits for that.

    `apoyos` and, on roots, `replicas_n` (confirmed descendants) are sums kept by the flows, so that
    a thread of 100,000 costs what a short one costs; `comprobar_libro` recomputes them.
    """

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="aportes")
    asunto = models.ForeignKey(Asunto, on_delete=models.PROTECT, related_name="aportes")
    tipo = models.CharField(_("tipo"), max_length=12, choices=TipoAporte.choices)
    n = models.PositiveIntegerField(_("número"), null=True, blank=True, editable=False)
    version = models.PositiveSmallIntegerField(_("versión vigente"), default=1, editable=False)
    raiz = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="hilo"
    )
    padre = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replicas"
    )
    enviado_en = models.DateTimeField(_("enviado"))
    confirmado_en = models.DateTimeField(_("confirmado"), null=True, blank=True)
    canal = models.CharField(
        _("canal"), max_length=12, choices=Canal.choices, default=Canal.FORMULARIO
    )
    ingresado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ingresado por"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    en_nombre_de = models.ForeignKey(
        Institucion,
        verbose_name=_("voz institucional"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voces",
    )
    tema = models.ForeignKey(
        Tema, verbose_name=_("tema"), on_delete=models.PROTECT, null=True, blank=True
    )
    region = models.CharField(_("región"), max_length=2, choices=Region.choices, blank=True)
    tipo_autor = models.CharField(
        _("tipo de autor"), max_length=20, choices=TipoAutor.choices, blank=True
    )
    organizacion = models.ForeignKey(
        Institucion,
        verbose_name=_("organización por la que habla"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aportes",
        help_text=_("La que participa por medio de su representante verificado."),
    )
    valores = models.PositiveSmallIntegerField(
        _("valores de gobierno abierto"),
        default=0,
        editable=False,
        help_text=_("Los de su versión vigente, un bit cada uno."),
    )
    referencia = models.CharField(_("número de oficio"), max_length=80, blank=True)
    postura = models.CharField(_("postura"), max_length=8, choices=Postura.choices, blank=True)
    exige_respuesta = models.BooleanField(_("exige respuesta"), default=True)
    institucion = models.ForeignKey(
        Institucion,
        verbose_name=_("institución que responde"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aportes_a_cargo",
    )
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsable"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="aportes_a_cargo",
    )
    vence_el = models.DateField(_("vence el"), null=True, blank=True)
    situacion = models.CharField(
        _("situación"), max_length=10, choices=Situacion.choices, default=Situacion.VIGENTE
    )
    causa = models.CharField(
        _("causa de la remoción"), max_length=20, choices=Causa.choices, blank=True
    )
    motivo = models.TextField(_("motivo"), blank=True)
    quitado_en = models.DateTimeField(_("retirado o removido"), null=True, blank=True)
    removido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removido por"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    repuesto_en = models.DateTimeField(_("repuesto"), null=True, blank=True)
    repuesto_razon = models.TextField(_("por qué se repuso"), blank=True)
    revisado_en = models.DateTimeField(_("revisado por moderación"), null=True, blank=True)
    apoyos = models.PositiveIntegerField(_("apoyos"), default=0, editable=False)
    replicas_n = models.PositiveIntegerField(_("réplicas"), default=0, editable=False)
    respondido_en = models.DateTimeField(_("respondido"), null=True, blank=True)
    clave_idempotencia = models.UUIDField(_("clave de envío"), unique=True)

    objects: ClassVar[AporteQuerySet] = AporteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("aporte")
        ordering = ["-enviado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["consulta", "n"], name="aporte_folio_unico"),
            models.CheckConstraint(
                condition=Q(situacion=Situacion.VIGENTE) | ~Q(motivo=""),
                name="aporte_no_vigente_con_motivo",
            ),
            models.CheckConstraint(
                condition=Q(n=None, confirmado_en=None)
                | Q(n__isnull=False, confirmado_en__isnull=False),
                name="aporte_confirmado_con_folio",
            ),
            models.CheckConstraint(
                condition=Q(raiz=None, padre=None) | Q(raiz__isnull=False, padre__isnull=False),
                name="aporte_replica_con_raiz_y_padre",
            ),
            models.CheckConstraint(
                condition=Q(en_nombre_de=None) | Q(exige_respuesta=False),
                name="aporte_voz_oficial_no_exige",
            ),
            models.CheckConstraint(
                condition=Q(en_nombre_de=None) | Q(organizacion=None),
                name="aporte_una_sola_voz",
            ),
            models.UniqueConstraint(
                fields=["asunto", "organizacion"],
                condition=Q(tipo=TipoAporte.OBSERVACION, situacion=Situacion.VIGENTE),
                name="aporte_organizacion_una_vez",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asunto", "-enviado_en", "-id"],
                condition=Q(raiz=None, confirmado_en__isnull=False),
                name="aporte_raices",
            ),
            models.Index(
                fields=["asunto", "-apoyos", "-enviado_en", "-id"],
                condition=Q(raiz=None, confirmado_en__isnull=False),
                name="aporte_raices_apoyadas",
            ),
            models.Index(
                fields=["asunto", "enviado_en", "id"],
                condition=Q(
                    raiz=None,
                    confirmado_en__isnull=False,
                    situacion="vigente",
                    respondido_en=None,
                    exige_respuesta=True,
                ),
                name="aporte_raices_pendientes",
            ),
            models.Index(
                fields=["asunto", "postura", "-enviado_en", "-id"],
                condition=Q(raiz=None, confirmado_en__isnull=False) & ~Q(postura=""),
                name="aporte_raices_postura",
            ),
            models.Index(
                fields=["raiz", "enviado_en", "id"],
                condition=Q(confirmado_en__isnull=False),
                name="aporte_hilo",
            ),
            models.Index(
                fields=["asunto", "confirmado_en", "id"],
                condition=Q(confirmado_en__isnull=False),
                name="aporte_novedades",
            ),
            models.Index(
                fields=["raiz", "confirmado_en", "id"],
                condition=Q(raiz__isnull=False, confirmado_en__isnull=False),
                name="aporte_novedades_de_hilo",
            ),
            models.Index(
                fields=["consulta", "tipo", "-apoyos", "-enviado_en", "-id"],
                name="aporte_lista_apoyada",
            ),
            models.Index(
                fields=["enviado_en"],
                condition=Q(confirmado_en=None),
                name="aporte_sin_confirmar",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(
                    revisado_en=None,
                    situacion="vigente",
                    confirmado_en__isnull=False,
                    en_nombre_de=None,
                ),
                name="aporte_sin_revisar",
            ),
            models.Index(
                fields=["consulta", "-enviado_en", "-id"],
                condition=Q(raiz=None, situacion="vigente", confirmado_en__isnull=False),
                name="aporte_ultimos",
            ),
            models.Index(
                fields=["causa"],
                condition=Q(situacion="removido"),
                name="aporte_removidos",
            ),
            models.Index(fields=["consulta", "tipo", "-enviado_en", "-id"], name="aporte_lista"),
            models.Index(
                fields=["consulta", "vence_el"],
                condition=Q(situacion="vigente", respondido_en=None, exige_respuesta=True),
                name="aporte_pendientes",
            ),
            # The officials' queue, by who has it in hand and by all: what is due first comes first.
            models.Index(
                fields=["institucion", "vence_el", "enviado_en", "id"],
                condition=Q(situacion="vigente", respondido_en=None, exige_respuesta=True),
                name="aporte_cola_institucion",
            ),
            models.Index(
                fields=["vence_el", "enviado_en", "id"],
                condition=Q(situacion="vigente", respondido_en=None, exige_respuesta=True),
                name="aporte_cola",
            ),
        ]

    def __str__(self) -> str:
        return self.folio or f"aporte sin confirmar {self.pk}"

    @property
    def folio(self) -> str:
        """«P7B-0001», for citing; empty until confirmed. Needs `consulta` loaded."""
        return f"{self.consulta.sigla}-{self.n:0{ANCHO_FOLIO}d}" if self.n else ""

    def get_absolute_url(self) -> str:
        """Its stable address."""
        return reverse("paginas:aporte", args=[self.folio])

    @property
    def contenido(self) -> "AporteVersion":
        """Its current text. Free after `con_texto()`, one query otherwise."""
        actuales = getattr(self, "actuales", None)
        if actuales is None:
            actuales = self.actuales = list(self.versiones.filter(n=self.version))
        return actuales[0]

    @property
    def es_visible(self) -> bool:
        """Whether its text may be shown: confirmed, neither withdrawn nor removed."""
        return self.confirmado_en is not None and self.situacion == Situacion.VIGENTE

    @property
    def esta_respondido(self) -> bool:
        return self.respondido_en is not None

    @property
    def firma(self) -> str:
        """The name it is signed with in public: the institution's, or the one its author chose."""
        if self.en_nombre_de is not None:
            return self.en_nombre_de.nombre
        autoria = getattr(self, "autoria", None)
        if autoria is None and self.organizacion is not None:
            return self.organizacion.nombre
        return (autoria.firma if autoria else "") or str(_("Participante"))


class AporteVersion(models.Model):
    """The words, as they stood from `en` (UTC) on. Null means erased, together with a Redaccion."""

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="versiones")
    n = models.PositiveSmallIntegerField(_("número"))
    titulo = models.CharField(_("título"), max_length=200, null=True, blank=True)
    texto = models.TextField(_("texto"), null=True, blank=True)
    campos = models.JSONField(_("campos"), null=True, blank=True)
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("versión del aporte")
        verbose_name_plural = _("versiones del aporte")
        ordering = ["aporte", "n"]
        constraints = [
            models.UniqueConstraint(fields=["aporte", "n"], name="aporteversion_n_unico")
        ]

    def __str__(self) -> str:
        return f"{self.aporte_id} v{self.n}"


class Autoria(models.Model):
    """Who wrote it: the only place with data of the author, and deletable without touching a sum."""

    aporte = models.OneToOneField(
        Aporte, on_delete=models.CASCADE, primary_key=True, related_name="autoria"
    )
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="autorias",
    )
    nombre_publico = models.CharField(_("nombre público"), max_length=80, blank=True)
    organizacion = models.CharField(_("organización"), max_length=160, blank=True)
    correo = models.EmailField(_("correo"), blank=True)
    codigo_hash = models.CharField(max_length=64, blank=True, db_index=True)
    sal = models.CharField(max_length=32, blank=True)
    huella_envio = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("autoría")
        indexes = [
            models.Index(
                fields=["huella_envio"],
                condition=~Q(huella_envio=""),
                name="autoria_mismo_envio",
            ),
            models.Index(
                fields=["correo"],
                condition=Q(cuenta=None) & ~Q(correo=""),
                name="autoria_de_invitados",
            ),
        ]

    def __str__(self) -> str:
        return self.firma

    @property
    def firma(self) -> str:
        return firma_de(self.nombre_publico, self.organizacion)


def firma_de(nombre: str, organizacion: str) -> str:
    """A person's name with the organisation they speak for; the same name twice is said once."""
    if not organizacion or nombre.casefold() == organizacion.casefold():
        return nombre or organizacion
    return f"{nombre} ({organizacion})" if nombre else organizacion


_REDACTADO = (
    "NEW.texto IS NULL AND NEW.campos IS NULL AND NEW.titulo IS NULL AND EXISTS "
    "(SELECT 1 FROM comun_redaccion r WHERE r.objeto = 'aportes.aporteversion:' || CAST(OLD.id AS TEXT))"
)
_MISMA_FILA = (
    "NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.aporte_id IS NOT DISTINCT FROM OLD.aporte_id "
    "AND NEW.n IS NOT DISTINCT FROM OLD.n AND NEW.en IS NOT DISTINCT FROM OLD.en"
)
GATILLOS = [
    Gatillo(
        "aporteversion_u",
        "aportes_aporteversion",
        "UPDATE",
        f"NOT ({_MISMA_FILA} AND {_REDACTADO})",
        "Lo que alguien escribió no se modifica: una corrección es una nueva versión",
    ),
    Gatillo(
        "aporteversion_d", "aportes_aporteversion", "DELETE",
        "EXISTS (SELECT 1 FROM aportes_aporte a WHERE a.id = OLD.aporte_id AND a.confirmado_en IS NOT NULL)",
        "Lo que alguien escribió no se borra",
    ),
    Gatillo(
        "aporte_d", "aportes_aporte", "DELETE", "OLD.confirmado_en IS NOT NULL",
        "Un aporte recibido no se borra: se retira o se remueve con motivo",
    ),
    Gatillo(
        "aporte_u", "aportes_aporte", "UPDATE",
        "OLD.confirmado_en IS NOT NULL AND (NEW.n IS DISTINCT FROM OLD.n "
        "OR NEW.consulta_id IS DISTINCT FROM OLD.consulta_id "
        "OR NEW.enviado_en IS DISTINCT FROM OLD.enviado_en "
        "OR NEW.confirmado_en IS DISTINCT FROM OLD.confirmado_en "
        "OR NEW.exige_respuesta IS DISTINCT FROM OLD.exige_respuesta)",
        "El folio, la fecha y el deber de responder de un aporte recibido no cambian",
    ),
]  # fmt: skip
