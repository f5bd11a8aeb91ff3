from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from consulta.respuestas.admin import AporteAdmin
from consulta.respuestas.escritorio.borradores import borradores_de
from consulta.respuestas.escritorio.panel import PanelDeCola
from consulta.respuestas.escritorio.urls import urlpatterns

AporteAdmin().register_with_wagtail()


@hooks.register("construct_homepage_panels")
def mis_numeros(request: HttpRequest, paneles: list[Any]) -> None:
    paneles.append(PanelDeCola())


@hooks.register("register_admin_urls")
def urls_de_respuestas() -> list:
    return urlpatterns


class EnRedaccionItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return borradores_de(request.user) is not None


@hooks.register("menu_participacion")
def menu_de_redaccion() -> MenuItem:
    return EnRedaccionItem(
        _("En redacción"),
        reverse("borradores_de_respuestas"),
        name="en-redaccion",
        icon_name="edit",
        order=15,
    )
