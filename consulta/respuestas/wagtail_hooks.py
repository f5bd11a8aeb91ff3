from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from consulta.respuestas.admin import AporteAdmin
from consulta.respuestas.escritorio import ResponderView
from consulta.respuestas.escritorio_borradores import borradores_de
from consulta.respuestas.escritorio_cierre import CERRAR, cerrar
from consulta.respuestas.panel import PanelDeCola
from consulta.respuestas.selladas import version_sellada
from consulta.respuestas.urls_cola import urlpatterns as urls_de_la_cola
from consulta.respuestas.urls_lotes import urlpatterns as urls_de_lotes

AporteAdmin().register_with_wagtail()


@hooks.register("construct_homepage_panels")
def mis_numeros(request: HttpRequest, paneles: list[Any]) -> None:
    paneles.append(PanelDeCola())


@hooks.register("register_admin_urls")
def urls_de_respuestas() -> list:
    return [
        path(
            "participacion/aportes/<int:pk>/responder/",
            ResponderView.as_view(),
            name="responder_aporte",
        ),
        path("participacion/selladas/<int:pk>/", version_sellada, name="version_sellada"),
        path("participacion/consultas/<int:pk>/cerrar/", cerrar, name=CERRAR),
        *urls_de_la_cola,
        *urls_de_lotes,
    ]


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
