"""Contact: a short form, kept in a table and told by mail to whoever attends it."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from comun.bloques import CUERPO
from comun.errores import ErrorDeDominio
from comun.espera import anotar_espera
from comun.limites import direccion_de
from comun.paginas import PaginaBase

RECIBIDO = "recibido"


class ContactoPage(PaginaBase):
    """The contact page. GET shows the form; POST keeps the message and comes back to say so."""

    correo_destino = models.EmailField(
        _("correo que recibe los mensajes"),
        blank=True,
        help_text=_("No se muestra. Vacío: los mensajes solo se leen en la administración."),
    )
    cuerpo = StreamField(CUERPO, verbose_name=_("texto antes del formulario"), blank=True)

    max_count = 1
    subpage_types: ClassVar[list[str]] = []
    template = "portal/contacto.html"
    prioridad_sitemap = 0.4

    content_panels: ClassVar[list[Any]] = [
        *PaginaBase.encabezado_panels,
        FieldPanel("correo_destino"),
        FieldPanel("cuerpo"),
    ]

    class Meta:
        verbose_name = _("página de contacto")
        verbose_name_plural = _("páginas de contacto")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from portal.contacto import ContactoForm

        form = ContactoForm(request.POST or None, initial={"clave": uuid.uuid4()})
        if request.method == "POST" and form.is_valid():
            try:
                form.recibir(pagina=self, desde=direccion_de(request))
                return redirect(f"{self.get_url(request)}?{RECIBIDO}=1")
            except ErrorDeDominio as error:
                form.add_error(None, error.mensaje)
                anotar_espera(form, error)
        estado = 422 if form.errors else 200
        contexto = self.get_context(request) | {"form": form, RECIBIDO: RECIBIDO in request.GET}
        return TemplateResponse(request, self.get_template(request), contexto, status=estado)


class MensajeDeContacto(models.Model):
    """One message. `clave` comes from the form: sent twice, it is kept once."""

    nombre = models.CharField(_("nombre"), max_length=120)
    correo = models.EmailField(_("correo"))
    asunto = models.CharField(_("asunto"), max_length=160)
    mensaje = models.TextField(_("mensaje"))
    recibido_en = models.DateTimeField(_("recibido"))
    atendido_en = models.DateTimeField(_("atendido"), null=True, blank=True)
    pagina = models.ForeignKey(
        ContactoPage, on_delete=models.SET_NULL, null=True, related_name="mensajes"
    )
    clave = models.UUIDField(_("clave de envío"), unique=True, editable=False)

    class Meta:
        verbose_name = _("mensaje de contacto")
        verbose_name_plural = _("mensajes de contacto")
        ordering = ["-recibido_en", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(mensaje=""), name="contacto_con_mensaje")
        ]

    def __str__(self) -> str:
        return self.asunto
