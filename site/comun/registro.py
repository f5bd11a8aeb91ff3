"""What happened, and to whom one wrote: audit events, redactions, notices.

`Evento` says that something happened and can never change; what it says of a person lies in
`EventoDetalle`, which an erasure may delete. `compromiso` binds the two (INV-23, Ley 21.719).
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from comun.clases import Clase, Modo
from comun.gatillos import Gatillo


class Evento(models.Model):
    """One state change, append-only. `en` is UTC; `objeto` is «app.modelo:pk»."""

    seq = models.BigAutoField(primary_key=True)
    actor_seudonimo = models.CharField(_("actor"), max_length=32, blank=True)
    en = models.DateTimeField(_("en"))
    verbo = models.CharField(_("verbo"), max_length=60)
    objeto = models.CharField(_("objeto"), max_length=80, db_index=True)
    compromiso = models.CharField(_("compromiso"), max_length=64)

    class Meta:
        verbose_name = _("evento de auditoría")
        verbose_name_plural = _("eventos de auditoría")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.verbo} {self.objeto}"


class EventoDetalle(models.Model):
    """What the event says of people: before, after, who. Deletable, never editable."""

    evento = models.OneToOneField(
        Evento, on_delete=models.CASCADE, primary_key=True, related_name="detalle"
    )
    sal = models.CharField(max_length=32)
    actor = models.CharField(_("actor"), max_length=254, blank=True)
    antes = models.JSONField(_("antes"), default=dict, encoder=DjangoJSONEncoder)
    despues = models.JSONField(_("después"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("detalle de evento")
        verbose_name_plural = _("detalles de evento")

    def __str__(self) -> str:
        return f"detalle de {self.evento_id}"


class Redaccion(models.Model):
    """The one permitted change of a published text: to nothing, with reason and authority."""

    objeto = models.CharField(_("objeto"), max_length=80, db_index=True)
    motivo = models.TextField(_("motivo"))
    base_legal = models.CharField(_("base legal"), max_length=200)
    por = models.CharField(_("por"), max_length=32)
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("redacción")
        verbose_name_plural = _("redacciones")
        constraints = [
            models.CheckConstraint(condition=~models.Q(motivo=""), name="redaccion_con_motivo")
        ]

    def __str__(self) -> str:
        return f"redacción de {self.objeto}"


class Sello(models.Model):
    """A batch of consecutive events, `desde` to `hasta` inclusive, chained to the batch before.

    `raiz` is the Merkle root over the leaves of its events, `sha256` the head that receipts quote.
    """

    n = models.PositiveIntegerField(_("número"), primary_key=True)
    desde = models.BigIntegerField(_("primer evento"))
    hasta = models.BigIntegerField(_("último evento"), unique=True)
    cuantos = models.PositiveIntegerField(_("eventos"))
    raiz = models.CharField(max_length=64)
    previo = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("sello de la cadena")
        verbose_name_plural = _("sellos de la cadena")
        ordering = ["n"]

    def __str__(self) -> str:
        return f"sello {self.n}"


class Cupo(models.Model):
    """How often something was done in one window of time, by someone known only by a keyed hash."""

    clave = models.CharField(max_length=64)
    ventana = models.BigIntegerField()
    n = models.PositiveIntegerField(default=0)
    vence = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("cupo de un límite")
        verbose_name_plural = _("cupos de límites")
        constraints = [models.UniqueConstraint(fields=["clave", "ventana"], name="cupo_unico")]

    def __str__(self) -> str:
        return f"{self.clave[:8]}: {self.n}"


class PruebaGastada(models.Model):
    """A proof of work that was used: the same one is not taken twice. It goes when it expires."""

    firma = models.CharField(max_length=64, primary_key=True)
    vence = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("prueba de trabajo usada")
        verbose_name_plural = _("pruebas de trabajo usadas")

    def __str__(self) -> str:
        return self.firma[:8]


class Aviso(models.Model):
    """One notice to one recipient for one reason about one version of one object, sent once.

    `destino` names the recipient without naming a person: «cuenta:7», or «aporte:12» for the
    author of a contribution; the address is looked up when it is sent, so an erasure reaches it.
    `cuenta` is the id of the account behind it, if any: the site lists `texto` there, with a link.
    """

    LARGO_TEXTO = 240

    destino = models.CharField(_("destino"), max_length=60)
    cuenta = models.BigIntegerField(_("cuenta"), null=True, blank=True)
    clase = models.CharField(_("clase"), max_length=12, choices=Clase.choices, default=Clase.SITIO)
    modo = models.CharField(_("modo"), max_length=10, choices=Modo.choices, default=Modo.INMEDIATO)
    razon = models.CharField(_("razón"), max_length=40)
    objeto = models.CharField(_("objeto"), max_length=80)
    version = models.PositiveIntegerField(_("versión"), default=1)
    texto = models.CharField(_("texto"), max_length=LARGO_TEXTO, blank=True)
    url = models.CharField(_("dirección"), max_length=300, blank=True)
    creado_en = models.DateTimeField(_("creado en"))
    leido_en = models.DateTimeField(_("leído en"), null=True, blank=True)
    enviado_en = models.DateTimeField(_("enviado en"), null=True, blank=True)
    sin_direccion = models.BooleanField(_("sin dirección"), default=False)
    resumen = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="resumidos"
    )

    class Meta:
        verbose_name = _("aviso")
        constraints = [
            models.UniqueConstraint(
                fields=["destino", "razon", "objeto", "version"], name="aviso_una_vez"
            )
        ]
        indexes = [
            models.Index(
                fields=["creado_en"],
                condition=models.Q(enviado_en=None, sin_direccion=False),
                name="aviso_por_enviar",
            ),
            models.Index(fields=["cuenta", "-creado_en", "-id"], name="aviso_bandeja"),
            models.Index(
                fields=["cuenta"],
                condition=models.Q(leido_en=None) & ~models.Q(texto=""),
                name="aviso_sin_leer",
            ),
            models.Index(
                fields=["cuenta", "creado_en"],
                condition=models.Q(modo="resumen", resumen=None, enviado_en=None),
                name="aviso_por_reunir",
            ),
        ]

    @property
    def clave(self) -> tuple[str, str, int]:
        """By which, within its reason, it is sent once."""
        return self.destino, self.objeto, self.version

    def __str__(self) -> str:
        return f"{self.razon} de {self.objeto} a {self.destino}"


class Preferencia(models.Model):
    """How a recipient wants a kind of notice; without a row, the default of the kind."""

    destino = models.CharField(_("destino"), max_length=60)
    clase = models.CharField(_("clase"), max_length=12, choices=Clase.choices)
    modo = models.CharField(_("modo"), max_length=10, choices=Modo.choices)
    desde = models.DateTimeField(_("desde"))

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")
        constraints = [
            models.UniqueConstraint(fields=["destino", "clase"], name="preferencia_una_por_clase")
        ]

    def __str__(self) -> str:
        return f"{self.clase}: {self.modo}"


GATILLOS = [
    Gatillo("evento_u", "comun_evento", "UPDATE", "1 = 1", "Un evento no se modifica"),
    Gatillo("evento_d", "comun_evento", "DELETE", "1 = 1", "Un evento no se borra"),
    Gatillo("detalle_u", "comun_eventodetalle", "UPDATE", "1 = 1", "Un detalle no se modifica"),
    Gatillo("redaccion_u", "comun_redaccion", "UPDATE", "1 = 1", "Una redacción no se modifica"),
    Gatillo("sello_u", "comun_sello", "UPDATE", "1 = 1", "Un sello no se modifica"),
    Gatillo("sello_d", "comun_sello", "DELETE", "1 = 1", "Un sello no se borra"),
    Gatillo("redaccion_d", "comun_redaccion", "DELETE", "1 = 1", "Una redacción no se borra"),
]
