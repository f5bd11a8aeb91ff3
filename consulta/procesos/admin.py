"""The secretariat's desk: processes, stages, consultations, versions of the draft, themes."""

from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import AdminDeSala, VerView, anotar_error, denegar
from consulta.procesos import forms
from consulta.procesos.acciones import botones_de
from consulta.procesos.anticipacion import falta_anticipacion
from consulta.procesos.anuncio import advertencias, impedimentos, lo_que_queda_fijo
from consulta.procesos.camino import camino_de
from consulta.procesos.flows import gestionar
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.flows.redactar import cambiar_version, preparar_version
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos

VER_PROCESO = "participacion_procesos_modeladmin_inspect"
PRORROGAR = "prorrogar_etapa"


class MesaDeSecretaria(AdminDeSala):
    """What only those who manage processes see and change."""

    puede_ver = staticmethod(puede_gestionar_procesos)
    puede_crear = staticmethod(puede_gestionar_procesos)

    @staticmethod
    def puede_editar(usuario: Any, *_objeto: Any) -> bool:
        return puede_gestionar_procesos(usuario)


def del_proceso(proceso_id: int) -> str:
    """The page that says what comes next in a process."""
    return reverse(VER_PROCESO, args=[proceso_id])


class CaminoView(VerView):
    """A process as the way to its announced consultations."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        puede = self.model_admin.puede_editar(self.request.user, self.instance)
        camino = camino_de(self.instance, timezone.now())
        return super().get_context_data(camino=camino, puede_editar=puede, **kwargs)

    def get_fields_dict(self) -> list[Any]:
        return []


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
    inspect_view_enabled = True
    inspect_view_class = CaminoView
    inspect_template_name = "modeladmin/procesos/camino.html"
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

    def tras_guardar(self, objeto: Etapa) -> str:
        return del_proceso(objeto.proceso_id)

    @staticmethod
    def puede_editar(usuario: Any, objeto: Etapa) -> bool:
        return puede_gestionar_procesos(usuario) and not objeto.proceso.es_historico

    @display(description=gettext_lazy("Etapa"))
    def nombre(self, etapa: Etapa) -> str:
        return etapa.nombre

    def botones(self, usuario: Any, objeto: Etapa) -> list[dict[str, Any]]:
        if objeto.proceso.es_historico or not objeto.fin or objeto.fin <= timezone.now():
            return []
        return [{"label": _("Extender el plazo"), "url": reverse(PRORROGAR, args=[objeto.pk])}]


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
    list_display = ("titulo", "sigla", "etapa", "responde", "anunciada")
    list_select_related = ("etapa__proceso",)
    ordering = ("-pk",)

    @staticmethod
    def puede_editar(usuario: Any, objeto: Consulta) -> bool:
        return puede_gestionar_procesos(usuario) and not objeto.etapa.proceso.es_historico

    def tras_guardar(self, objeto: Consulta) -> str:
        return del_proceso(objeto.etapa.proceso_id)

    def botones(self, usuario: Any, objeto: Consulta) -> list[dict[str, Any]]:
        if objeto.publicada:
            ver = {"label": _("Ver en el sitio"), "url": objeto.get_absolute_url()}
            return [ver, *botones_de(usuario, objeto)]
        if not self.puede_editar(usuario, objeto):
            return []
        return [{"label": _("Anunciar"), "url": reverse("anunciar_consulta", args=[objeto.pk])}]

    @display(description=gettext_lazy("Responde"), ordering="responder_antes_de")
    def responde(self, consulta: Consulta) -> str:
        if consulta.plazo_habiles is not None:
            n = consulta.plazo_habiles
            return ngettext("En %(n)s día hábil", "En %(n)s días hábiles", n) % {"n": n}
        dia = consulta.responder_antes_de
        return date_format(dia, "DATE_FORMAT") if dia else _("Sin plazo")

    @display(description=gettext_lazy("Anunciada"), ordering="publicada")
    def anunciada(self, consulta: Consulta) -> str:
        if consulta.respondida_en is not None:
            return _("Sí, y se cerró respondida")
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
        revisar = {"label": _("Revisar"), "url": reverse("revisar_version", args=[objeto.pk])}
        if objeto.publicada_en is not None:
            return [revisar, {"label": _("Ver en el sitio"), "url": objeto.get_absolute_url()}]
        publicar = {"label": _("Publicar"), "url": reverse("publicar_version", args=[objeto.pk])}
        return [revisar, publicar]

    def tras_guardar(self, objeto: VersionBorrador) -> str:
        return reverse("revisar_version", args=[objeto.pk])


def prorrogar(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the end of a stage forward, saying why."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    etapa = get_object_or_404(Etapa.objects.select_related("proceso"), pk=pk)
    form = forms.ProrrogaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            prorroga = prorrogar_etapa(etapa=etapa, por=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            fin = date_format(timezone.localtime(prorroga.fin_nuevo), "DATETIME_FORMAT")
            boton = messages.button(etapa.proceso.get_absolute_url(), _("Ver en el sitio"))
            messages.success(
                request, _("El plazo ahora termina el %(fin)s.") % {"fin": fin}, buttons=[boton]
            )
            return HttpResponseRedirect(del_proceso(etapa.proceso_id))
    return TemplateResponse(
        request,
        "modeladmin/procesos/prorrogar.html",
        {
            "etapa": etapa,
            "form": form,
            "camino": del_proceso(etapa.proceso_id),
            "prorrogas": etapa.prorrogas.order_by("en"),
            "terminada": etapa.fin is not None and etapa.fin <= timezone.now(),
        },
        status=422 if form.errors else 200,
    )


def anunciar(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is missing or what will be fixed for ever, and announce a consultation for good."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    consulta = get_object_or_404(Consulta.objects.con_contexto(), pk=pk)
    camino = del_proceso(consulta.etapa.proceso_id)
    if consulta.publicada:
        messages.warning(request, _("Esta consulta ya está anunciada."))
        return HttpResponseRedirect(camino)
    form = forms.AnuncioForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            anunciar_consulta(consulta=consulta, por=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            anotar_error(form, error)
            return _paso_de_anuncio(request, consulta, form)
        boton = messages.button(consulta.get_absolute_url(), _("Ver en el sitio"))
        texto = _("«%(c)s» quedó anunciada: el público ya la ve.") % {"c": consulta}
        messages.success(request, texto, buttons=[boton])
        return HttpResponseRedirect(camino)
    return _paso_de_anuncio(request, consulta, form)


def _paso_de_anuncio(
    request: HttpRequest, consulta: Consulta, form: forms.AnuncioForm
) -> TemplateResponse:
    ahora = timezone.now()
    contexto = {
        "consulta": consulta,
        "camino": del_proceso(consulta.etapa.proceso_id),
        "faltas": impedimentos(consulta, ahora),
        "advertencias": advertencias(consulta),
        "fijo": lo_que_queda_fijo(consulta),
        "form": form,
        "falta_anticipacion": falta_anticipacion(consulta.etapa, ahora),
    }
    estado = 422 if form.errors else 200
    return TemplateResponse(request, "modeladmin/procesos/anunciar.html", contexto, status=estado)
