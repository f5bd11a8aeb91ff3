"""The officials' pages: answer one contribution, hand it over."""

from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte
from consulta.respuestas.expediente import aporte_del_libro, expediente, respuestas_parecidas
from consulta.respuestas.flows.borrador import (
    CAMPOS_DE_BORRADOR,
    borrador_de,
    guardar_borrador,
    sello_de_borrador,
)
from consulta.respuestas.flows.coberturas import TextoCorregido
from consulta.respuestas.flows.responder import Publicacion, responder_aporte
from consulta.respuestas.forms import ResponderForm, datos_de
from consulta.respuestas.models import Cobertura, RespuestaVersion
from consulta.respuestas.permissions import puede_responder, responde_por
from cuentas.models import Institucion, User
from cuentas.roles import Rol

LISTA = "participacion_aportes_modeladmin_index"
VER = "participacion_aportes_modeladmin_inspect"


def institucion_de(usuario: User, aporte: Aporte, vigente: Cobertura | None) -> Institucion | None:
    """For whom `usuario` would answer: the one that answered, their own, or the one in charge."""
    if vigente is not None:
        return vigente.version.respuesta.institucion
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return aporte.institucion or usuario.institucion
    if aporte.institucion_id != usuario.institucion_id and responde_por(
        usuario, aporte.institucion_id
    ):
        return aporte.institucion  # in the place of somebody who works there
    return usuario.institucion


def siguiente_pendiente(usuario: User, aporte: Aporte) -> Aporte | None:
    """The next one they may answer, due first: of the same consultation, else of any other."""
    filas = Aporte.objects.publicos().pendientes().exclude(pk=aporte.pk)
    if not usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        filas = filas.filter(institucion=usuario.institucion) | filas.filter(institucion=None)
    filas = filas.exclude(autoria__cuenta=usuario).select_related("consulta")
    filas = filas.order_by("vence_el", "enviado_en", "pk")
    return filas.de_consulta(aporte.consulta).first() or filas.first()


