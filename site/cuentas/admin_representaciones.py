"""Who speaks for an organisation: the secretariat's list, and where it decides."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.filtros import Filtro
from comun.modeladmin import AdminDeSala, anotar_error, denegar
from cuentas.flows.representaciones import (
    rechazar_representacion,
    terminar_representacion,
    verificar_representacion,
)
from cuentas.models import REPRESENTABLES, Institucion, Representacion
from cuentas.permissions import puede_verificar_representaciones


class ResolverForm(forms.Form):
    """What the secretariat says of a request to speak for an organisation."""

    institucion = forms.ModelChoiceField(
        label=_("Es esta organización, que ya está en el portal"),
        queryset=Institucion.objects.filter(tipo__in=REPRESENTABLES),
        required=False,
        empty_label=_("Ninguna: crearla con el nombre propuesto"),
    )
    motivo = forms.CharField(
        label=_("Motivo"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Obligatorio para rechazar o terminar. La persona lo recibe por correo."),
    )


class FiltroEstado(Filtro):
    title = _("estado")
    parameter_name = "estado"
    omision = Representacion.Estado.PENDIENTE

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return Representacion.Estado.choices

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(estado=self.value()) if self.value() else queryset


class RepresentacionAdmin(AdminDeSala):
    model = Representacion
    base_url_path = "participacion/representaciones"
    menu_label = _("Representaciones")
    menu_icon = "group"
    menu_order = 95
    nota = _("Personas que piden hablar por una organización: compruebe y decida, con motivo.")
    puede_ver = staticmethod(puede_verificar_representaciones)
    list_display = ("organizacion", "persona", "cargo", "estado", "pedida_en")
    list_filter: ClassVar = (FiltroEstado,)
    list_select_related = ("cuenta", "institucion")
    search_fields = ("nombre_propuesto", "institucion__nombre", "cuenta__nombre_publico")
    ordering = ("-pedida_en",)

    @display(description=_("Organización"))
    def organizacion(self, fila: Representacion) -> str:
        return fila.organizacion

    @display(description=_("Persona"))
    def persona(self, fila: Representacion) -> str:
        return fila.cuenta.firma

    def botones(self, usuario: Any, objeto: Representacion) -> list[dict[str, Any]]:
        vivas = (Representacion.Estado.PENDIENTE, Representacion.Estado.VERIFICADA)
        if objeto.estado not in vivas:
            return []
        que = _("Resolver") if objeto.estado == vivas[0] else _("Terminar")
        return [{"label": que, "url": reverse("resolver_representacion", args=[objeto.pk])}]


def resolver(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a request and verify or reject it; or end one that stands."""
    if not puede_verificar_representaciones(request.user):  # type: ignore[arg-type]
        return denegar(request)
    fila = get_object_or_404(Representacion.objects.select_related("cuenta", "institucion"), pk=pk)
    form = ResolverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        flujos: dict[str, Callable[..., Representacion]] = {
            "verificar": verificar_representacion,
            "rechazar": rechazar_representacion,
            "terminar": terminar_representacion,
        }
        accion = request.POST.get("accion", "")
        datos = {"institucion" if accion == "verificar" else "motivo"}
        campos = {k: v for k, v in form.cleaned_data.items() if k in datos}
        try:
            if accion not in flujos:
                raise DatoInvalido(gettext("Elija qué hacer."))
            flujos[accion](representacion=fila, por=request.user, **campos)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, gettext("Listo: la persona recibirá un correo."))
            return HttpResponseRedirect(reverse("participacion_representaciones_modeladmin_index"))
    return TemplateResponse(
        request, "modeladmin/cuentas/representacion.html", {"fila": fila, "form": form}
    )
