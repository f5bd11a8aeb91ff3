"""The secretariat's desk: processes, stages, consultations, versions of the draft, themes."""

from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import AdminDeSala, denegar
from consulta.procesos import forms
from consulta.procesos.flows import gestionar
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import cambiar_version, preparar_version
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos

VER_VERSION = "participacion_versiones_modeladmin_inspect"


class MesaDeSecretaria(AdminDeSala):
    """What only those who manage processes see and change."""

    puede_ver = staticmethod(puede_gestionar_procesos)
    puede_crear = staticmethod(puede_gestionar_procesos)

    @staticmethod
    def puede_editar(usuario: Any, *_objeto: Any) -> bool:
        return puede_gestionar_procesos(usuario)


class ProcesoAdmin(MesaDeSecretaria):
    model = Proceso
    base_url_path = "participacion/procesos"
    menu_label = gettext_lazy("Procesos")
    menu_icon = "folder-open-inverse"
    menu_order = 20
    nota = gettext_lazy("Cada proceso tiene etapas con fechas. Los históricos son de solo lectura.")
    formulario = forms.ProcesoForm
    flujo_crear = staticmethod(gestionar.crear_proceso)
    flujo_editar = staticmethod(gestionar.editar_proceso)
    list_display = ("titulo", "regimen")

    @staticmethod
    def puede_editar(usuario: Any, objeto: Proceso) -> bool:
        return puede_gestionar_procesos(usuario) and not objeto.es_historico


class EtapaAdmin(MesaDeSecretaria):
    model = Etapa
    base_url_path = "participacion/etapas"
    menu_label = gettext_lazy("Etapas")
    menu_icon = "calendar"
    menu_order = 30
    nota = gettext_lazy("Las fechas de una etapa abren y cierran sus consultas.")
    formulario = forms.EtapaForm
    flujo_crear = staticmethod(gestionar.crear_etapa)
    flujo_editar = staticmethod(gestionar.editar_etapa)
    list_display = ("nombre", "proceso", "orden", "inicio", "fin")
    list_select_related = ("proceso",)
    ordering = ("-proceso", "orden")

    @staticmethod
    def puede_editar(usuario: Any, objeto: Etapa) -> bool:
        return puede_gestionar_procesos(usuario) and not objeto.proceso.es_historico

    @display(description=gettext_lazy("Etapa"))
    def nombre(self, etapa: Etapa) -> str:
        return etapa.nombre


class ConsultaAdmin(MesaDeSecretaria):
    model = Consulta
    base_url_path = "participacion/consultas"
    menu_label = gettext_lazy("Consultas")
    menu_icon = "form"
    menu_order = 40
    nota = gettext_lazy("Un llamado a participar, dentro de una etapa que le da el plazo.")
    formulario = forms.ConsultaForm
    flujo_crear = staticmethod(gestionar.crear_consulta)
    flujo_editar = staticmethod(gestionar.editar_consulta)
    list_display = ("titulo", "sigla", "etapa", "responder_antes_de", "anunciada")
    list_select_related = ("etapa__proceso",)
    ordering = ("-pk",)

    @staticmethod
    def puede_editar(usuario: Any, objeto: Consulta) -> bool:
        return puede_gestionar_procesos(usuario) and not objeto.etapa.proceso.es_historico

    @display(description=gettext_lazy("Anunciada"), ordering="publicada")
    def anunciada(self, consulta: Consulta) -> str:
        return _("Sí") if consulta.publicada else _("Todavía no")


class TemaAdmin(MesaDeSecretaria):
    model = Tema
    base_url_path = "participacion/temas"
    menu_label = gettext_lazy("Temas")
    menu_icon = "tag"
    menu_order = 60
    formulario = forms.TemaForm
    flujo_crear = staticmethod(gestionar.crear_tema)
    flujo_editar = staticmethod(gestionar.editar_tema)
    list_display = ("nombre", "slug")


class VersionAdmin(MesaDeSecretaria):
    model = VersionBorrador
    base_url_path = "participacion/versiones"
    menu_label = gettext_lazy("Versiones del borrador")
    menu_icon = "doc-full"
    menu_order = 50
    nota = gettext_lazy("El texto consultado. Una vez publicada, una versión no cambia.")
    formulario = forms.VersionForm
    flujo_crear = staticmethod(preparar_version)
    flujo_editar = staticmethod(cambiar_version)
    inspect_view_enabled = True
    inspect_view_fields = ("consulta", "n", "titulo", "publicada_en", "sha256")
    inspect_template_name = "modeladmin/procesos/version.html"
    list_display = ("nombre", "consulta", "publicada_en")
    list_select_related = ("consulta__etapa__proceso",)
    ordering = ("-consulta", "-n")

    @staticmethod
    def puede_editar(usuario: Any, objeto: VersionBorrador) -> bool:
        return puede_gestionar_procesos(usuario) and objeto.publicada_en is None

    @display(description=gettext_lazy("Versión"))
    def nombre(self, version: VersionBorrador) -> str:
        return f"{version} · {version.titulo}" if version.titulo else str(version)

    def botones(self, usuario: Any, objeto: VersionBorrador) -> list[dict[str, Any]]:
        if objeto.publicada_en is not None:
            return [{"label": _("Ver en el sitio"), "url": objeto.get_absolute_url()}]
        return [{"label": _("Publicar"), "url": reverse("publicar_version", args=[objeto.pk])}]


def publicar(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, and publish a version for good."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    version = get_object_or_404(VersionBorrador.objects.select_related("consulta"), pk=pk)
    if request.method == "POST":
        try:
            publicar_version(version=version, por=request.user)  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            messages.error(request, error.mensaje)
        else:
            boton = messages.button(version.get_absolute_url(), _("Ver en el sitio"))
            messages.success(request, _("%(v)s publicada.") % {"v": version}, buttons=[boton])
        return HttpResponseRedirect(reverse(VER_VERSION, args=[pk]))
    return TemplateResponse(request, "modeladmin/procesos/publicar.html", {"version": version})
