"""The archive: one row per searchable thing, which is also the outbox of the search engine."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from comun.buscador import Tipo
from search.analisis import AL_BUSCAR, AL_INDEXAR
from search.querysets import FichaQuerySet


class Ficha(index.Indexed, models.Model):
    """How one thing of the portal reads in the archive; written in the transaction that changed it.

    A row that is not `publica` is a tombstone: it keeps no text, only the news that the thing left.
    `version` grows with every change; `indexada` is the version the engine last confirmed, so the
    rows where the two differ are what is still to be sent. `publica_desde` is when a visitor could
    first find it, `modificada_en` when the row last changed (both UTC).
    """

    fuente = models.CharField(_("fuente"), max_length=60)
    objeto_id = models.PositiveBigIntegerField(_("objeto"))
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo.choices, blank=True)
    publica = models.BooleanField(_("pública"), default=False)
    titulo = models.CharField(_("título"), max_length=300, blank=True)
    texto = models.TextField(_("texto"), blank=True)
    claves = models.TextField(_("claves"), blank=True)
    contexto = models.CharField(_("contexto"), max_length=300, blank=True)
    direccion = models.CharField(_("dirección"), max_length=500, blank=True)
    fecha = models.DateTimeField(_("fecha"), null=True, blank=True)
    huella = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField(default=0)
    indexada = models.BigIntegerField(default=0)
    intentos = models.PositiveSmallIntegerField(default=0)
    reintentar_en = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=500, blank=True)
    publica_desde = models.DateTimeField(null=True, blank=True)
    modificada_en = models.DateTimeField()

    objects: ClassVar[FichaQuerySet] = FichaQuerySet.as_manager()  # type: ignore[assignment]

    # The flows write it and the clock sends it: no signal has anything to do here.
    search_auto_update = False
    search_fields: ClassVar = [
        index.SearchField("titulo", es_extra=AL_INDEXAR | AL_BUSCAR),
        index.SearchField("claves", es_extra=AL_INDEXAR | AL_BUSCAR),
        index.SearchField("texto", es_extra=AL_INDEXAR | AL_BUSCAR),
        index.FilterField("tipo"),
        index.FilterField("fecha"),
    ]

    class Meta:
        verbose_name = _("ficha")
        constraints = [
            models.UniqueConstraint(fields=["fuente", "objeto_id"], name="ficha_unica"),
            models.CheckConstraint(
                condition=Q(publica=True)
                | Q(titulo="", texto="", claves="", contexto="", direccion=""),
                name="ficha_retirada_sin_texto",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reintentar_en"],
                condition=~Q(version=F("indexada")),
                name="ficha_por_enviar",
            ),
            models.Index(
                fields=["id"],
                condition=~Q(version=F("indexada")) & Q(publica=False),
                name="ficha_por_olvidar",
            ),
            models.Index(fields=["modificada_en"], name="ficha_modificada"),
            # SQLite counts and sorts what matches from here: the rows themselves are wide.
            models.Index(fields=["id", "tipo", "fecha"], name="ficha_lugar"),
        ]

    def __str__(self) -> str:
        return self.titulo or f"{self.fuente}:{self.objeto_id} (retirada)"

    @classmethod
    def get_indexed_objects(cls) -> FichaQuerySet:
        """What the engine may hold."""
        return cls.objects.publicas()


class TextoFicha(models.Model):
    """The full-text row of a public Ficha. Its other columns differ by database: search/texto_completo.py.

    It is a model so that Django empties it together with the rest; nobody reads it through the ORM.
    """

    ficha = models.OneToOneField(
        Ficha, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="+"
    )

    class Meta:
        verbose_name = _("texto de ficha")
        verbose_name_plural = _("textos de ficha")
        db_table = "search_texto"

    def __str__(self) -> str:
        return f"texto de {self.ficha_id}"
