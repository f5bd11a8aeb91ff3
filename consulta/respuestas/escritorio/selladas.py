"""The officials' page of one sealed answer: where it stands, taking it back, taking it up again."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.respuestas.decisiones import estado_de
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.models import Cobertura, RespuestaVersion
from consulta.respuestas.permissions import puede_publicar, puede_ver_libro
from cuentas.models import User

LISTA = "participacion_aportes_modeladmin_index"
A_LA_VISTA = 50


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label=gettext_lazy("Motivo"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Por qué no se publica así. Para retomar, si pidieron cambios, no hace falta."
        ),
    )


def version_sellada(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it; with POST take it back (`dejar`) or go on from its words (`retomar`)."""
    usuario = cast(User, request.user)
    if not puede_ver_libro(usuario):
        return denegar(request)
    version = get_object_or_404(
        RespuestaVersion.objects.filter(sellada_en__isnull=False).select_related(
            "respuesta__institucion", "respuesta__consulta"
        ),
        pk=pk,
    )
    puede = puede_publicar(usuario, version.respuesta)
    form = MotivoForm(request.POST or None)
    if request.method == "POST" and not puede:
        return denegar(request, _("Esta respuesta es de otra institución."))
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_hacer(request, version, form.cleaned_data["motivo"]))
        except ErrorDeDominio as error:
            anotar_error(form, error)
    coberturas = (
        Cobertura.objects.filter(version=version, punto=None)
        .con_respuesta()
        .select_related("aporte__consulta")
        .order_by("aporte__n")
    )
    return TemplateResponse(
        request,
        "respuestas/version_sellada.html",
        {
            "version": version,
            "estado": estado_de(version),
            "coberturas": list(coberturas[:A_LA_VISTA]),
            "total": coberturas.count(),
            "form": form,
            "puede_retomar": puede and version.publicada_en is None,
            "lista": reverse(LISTA),
        },
        status=422 if form.errors else 200,
    )


def _hacer(request: HttpRequest, version: RespuestaVersion, motivo: str) -> str:
    """Do what the button says, and where to go next."""
    usuario, accion = cast(User, request.user), request.POST.get("accion")
    if accion == "retomar":
        borrador = retomar(version=version, por=usuario, motivo=motivo)
        primera = borrador.filas.order_by("pk").values_list("aporte_id", flat=True).first()
        messages.success(
            request, _("Quedó un borrador con el texto sellado: cámbielo y séllelo otra vez.")
        )
        return reverse("responder_aporte", args=[primera])
    if accion == "dejar":
        dejar_sin_efecto(version=version, motivo=motivo, por=usuario)
        messages.success(request, _("La respuesta quedó sin efecto: no se publicará."))
        return request.path
    raise DatoInvalido(_("Elija qué hacer."))
