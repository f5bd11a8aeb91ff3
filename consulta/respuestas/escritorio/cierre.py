"""The secretariat closes a consultation: what is missing, how it will read, and the step itself."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.fechas import dia_de
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.cierre import faltas_para_cerrar
from consulta.respuestas.flows.cerrar import LARGO_PALABRAS, cerrar_consulta
from consulta.respuestas.permissions import puede_cerrar

CERRAR = "cerrar_consulta"


class CierreForm(forms.Form):
    """The words that stand on the closing page."""

    palabras = forms.CharField(
        label=gettext_lazy("Palabras de cierre"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Públicas, y para siempre: qué cambió con la consulta y qué viene. Puede dejarlas vacías."
        ),
        max_length=LARGO_PALABRAS,
    )


def boton_de_cierre(usuario: Any, consulta: Consulta) -> list[dict[str, Any]]:
    """Registered with `procesos.acciones`."""
    fin = consulta.etapa.fin
    if not puede_cerrar(usuario) or not consulta.publicada or fin is None:
        return []
    if consulta.respondida_en is not None:
        return [
            {"label": _("Ver el cierre"), "url": reverse("paginas:cierre", args=[consulta.slug])}
        ]
    if fin > timezone.now() or consulta.etapa.proceso.es_historico:
        return []
    return [{"label": _("Cerrar como respondida"), "url": reverse(CERRAR, args=[consulta.pk])}]


def cerrar(request: HttpRequest, pk: int) -> HttpResponse:
    """`accion=ver` shows how it will read; any other POST closes."""
    if not puede_cerrar(request.user):  # type: ignore[arg-type]
        return denegar(request)
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), pk=pk)
    publica = reverse("paginas:cierre", args=[consulta.slug])
    if consulta.respondida_en is not None:
        messages.warning(request, _("Esta consulta ya se cerró como respondida."))
        return HttpResponseRedirect(publica)
    form = CierreForm(request.POST if request.method == "POST" else None)
    ver = request.POST.get("accion") == "ver"
    if request.method == "POST" and form.is_valid() and not ver:
        try:
            cerrar_consulta(consulta=consulta, por=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            texto = _("«%(c)s» quedó cerrada como respondida. Se avisa a quienes participaron.")
            messages.success(request, texto % {"c": consulta})
            return HttpResponseRedirect(publica)
    ahora = timezone.now()
    contexto = {
        "consulta": consulta,
        "form": form,
        "faltas": faltas_para_cerrar(consulta, ahora),
        "balance": Aporte.objects.de_consulta(consulta).balance(dia_de(ahora)),
        "previa": form.cleaned_data.get("palabras", "") if ver and form.is_valid() else None,
        "volver": reverse("participacion_consultas_modeladmin_index"),
        "lista": reverse("participacion_aportes_modeladmin_index"),
    }
    estado = 422 if form.errors else 200
    return TemplateResponse(request, "respuestas/cerrar.html", contexto, status=estado)
