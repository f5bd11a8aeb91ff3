"""Institutions, and the audit trail to read."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from comun.fechas import SANTIAGO
from comun.filtros import Filtro
from comun.modeladmin import AdminDeSala, ListaView
from comun.registro import Evento
from cuentas.bitacora import en_palabras, referidos
from cuentas.flows.instituciones import crear_institucion, editar_institucion
from cuentas.models import Institucion
from cuentas.permissions import puede_gestionar_instituciones, puede_ver_auditoria


class InstitucionForm(forms.ModelForm):
    class Meta:
        model = Institucion
        fields = ("nombre", "sigla", "tipo", "contacto_publico")
        error_messages = {"nombre": {"unique": _("Esa institución ya existe.")}}
        help_texts = {"contacto_publico": _("Se muestra en el sitio: no use el de una persona.")}


class InstitucionAdmin(AdminDeSala):
    model = Institucion
    base_url_path = "participacion/instituciones"
    menu_label = _("Instituciones")
    menu_icon = "home"
    menu_order = 90
    puede_ver = staticmethod(puede_gestionar_instituciones)
    puede_crear = staticmethod(puede_gestionar_instituciones)
    formulario = InstitucionForm
    flujo_crear = staticmethod(crear_institucion)
    flujo_editar = staticmethod(editar_institucion)
    list_display = ("nombre", "sigla", "tipo")
    search_fields = ("nombre", "sigla")

    @staticmethod
    def puede_editar(usuario: Any, *_objeto: Any) -> bool:
        return puede_gestionar_instituciones(usuario)


class FiltroVerbo(Filtro):
    title = _("qué se hizo")
    parameter_name = "verbo"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        verbos = Evento.objects.order_by("verbo").values_list("verbo", flat=True).distinct()
        return [(verbo, en_palabras(verbo)) for verbo in verbos]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(verbo=self.value()) if self.value() else queryset


class AuditoriaView(ListaView):
    """The trail, whose objects are found together."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        eventos = list(contexto["object_list"])
        hallados = referidos(evento.objeto for evento in eventos)
        for evento in eventos:
            evento.referido = hallados.get(evento.objeto)
        return contexto | {"object_list": eventos}


class EventoAdmin(AdminDeSala):
    model = Evento
    base_url_path = "auditoria"
    menu_hook = "register_reports_menu_item"
    menu_label = _("Auditoría")
    menu_icon = "history"
    menu_order = 10
    nota = _(
        "Lo que se hizo con aportes, respuestas, procesos, páginas, cuentas y roles, en orden. Nada "
        "de esto se modifica ni se borra. Cada persona aparece con un seudónimo, siempre el mismo."
    )
    puede_ver = staticmethod(puede_ver_auditoria)
    index_view_class = AuditoriaView
    list_display = ("numero", "cuando", "que", "sobre", "quien")
    list_export = ("seq", "cuando", "verbo", "objeto", "actor_seudonimo", "compromiso")
    export_filename = "auditoria"
    list_filter: ClassVar = (FiltroVerbo,)
    search_fields = ("objeto", "actor_seudonimo")
    ordering = ("-seq",)

    @display(description=_("N.º"), ordering="seq")
    def numero(self, evento: Evento) -> int:
        return int(evento.seq)

    @display(description=_("Cuándo"), ordering="en")
    def cuando(self, evento: Evento) -> str:
        return f"{evento.en.astimezone(SANTIAGO):%d-%m-%Y %H:%M:%S}"

    @display(description=_("Qué"), ordering="verbo")
    def que(self, evento: Evento) -> str:
        return en_palabras(evento.verbo)

    @display(description=_("Sobre qué"), ordering="objeto")
    def sobre(self, evento: Evento) -> str:
        referido = getattr(evento, "referido", None)
        if referido is None:
            return evento.objeto
        if not referido.url:
            return referido.texto
        return format_html('<a href="{}">{}</a>', referido.url, referido.texto)

    @display(description=_("Quién (seudónimo)"), empty_value="El sitio")
    def quien(self, evento: Evento) -> str:
        quien = evento.actor_seudonimo
        if not quien:
            return ""
        return format_html('<a href="?q={}" title="Todo lo que hizo">{}</a>', quien, quien[:8])
