"""The secretariat's list of who sits in the forum. Nothing is deleted: a mandate ends."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comun.fechas import dia_de
from comun.filtros import Filtro
from comun.modeladmin import AdminDeSala
from cuentas.models import User
from foro.enums import Sector
from foro.flows.mandatos import crear_mandato, editar_mandato
from foro.models import Mandato
from foro.permissions import puede_gestionar_foro


class PersonaField(forms.ModelChoiceField):
    """An account, told by its address: a list to choose from would show everybody's. Its id works too."""

    widget = forms.EmailInput
    default_error_messages: ClassVar = {
        "invalid_choice": gettext_lazy(
            "No hay una cuenta activa con esa dirección: pídale que la cree, o revise cómo está escrita."
        )
    }

    def prepare_value(self, value: Any) -> Any:
        cuenta = User.objects.filter(pk=value).first() if isinstance(value, int) else None
        return cuenta.email if cuenta else value

    def to_python(self, value: Any) -> Any:
        escrito = str(value or "").strip()
        suya = User.objects.filter(email__iexact=escrito, is_active=True)
        cuenta = suya.first() if "@" in escrito else None
        return cuenta or super().to_python(value)


class Fecha(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class MandatoForm(forms.ModelForm):
    cuenta = PersonaField(
        label=gettext_lazy("Correo de su cuenta"),
        queryset=User.objects.filter(is_active=True),
        help_text=gettext_lazy(
            "La dirección de su cuenta en el portal: con ella da su conformidad. No se publica."
        ),
    )

    class Meta:
        model = Mandato
        fields = ("cuenta", "nombre", "cargo", "organizacion", "sector", "desde", "hasta", "acto")
        widgets = {"desde": Fecha(), "hasta": Fecha()}
        help_texts = {
            "desde": gettext_lazy("Su primer día en el foro."),
            "hasta": gettext_lazy("Su último día. Déjelo vacío mientras no se sepa."),
            "acto": gettext_lazy("Por ejemplo, el acta o la resolución. Es público."),
        }


class FiltroVigencia(Filtro):
    title = gettext_lazy("vigencia")
    parameter_name = "vigencia"
    omision = "vigentes"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [("vigentes", _("Vigentes hoy")), ("terminados", _("Terminados"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        hoy = dia_de(timezone.now())
        if self.value() == "vigentes":
            return queryset.filter(Q(hasta=None) | Q(hasta__gte=hoy))
        return queryset.filter(hasta__lt=hoy) if self.value() else queryset


class FiltroSector(Filtro):
    title = gettext_lazy("sector")
    parameter_name = "sector"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return Sector.choices

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(sector=self.value()) if self.value() else queryset


class MandatoAdmin(AdminDeSala):
    model = Mandato
    base_url_path = "participacion/foro"
    menu_label = gettext_lazy("Integrantes del foro")
    menu_icon = "group"
    menu_order = 85
    nota = gettext_lazy(
        "Quién integra el foro, por quién y desde cuándo. Para terminar un mandato, escriba su último día."
    )
    puede_ver = staticmethod(puede_gestionar_foro)
    puede_crear = staticmethod(puede_gestionar_foro)
    formulario = MandatoForm
    flujo_crear = staticmethod(crear_mandato)
    flujo_editar = staticmethod(editar_mandato)
    list_display = ("nombre", "organizacion", "sector", "desde", "ver_hasta")
    list_filter: ClassVar = (FiltroVigencia, FiltroSector)
    list_select_related = ("organizacion", "cuenta")
    search_fields = ("nombre", "organizacion__nombre")
    ordering = ("sector", "nombre")

    @staticmethod
    def puede_editar(usuario: Any, *_objeto: Any) -> bool:
        return puede_gestionar_foro(usuario)

    @display(description=gettext_lazy("Hasta"), ordering="hasta")
    def ver_hasta(self, mandato: Mandato) -> str:
        return date_format(mandato.hasta, "DATE_FORMAT") if mandato.hasta else "—"
