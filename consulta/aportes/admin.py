"""Moderation in the back office."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.forms.moderacion import RemoverForm
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_remover


def remover(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, with the public reason, that a contribution is removed. A tombstone stays."""
    aporte = get_object_or_404(Aporte.objects.confirmados().con_texto(), pk=pk)
    if not puede_remover(request.user, aporte):  # type: ignore[arg-type]
        return denegar(request)
    form = RemoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remover_aporte(aporte=aporte, por=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("%(folio)s fue removido.") % {"folio": aporte.folio})
            return HttpResponseRedirect(reverse("participacion_aportes_modeladmin_index"))
    return TemplateResponse(
        request,
        "modeladmin/aportes/remover.html",
        {"aporte": aporte, "form": form},
        status=422 if form.errors else 200,
    )
