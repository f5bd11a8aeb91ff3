"""Plans and commitments in the back office."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comun.modeladmin import AdminDeSala
from consulta.seguimiento import forms
from consulta.seguimiento.flows import planes
from consulta.seguimiento.models import Compromiso, Plan
from consulta.seguimiento.permissions import puede_gestionar_planes


class PlanAdmin(AdminDeSala):
    model = Plan
    base_url_path = "participacion/planes"
    menu_label = gettext_lazy("Planes de acción")
    menu_icon = "list-ol"
    menu_order = 70
    puede_ver = staticmethod(puede_gestionar_planes)
    puede_crear = staticmethod(puede_gestionar_planes)
    formulario = forms.PlanForm
    flujo_crear = staticmethod(planes.crear_plan)
    flujo_editar = staticmethod(planes.editar_plan)
    list_display = ("titulo", "numero", "desde", "hasta")
    list_select_related = ("proceso",)

    @staticmethod
    def puede_editar(usuario: Any, objeto: Plan) -> bool:
        historico = objeto.proceso is not None and objeto.proceso.es_historico
        return puede_gestionar_planes(usuario) and not historico

    def botones(self, usuario: Any, objeto: Plan) -> list[dict[str, Any]]:
        return [{"label": _("Ver en el sitio"), "url": objeto.get_absolute_url()}]


class CompromisoAdmin(AdminDeSala):
    model = Compromiso
    base_url_path = "participacion/compromisos"
    menu_label = gettext_lazy("Compromisos")
    menu_icon = "circle-check"
    menu_order = 80
    nota = gettext_lazy("El lugar durable al que una respuesta puede enviar un aporte.")
    puede_ver = staticmethod(puede_gestionar_planes)
    puede_crear = staticmethod(puede_gestionar_planes)
    formulario = forms.CompromisoForm
    flujo_crear = staticmethod(planes.crear_compromiso)
    flujo_editar = staticmethod(planes.editar_compromiso)
    list_display = ("titulo", "numero", "plan", "institucion")
    list_select_related = ("plan__proceso", "institucion")
    search_fields = ("titulo", "descripcion")

    @staticmethod
    def puede_editar(usuario: Any, objeto: Compromiso) -> bool:
        return PlanAdmin.puede_editar(usuario, objeto.plan)

    def botones(self, usuario: Any, objeto: Compromiso) -> list[dict[str, Any]]:
        return [{"label": _("Ver en el sitio"), "url": objeto.get_absolute_url()}]
