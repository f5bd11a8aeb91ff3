"""Files that come with a contribution: checked by content, cleaned of metadata, served as downloads."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comun.almacen import almacen_privado
from consulta.aportes.models.aporte import Aporte
from consulta.procesos.models import Consulta


class Archivo(models.Model):
    """A clean file. `sha256` is of what is stored and served, `bytes` its size."""

    archivo = models.FileField(
        _("archivo"), upload_to="adjuntos/%Y/%m/", max_length=200, storage=almacen_privado
    )
    nombre = models.CharField(_("nombre"), max_length=160)
    tipo_mime = models.CharField(_("tipo"), max_length=100)
    bytes = models.PositiveIntegerField(_("tamaño en bytes"))
    sha256 = models.CharField(max_length=64)
    descripcion = models.CharField(_("descripción"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nombre


class Adjunto(Archivo):
    """One file of a contribution, part of its versions `desde` to `hasta` (null: the current one too)."""

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="adjuntos")
    desde = models.PositiveSmallIntegerField(_("desde la versión"), default=1)
    hasta = models.PositiveSmallIntegerField(_("hasta la versión"), null=True, blank=True)

    class Meta:
        verbose_name = _("archivo adjunto")
        verbose_name_plural = _("archivos adjuntos")
        ordering = ["aporte", "pk"]

    @property
    def direccion(self) -> str:
        """Where it is downloaded while its contribution is visible. Needs `aporte.consulta` loaded."""
        return reverse("paginas:adjunto", args=[self.aporte.folio, self.pk, self.nombre])


class Subida(Archivo):
    """A clean file that waits for its contribution to be sent; gone a day later if it is not.

    Whoever holds `token` may attach it, once: the form that was sent back with an error does.
    """

    consulta = models.ForeignKey(Consulta, on_delete=models.CASCADE, related_name="+")
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=43, unique=True)
    subido_en = models.DateTimeField(_("subido"), db_index=True)

    class Meta:
        verbose_name = _("archivo subido")
        verbose_name_plural = _("archivos subidos")
        ordering = ["pk"]
