"""Files that come with a contribution: checked by content, cleaned of metadata, served as downloads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models.aporte import Aporte


class Adjunto(models.Model):
    """One file of a contribution, part of its versions `desde` to `hasta` (null: the current one too).

    `sha256` is of what is stored and served, after cleaning; `bytes` its size.
    """

    aporte = models.ForeignKey(Aporte, on_delete=models.PROTECT, related_name="adjuntos")
    desde = models.PositiveSmallIntegerField(_("desde la versión"), default=1)
    hasta = models.PositiveSmallIntegerField(_("hasta la versión"), null=True, blank=True)
    archivo = models.FileField(_("archivo"), upload_to="adjuntos/%Y/%m/", max_length=200)
    nombre = models.CharField(_("nombre"), max_length=160)
    tipo_mime = models.CharField(_("tipo"), max_length=100)
    bytes = models.PositiveIntegerField(_("tamaño en bytes"))
    sha256 = models.CharField(max_length=64)
    descripcion = models.CharField(_("descripción"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("archivo adjunto")
        verbose_name_plural = _("archivos adjuntos")
        ordering = ["aporte", "pk"]

    def __str__(self) -> str:
        return self.nombre
