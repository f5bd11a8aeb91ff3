"""Who stands in for whom: each person names their substitute, the secretariat anybody's."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.fechas import dia_de
from comun.modeladmin import anotar_error, denegar
from cuentas.flows.suplencias import crear_suplencia, terminar_suplencia
from cuentas.models import Suplencia, User
from cuentas.permissions import puede_nombrar_suplente, puede_nombrar_suplentes
from cuentas.roles import ROLES_DE_ADMINISTRACION

TERMINADAS = 20


class CuentaField(forms.ModelChoiceField):
    """People by name with their institution."""

    def label_from_instance(self, obj: Any) -> str:
        casa = f" · {obj.institucion}" if obj.institucion else ""
        return f"{obj.nombre_interno}{casa}"


class SuplenciaForm(forms.Form):
    titular = CuentaField(
        label=gettext_lazy("Quién se ausenta"),
        queryset=User.objects.none(),
        empty_label="— Elija —",
    )
    suplente = CuentaField(
        label=gettext_lazy("Quién le suple"), queryset=User.objects.none(), empty_label="— Elija —"
    )
    desde = forms.DateField(
        label=gettext_lazy("Desde"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hasta = forms.DateField(
        label=gettext_lazy("Hasta, ese día incluido"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    motivo = forms.CharField(
        label=gettext_lazy("Motivo (opcional)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, usuario: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cuentas = User.objects.filter(is_active=True, groups__name__in=ROLES_DE_ADMINISTRACION)
        cuentas = cuentas.select_related("institucion").distinct().order_by("institucion", "email")
        campos: dict[str, Any] = self.fields
        if puede_nombrar_suplentes(usuario):
            campos["titular"].queryset = campos["suplente"].queryset = cuentas
        else:
            del campos["titular"]
            campos["suplente"].queryset = cuentas.filter(
                institucion=usuario.institucion_id
            ).exclude(pk=usuario.pk)


def suplencias(request: HttpRequest) -> HttpResponse:
    """The substitutions one takes part in (the secretariat: all), and the form for a new one."""
    usuario = cast(User, request.user)
    if not usuario.puede_administrar:
        return denegar(request)
    hoy = dia_de(timezone.now())
    form = SuplenciaForm(request.POST or None, usuario=usuario, initial={"desde": hoy})
    if request.method == "POST" and form.is_valid():
        datos = {"titular": usuario} | form.cleaned_data
        try:
            hecha = crear_suplencia(por=usuario, **datos)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            texto = _("%(suplente)s suplirá a %(titular)s. Termina sola.")
            messages.success(
                request,
                texto
                % {
                    "suplente": hecha.suplente.nombre_interno,
                    "titular": hecha.titular.nombre_interno,
                },
            )
            return HttpResponseRedirect(reverse("suplencias"))
    filas = Suplencia.objects.select_related("titular", "suplente", "creada_por")
    if not puede_nombrar_suplentes(usuario):
        filas = filas.filter(Q(titular=usuario) | Q(suplente=usuario))
    vivas = filas.filter(hasta__gte=hoy, terminada_en=None).order_by("desde", "pk")
    contexto = {
        "form": form,
        "vivas": [(f, f.desde <= hoy, puede_nombrar_suplente(usuario, f.titular)) for f in vivas],
        "pasadas": filas.exclude(pk__in=vivas.values("pk")).order_by("-hasta")[:TERMINADAS],
    }
    estado = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "cuentas/suplencias.html", contexto, status=estado)


@require_POST
def terminar(request: HttpRequest, pk: int) -> HttpResponse:
    """End one now."""
    fila = get_object_or_404(Suplencia, pk=pk)
    try:
        terminar_suplencia(suplencia=fila, por=cast(User, request.user))
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("La suplencia terminó."))
    return HttpResponseRedirect(reverse("suplencias"))
