"""Contributions that stand together, and one that is several. They change no sum and hide nobody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models.aporte import Aporte
from consulta.procesos.models import Consulta


class Grupo(models.Model):
    """A campaign, or proposals that a person merged; `titulo` and `texto` are theirs who made it.

    A campaign is proposed by a program (`creado_por` null) until a person confirms it. A group is
    undone (`deshecho_en`), never deleted: who stood in it stays known.
    """

    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="grupos")
    clase = models.CharField(_("clase"), max_length=10, choices=ClaseGrupo.choices)
    titulo = models.CharField(_("título"), max_length=200)
    texto = models.TextField(_("texto"), blank=True)
    motivo = models.TextField(_("motivo"), blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    creado_en = models.DateTimeField(_("creado"))
    confirmado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmado_en = models.DateTimeField(_("confirmado por una persona"), null=True, blank=True)
    deshecho_en = models.DateTimeField(_("deshecho"), null=True, blank=True)
    motivo_deshecho = models.TextField(_("por qué se deshizo"), blank=True)
    envios = models.PositiveIntegerField(_("envíos en pie"), default=0)
    personas = models.PositiveIntegerField(_("personas en pie"), default=0)
    propios = models.PositiveIntegerField(_("con aportes propios"), default=0)
    por_contar = models.BooleanField(_("las cuentas cambiaron"), default=True)

    class Meta:
        verbose_name = _("grupo de aportes")
        verbose_name_plural = _("grupos de aportes")
        ordering = ["-creado_en", "-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(por_contar=True), name="grupo_por_contar"),
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def frase(self) -> str:
        """The public line of a campaign, with sendings too where they are not as many as persons.

        Its sums are those of `flows.campanas.contar_campanas`: some seconds old at most.
        """
        personas = f"{self.personas} persona{'s' if self.personas != 1 else ''}"
        if self.envios != self.personas:
            personas = f"{self.envios} envíos de {personas}"
        propios = (
            f"{self.propios} con aportes propios" if self.propios != 1 else "1 con un aporte propio"
        )
        return f"1 texto, {personas}, {propios}"


class Pertenece(models.Model):
    """A contribution stands in a group. `con_aporte_propio`: it adds words of its own to the shared text.

    One that a person took out (`fuera_en`) keeps its row, so that no program puts it back.
    """

    grupo = models.ForeignKey(Grupo, on_delete=models.CASCADE, related_name="miembros")
    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="pertenencias")
    con_aporte_propio = models.BooleanField(_("con aportes propios"), default=False)
    parecido = models.PositiveSmallIntegerField(_("parecido, en %"), default=100)
    fuera_en = models.DateTimeField(_("sacado por una persona"), null=True, blank=True)

    class Meta:
        verbose_name = _("pertenencia a un grupo")
        verbose_name_plural = _("pertenencias a grupos")
        constraints = [
            models.UniqueConstraint(fields=["grupo", "aporte"], name="pertenece_una_vez")
        ]
        indexes = [
            models.Index(
                fields=["grupo", "con_aporte_propio", "aporte"],
                condition=Q(fuera_en=None),
                name="pertenece_en_pie",
            )
        ]

    def __str__(self) -> str:
        return f"{self.aporte_id} en {self.grupo_id}"


class Punto(models.Model):
    """One of the numbered points into which a long contribution is divided, each to be answered."""

    aporte = models.ForeignKey(Aporte, on_delete=models.CASCADE, related_name="puntos")
    n = models.PositiveSmallIntegerField(_("número"))
    titulo = models.CharField(_("título"), max_length=200, blank=True)
    texto = models.TextField(_("texto"))

    class Meta:
        verbose_name = _("punto de un aporte")
        verbose_name_plural = _("puntos de un aporte")
        ordering = ["aporte", "n"]
        constraints = [models.UniqueConstraint(fields=["aporte", "n"], name="punto_n_unico")]

    def __str__(self) -> str:
        return f"{self.aporte_id} punto {self.n}"


class Huella(models.Model):
    """What tells that two texts are the same or nearly: SHA-256 of the bare words, and a MinHash."""

    aporte = models.OneToOneField(
        Aporte, on_delete=models.CASCADE, primary_key=True, related_name="huella"
    )
    exacta = models.CharField(_("huella exacta"), max_length=64, db_index=True)
    minhash = models.BinaryField(_("minhash"), max_length=512)

    class Meta:
        verbose_name = _("huella de un texto")
        verbose_name_plural = _("huellas de textos")

    def __str__(self) -> str:
        return f"huella de {self.aporte_id}"


class Banda(models.Model):
    """One band of a MinHash: texts that share a band are worth comparing."""

    aporte = models.ForeignKey(Aporte, on_delete=models.CASCADE, related_name="bandas")
    consulta = models.ForeignKey(Consulta, on_delete=models.CASCADE, related_name="+")
    banda = models.PositiveSmallIntegerField()
    valor = models.BigIntegerField()

    class Meta:
        verbose_name = _("banda de una huella")
        verbose_name_plural = _("bandas de huellas")
        constraints = [
            models.UniqueConstraint(fields=["aporte", "banda"], name="banda_una_por_aporte")
        ]
        indexes = [models.Index(fields=["consulta", "banda", "valor"], name="banda_buscar")]

    def __str__(self) -> str:
        return f"banda {self.banda} de {self.aporte_id}"


GATILLOS = [
    Gatillo(
        "grupo_d", "aportes_grupo", "DELETE", "1 = 1",
        "Un grupo no se borra: se deshace y queda constancia",
    ),
]  # fmt: skip