class ResponderView(View):
    """Write, keep, preview and publish the answer to one contribution, or its correction."""

    template_name = "respuestas/responder.html"
    releido: Aporte | None = None
    """The contribution with its newest words, once the official was told that they changed."""

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Any:
        self.usuario = cast(User, request.user)
        self.aporte = aporte_del_libro(pk)
        self.vigente = Cobertura.objects.vigentes_de([self.aporte]).get(self.aporte.pk)
        self.institucion = institucion_de(self.usuario, self.aporte, self.vigente)
        # The secretariat without an institution in sight chooses one in the form.
        como = self.institucion or Institucion()
        elige = self.usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        if not elige and self.institucion is None:
            return denegar(request, _("Su cuenta aún no tiene institución: pídala a secretaría."))
        if not puede_responder(self.usuario, self.aporte, como):
            return denegar(
                request, _("Este aporte está a cargo de otra institución, o es un aporte suyo.")
            )
        if not self.aporte.es_visible or not self.aporte.exige_respuesta:
            messages.warning(request, _("Este aporte ya no espera respuesta."))
            return HttpResponseRedirect(reverse(VER, args=[pk]))
        return super().dispatch(request, *args, **kwargs)

    @property
    def borrador(self) -> Any:
        return borrador_de(self.aporte, self.institucion) if self.institucion else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        borrador = self.borrador
        inicial: dict[str, Any] = datos_de(self.vigente) if self.vigente is not None else {}
        inicial |= {"institucion": self.institucion} | (
            {k: v for k, v in borrador.datos_de(self.aporte).items() if v} if borrador else {}
        )
        inicial["base"] = self.vigente.version_id if self.vigente is not None else 0
        inicial["visto"] = sello_de_borrador(borrador)
        inicial["version_leida"] = self.aporte.version
        return self.mostrar(self.formulario(initial=inicial), borrador=borrador)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.formulario(data=request.POST)
        accion = request.POST.get("accion")
        try:
            if accion == "guardar":
                return self.guardar(form)
            if not form.is_valid():
                return self.mostrar(form)
            if accion == "ver":
                return self.mostrar(form, ensayo=self.ensayar(form))
            publicacion = self.publicar(form)
        except ErrorDeDominio as error:
            form.errors  # noqa: B018 - add_error needs a validated form
            anotar_error(form, error)
            form.exigir_motivo()
            if isinstance(error, TextoCorregido):
                self.aporte = self.releido = aporte_del_libro(self.aporte.pk)
            return self.mostrar(form)
        return self.despedir(publicacion)

    def formulario(self, **kwargs: Any) -> ResponderForm:
        return ResponderForm(
            aporte=self.aporte, usuario=self.usuario, vigente=self.vigente, **kwargs
        )

    def publicar(self, form: ResponderForm) -> Publicacion:
        datos = form.cleaned_data
        return responder_aporte(
            aporte=self.aporte,
            resultado=datos["resultado"],
            destino=form.destino_elegido,
            razon=datos["razon"],
            linea=datos["linea"],
            motivo_cambio=datos.get("motivo_cambio", ""),
            institucion=datos.get("institucion") or cast(Institucion, self.institucion),
            base=datos["base"] or 0,
            version_leida=datos["version_leida"],
            por=self.usuario,
        )

    def ensayar(self, form: ResponderForm) -> Cobertura:
        """Publish and take it back: the preview is exactly what would come out, and so are its errors."""
        with transaction.atomic():
            version: RespuestaVersion = self.publicar(form).version
            cobertura = Cobertura.objects.con_respuesta().get(version=version, aporte=self.aporte)
            transaction.set_rollback(True)
        return cobertura

    def guardar(self, form: ResponderForm) -> HttpResponse:
        form.is_valid()
        institucion = form.cleaned_data.get("institucion") or self.institucion
        if institucion is None:
            return self.mostrar(form)
        guardar_borrador(
            aporte=self.aporte,
            institucion=institucion,
            datos={campo: self.request.POST.get(campo, "") for campo in CAMPOS_DE_BORRADOR},
            por=self.usuario,
            visto=self.request.POST.get("visto", ""),
        )
        messages.success(self.request, _("Borrador guardado. Nadie fuera de su institución lo ve."))
        return HttpResponseRedirect(self.request.path)

    def mostrar(
        self, form: ResponderForm, borrador: Any = None, ensayo: Cobertura | None = None
    ) -> HttpResponse:
        borrador = borrador or self.borrador
        if form.is_bound:
            # Saving again after a warning replaces what the warning spoke of.
            escrito = self.request.POST.copy()
            escrito["visto"] = sello_de_borrador(borrador)
            if self.releido is not None:
                escrito["version_leida"] = str(self.releido.version)
            form.data = escrito
        contexto = expediente(self.aporte) | {
            "form": form,
            "media": form.media,
            "vigente": self.vigente,
            "institucion": self.institucion,
            "borrador": borrador,
            "ensayo": ensayo,
            "parecidas": respuestas_parecidas(self.aporte),
            "lista": reverse(LISTA),
        }
        return TemplateResponse(self.request, self.template_name, contexto)

    def despedir(self, publicacion: Publicacion) -> HttpResponse:
        siguiente = siguiente_pendiente(self.usuario, self.aporte)
        botones = [messages.button(self.aporte.get_absolute_url(), _("Ver en el sitio"))]
        if siguiente is not None:
            ruta = reverse("responder_aporte", args=[siguiente.pk])
            botones.append(messages.button(ruta, _("Responder el siguiente: ") + siguiente.folio))
        if not publicacion.nueva:
            texto = _("Esta respuesta a {} ya estaba publicada: no se publicó dos veces.")
        elif self.vigente is not None:
            texto = _("Corrección de la respuesta a {} publicada. Le avisamos a quien lo escribió.")
        else:
            texto = _("Respuesta a {} publicada. Le avisamos por correo a quien lo escribió.")
        messages.success(self.request, format_html(texto, self.aporte.folio), buttons=botones)
        return HttpResponseRedirect(reverse(VER, args=[self.aporte.pk]))
